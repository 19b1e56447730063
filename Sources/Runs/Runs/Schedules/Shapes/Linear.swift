import Fields

extension Schedule {
    /// to + (b - to) (1 - u/U)
    package struct Linear: ScheduleShape {
        /// The rate at the end, 0...1e6.
        package var to: Double

        package init(to: Double) { self.to = to }

        package init() { self.init(to: 0) }

        package static let word = "linear"
        package static let meaning = "goes to another rate in a line"
        package static let fields: [Field<Linear>] = [
            Field("to", \.to, .finalRate, "the rate at the end").called("the rate to end with")
        ]

        package func rate(at moment: Moment) -> Double { to + (moment.base - to) * (1 - moment.progress) }
        package var goal: Double? { to }
    }
}
