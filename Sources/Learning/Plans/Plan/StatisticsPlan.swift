/// How often the layers are measured. Measuring never changes the training.
package struct StatisticsPlan: Hashable, Sendable {
    /// Steps between two measurements in the log and the event files; nil measures nothing for them.
    package var every: Int?
    /// Share of the training time that measuring for the screen may take, 0...1; 0 measures nothing for it.
    package var budget: Double

    package init(every: Int? = 100, budget: Double = 0.02) {
        self.every = every
        self.budget = budget
    }

    package static let off = StatisticsPlan(every: nil, budget: 0)
}
