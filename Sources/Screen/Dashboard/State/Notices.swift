import History
import Runs

/// What the dashboard says in passing: a short word about the last key or the news, and that a receipt has just come.
package struct Notices: Hashable, Sendable {
    /// The last word (a receipt, a refusal, a hint), shown until it expires.
    package var message: Message?
    /// When the latest receipt came, for its bright moment.
    package var receiptAt: Double?

    /// Letters of which it has been said that they are no keys.
    private var unknownLetters: Set<Character> = []

    /// Nothing said yet.
    package init() {}

    /// That a letter is no key, the first time it is pressed.
    /// - Parameter help: the key that lists the others.
    mutating func unknown(_ letter: Character, help: String?) -> Remark? {
        guard unknownLetters.count < 100, unknownLetters.insert(letter).inserted else { return nil }
        return Remark("no key is \(letter) here" + (help.map { ": \($0) lists them" } ?? ""), for: 2)
    }

    /// A short word with the moment when its time is over, in monotonic seconds.
    package struct Message: Hashable, Sendable {
        /// The word, a line at most.
        package var text: String
        /// Whether something is wrong: it is drawn so.
        package var isTrouble: Bool
        /// When it goes, in monotonic seconds.
        package var expires: Double
        /// When it was said.
        package var said: Double

        /// A word to be shown until `expires`; just said where nothing else is.
        package init(text: String, isTrouble: Bool, expires: Double, said: Double = .infinity) {
            self.said = said
            self.text = text
            self.isTrouble = isTrouble
            self.expires = expires
        }
    }

    /// Says a word at a moment.
    mutating func say(_ remark: Remark, at now: Double) {
        message = Message(text: remark.text, isTrouble: remark.isTrouble, expires: now + remark.seconds, said: now)
    }

    /// Seconds after which a word gives way to the keys.
    static let foremost = 2.0

    /// Says the news among a run's events from an index on: a refusal before a receipt, trouble before both.
    /// - Returns: whether the bell rings for them.
    mutating func tell(_ run: RunHistory, from first: Int, at now: Double, bell: Set<BellOccasion>) -> Bool {
        var said: (text: String, isTrouble: Bool)?
        var rings = false
        for index in first..<max(first, run.events.count) {
            let words = run.words(at: index)
            switch run.events[index].content {
            case .receipt:
                receiptAt = now
                if said?.isTrouble != true || words.isTrouble {
                    said = (words.who == "you" ? words.text : "\(words.who): \(words.text)", words.isTrouble)
                }
            case .notFinite:
                said = (words.text, true)
                if bell.contains(.notFinite) { rings = true }
            // That it is over stands in the header, and what it came to below that.
            case .ended(let summary) where summary.reason == .completed:
                if bell.contains(.finish) { rings = true }
            case .ended:
                said = (words.text, words.isTrouble)
                if bell.contains(.finish) { rings = true }
            case .note(.person, let text) where said == nil:
                receiptAt = now
                said = ("note: \(text)", false)
            // The row of findings says it.
            case .evaluation, .note, .finding: break
            }
        }
        if let said { say(Remark(said.text, isTrouble: said.isTrouble, for: said.isTrouble ? 8 : 4), at: now) }
        return rings
    }

    /// The word to show at a moment, nil when its time is over.
    package func current(at now: Double) -> Message? { message.flatMap { now < $0.expires ? $0 : nil } }

    /// The word to show at a moment beside what is open: what was said before it opened is no word about it.
    package func current(at now: Double, beside overlay: OpenOverlay) -> Message? {
        current(at: now).flatMap { overlay.shown == nil || $0.said >= overlay.openedAt ? $0 : nil }
    }

    /// Whether a word comes before the keys at a moment.
    package func isForemost(at now: Double) -> Bool { message.map { now - $0.said < Self.foremost } ?? false }

    /// Whether the last receipt is younger than 1.5 s and drawn bright.
    package func isReceiptBright(at now: Double) -> Bool { receiptAt.map { now - $0 < 1.5 } ?? false }
}

/// A short word to be said, and for how long.
struct Remark: Hashable, Sendable {
    let text: String
    let isTrouble: Bool
    /// Seconds that it is shown.
    let seconds: Double

    init(_ text: String, isTrouble: Bool = false, for seconds: Double = 4) {
        self.text = text
        self.isTrouble = isTrouble
        self.seconds = seconds
    }

    /// A refusal or another word that something is wrong.
    static func trouble(_ text: String) -> Remark { Remark(text, isTrouble: true) }
}
