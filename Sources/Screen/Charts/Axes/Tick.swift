/// A labelled value of an axis.
package struct Tick: Hashable, Sendable {
    /// Where it stands, in the unit of the axis.
    package var value: Double
    /// What is written there.
    package var label: String

    package init(value: Double, label: String) {
        self.value = value
        self.label = label
    }
}
