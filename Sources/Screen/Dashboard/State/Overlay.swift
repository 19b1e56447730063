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
    case stop(openedAt: Double)
    case quit(openedAt: Double)

    /// The rate sheet: a number, `*0.5`, `/3`; rescales the plan or holds.
    package struct RateSheet: Hashable, Sendable {
        package var field: TextField
        /// Hold the value instead of rescaling the plan.
        package var holds: Bool
        package var openedAt: Double
        /// What is wrong with the text, said under the field.
        package var error: String?

        package init(field: TextField = TextField(), holds: Bool = false, openedAt: Double, error: String? = nil) {
            self.field = field
            self.holds = holds
            self.openedAt = openedAt
            self.error = error
        }
    }
}

/// A line of text being edited.
package struct TextField: Hashable, Sendable {
    package var text: String
    /// Characters before the cursor.
    package var cursor: Int

    package init(_ text: String = "") {
        self.text = text
        cursor = text.count
    }
}
