/// Keeps stray input from steering: what looks like typing for another window, and what follows a lone Esc, a resize or a
/// focus event. A key that is held down, or pressed several times fast, is that key.
///
/// A terminal sends more than its person's keys, and a person types into the wrong window. So what a single key asks of the
/// run waits `hold` seconds, seen on the screen, before it is sent: a burst of typing drops it again, its first key
/// included. Times are monotonic seconds.
package struct InputGuard: Hashable, Sendable {
    /// When the last printable keys came, newest last, at most four.
    package var recentPrintable: [Double] = []
    /// What those keys were.
    package var recentCharacters: [Character] = []
    /// Nothing steers before this moment.
    package var quietUntil: Double = -.infinity
    /// Typing for another window goes on until no key came for `burst` seconds; printable keys do nothing before this.
    package var typingUntil: Double = -.infinity

    /// No key has come yet.
    package init() {}

    /// Printable keys that make a burst, and of how many of these one key is no typing but held down.
    package static let burstLength = 4
    private static let heldLength = 3
    /// Seconds within which the keys of a burst come, and after which typing is over.
    package static let burst = 0.4
    /// Keys that follow each other sooner than this, in seconds, are one that is held down.
    static let repetition = 0.25
    /// How long nothing steers after a lone Esc, a resize or a focus event.
    package static let quiet = 0.3
    /// How long a steering key waits for the burst that would drop it.
    package static let hold = 0.4
    /// How long a sheet ignores what decides, after it opened.
    package static let sheet = 0.4

    /// What a printable key is.
    package enum Verdict: Hashable, Sendable {
        case fine
        /// The fourth key of a burst: whatever the others began is to be dropped.
        case burst
        /// One more key after a burst.
        case typing
    }

    /// Takes a printable key pressed outside a prompt. A burst is of different keys.
    package mutating func take(_ character: Character, now: Double) -> Verdict {
        if now < typingUntil {
            typingUntil = now + Self.burst
            return .typing
        }
        recentPrintable.append(now)
        recentCharacters.append(character)
        if recentPrintable.count > Self.burstLength {
            recentPrintable.removeFirst()
            recentCharacters.removeFirst()
        }
        guard recentPrintable.count == Self.burstLength, now - recentPrintable[0] <= Self.burst else { return .fine }
        // A key that is held down, maybe before another one.
        if recentCharacters.contains(where: { key in recentCharacters.count { $0 == key } >= Self.heldLength }) {
            return .fine
        }
        forgetKeys()
        typingUntil = now + Self.burst
        return .burst
    }

    /// A lone Esc, a resize or a focus event came.
    package mutating func hush(now: Double) { quietUntil = max(quietUntil, now + Self.quiet) }

    /// Forgets the keys so far, as when a prompt was open in between.
    package mutating func forgetKeys() {
        recentPrintable = []
        recentCharacters = []
    }

    /// Whether the last printable key came so soon after the same one that it repeats by itself, or by a finger that would not
    /// answer a question with it.
    package var isRepeated: Bool {
        guard let last = recentPrintable.last, let before = recentPrintable.dropLast().last else { return false }
        return last - before < Self.repetition && recentCharacters.last == recentCharacters.dropLast().last
    }

    /// Whether keys may steer.
    package func allowsSteering(at now: Double) -> Bool { now >= quietUntil && now >= typingUntil }
}
