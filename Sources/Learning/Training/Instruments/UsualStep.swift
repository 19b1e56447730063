/// How long steps usually take, to tell a step that was held up from outside: a process that was stopped, a machine that slept.
package struct UsualStep: Hashable, Sendable {
    /// Seconds of a step as they were lately, 0 before the first.
    package private(set) var seconds = 0.0
    private var wasHeldUp = false

    /// Seconds below which no step was held up.
    private static let shortest = 0.5
    /// How many times as long as usual a step is that was.
    private static let factor = 10.0

    /// Before the first step.
    package init() {}

    /// Takes a step in; false where it was held up. Two in a row are the new usual.
    package mutating func take(seconds duration: Double) -> Bool {
        let isHeldUp = seconds > 0 && !wasHeldUp && duration > max(Self.shortest, Self.factor * seconds)
        wasHeldUp = isHeldUp
        guard !isHeldUp else { return false }
        seconds = seconds == 0 ? duration : seconds + (duration - seconds) / 8
        return true
    }
}
