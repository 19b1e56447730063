/// Up to 1,024 consecutive step reports in columns; immutable, so that history is shared between threads, not copied.
package final class StepChunk: Sendable {
    package static let capacity = 1024

    package let steps: [StepReport]

    package init(steps: [StepReport]) { self.steps = steps }
}
