import Cells
import Runs

/// What lies over the screen and takes the keys; steering keys are dead under help and palette.
package enum Overlay: Hashable, Sendable {
    case help(scroll: Int)
    case palette(TextField)
    /// Filter (layers) or search (log).
    case search(TextField)
    case rate(RateSheet)
    /// A prompt about the dashboard itself: note, export, themes.
    case form(Form)
    /// The editor of the rest of the schedule.
    case schedule(ScheduleSheet)
    /// Going back in time.
    case rewind(RewindSheet)
    /// Copies at several rates.
    case race(RaceSheet)
    /// A copy at rising rates.
    case rateTest(RateTestSheet)
    /// The pre-flight ladder.
    case check(CheckSheet)
    /// What is wrong, and what can be done.
    case findings(FindingsSheet)
    case stop(openedAt: Double)
    /// What can be done about a loss or gradient that is not finite.
    case notFinite(openedAt: Double)
    case quit(openedAt: Double)

    /// Whether it has a field for text: printable keys are its own then, as they are typed, whatever the keyboard's layout.
    var takesText: Bool {
        switch self {
        case .palette, .search, .rate, .schedule, .form, .rewind: true
        case .race(let sheet): !sheet.isStarted
        case .help, .rateTest, .check, .findings, .stop, .notFinite, .quit: false
        }
    }

    /// Whether a single key decides something in it.
    var isQuestion: Bool {
        switch self {
        case .stop, .notFinite, .quit: true
        case .help, .palette, .search, .rate, .schedule, .form, .rewind, .race, .rateTest, .check, .findings: false
        }
    }

    /// What is sent when it is dropped: a sheet that trains copies lets the run go on.
    var dropping: [RunCommand] {
        switch self {
        case .race(let sheet): sheet.dropping
        case .rateTest(let sheet): sheet.dropping
        case .check(let sheet): sheet.dropping
        default: []
        }
    }

    /// The rate sheet: a number, `*0.5`, `/3`; rescales the plan or holds.
    package struct RateSheet: Hashable, Sendable {
        /// The rate as it is typed.
        package var field: TextField
        /// Hold the value instead of rescaling the plan.
        package var holds: Bool
        /// When the sheet was opened, in monotonic seconds.
        package var openedAt: Double
        /// What is wrong with the text, said under the field.
        package var error: String?

        /// A sheet as it stands.
        package init(field: TextField = TextField(), holds: Bool = false, openedAt: Double, error: String? = nil) {
            self.field = field
            self.holds = holds
            self.openedAt = openedAt
            self.error = error
        }
    }
}

extension Overlay.RateSheet {
    /// Takes a key.
    /// - Returns: the command, once Enter has decided on one.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> RunCommand? {
        switch key {
        case .tab, .backTab:
            holds.toggle()
            error = nil
        case .enter:
            let draft = RateDraft(
                self, status: situation.run.live.status, description: situation.run.live.description)
            if let reason = situation.sheetRefusal(openedAt: openedAt) {
                error = reason
            } else if let command = draft.command {
                return command
            } else {
                error = draft.error ?? "type 0.01, *0.5 or /3"
            }
        default:
            if field.edit(key) { error = nil }
        }
        return nil
    }
}

/// A line of text being edited.
package struct TextField: Hashable, Sendable {
    /// What stands in the line.
    package var text: String
    /// Characters before the cursor.
    package var cursor: Int

    /// A text with the cursor behind it.
    package init(_ text: String = "") {
        self.text = text
        cursor = text.count
    }
}
