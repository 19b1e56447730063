/// Words that somebody left at a step, for the charts.
package struct NoteMark: Hashable, Sendable {
    package var step: Int
    /// `you`, `run`, `disk`.
    package var who: String
    package var text: String

    package init(step: Int, who: String, text: String) {
        self.step = step
        self.who = who
        self.text = text
    }
}
