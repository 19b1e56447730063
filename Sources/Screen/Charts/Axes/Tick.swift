/// A labelled value of an axis.
package struct Tick: Hashable, Sendable {
    package var value: Double
    package var label: String

    package init(value: Double, label: String) {
        self.value = value
        self.label = label
    }
}
