import Runs

/// The presses of the key that pauses and resumes: held down it acts once, pressed twice it acts twice.
///
/// A terminal tells nobody that a key is held: it sends it again, after a third of a second or more for the first time and then
/// faster than a finger can. So the first repetition looks like a press of its own, and is taken back when the next one tells.
struct PausePress: Hashable, Sendable {
    /// What a press did to the commands that wait.
    enum Deed: Hashable, Sendable {
        case added(RunCommand)
        case removed([HeldCommand])
    }

    /// Presses that follow each other sooner than this, in seconds, are one key that is held down.
    static let repetition = 0.1
    /// The longest time, in seconds, until a key that is held down comes for the second time.
    static let delay = 1.0

    private var last = -Double.infinity
    /// What the last press did, where it may have been the first repetition.
    private var doubtful: Deed?

    /// Takes the time of a press, and says whether it is a repetition.
    mutating func repeats(at now: Double) -> Bool {
        guard now - last < Self.repetition else { return false }
        last = now
        return true
    }

    /// Remembers what a press did that is no repetition.
    mutating func act(_ deed: Deed, at now: Double) {
        doubtful = now - last < Self.delay ? deed : nil
        last = now
    }

    /// What is to be taken back, once.
    mutating func takeUndoing() -> Deed? {
        defer { doubtful = nil }
        return doubtful
    }
}
