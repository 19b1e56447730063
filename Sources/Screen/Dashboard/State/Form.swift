import Runs

/// A prompt about the dashboard itself: it takes the keys like a sheet, and asks nothing of the run but to keep a note.
package enum Form: Hashable, Sendable {
    /// Words for the run's journal, kept at the step of the moment.
    case note(TextField)
    case export(ExportForm)
    case themes(ThemeChooser)
    case save(SaveForm)
    case tags(TagChooser)

    /// Where the weights of the run are to go.
    package struct SaveForm: Hashable, Sendable {
        /// The path as it is typed.
        package var field: TextField
        /// What is wrong with the path, said under the field.
        package var error: String?
        /// A file that is there already and may be replaced: the person has been told.
        package var mayReplace: String?
    }

    /// Where the focused chart's data or the screen's text is to go.
    package struct ExportForm: Hashable, Sendable {
        /// What is to be written.
        package var content: ExportContent
        /// The path as it is typed.
        package var field: TextField
        /// What is wrong with the path, said under the field.
        package var error: String?
        /// A file that is there already and may be replaced: the person has been told.
        package var mayReplace: String?
    }

    /// The list of series that a recorded run is read from.
    package struct TagChooser: Hashable, Sendable {
        /// What names must contain.
        package var field = TextField()
        /// The tag under the cursor.
        package var selected: String
        /// What Enter takes it for.
        package var use = TagUse.loss
        /// Why it cannot be that.
        package var error: String?
    }

    /// The list of themes; the one under the cursor is shown at once.
    package struct ThemeChooser: Hashable, Sendable {
        /// What names must contain.
        package var field = TextField()
        /// The theme under the cursor.
        package var selected: String
        /// What Esc goes back to.
        package let before: String
    }
}

/// What an export writes.
package enum ExportContent: Hashable, Sendable {
    /// The numbers of a panel, as CSV.
    case data(PanelID)
    /// The screen as it stands, as text.
    case screen

    /// The ending of the file's name.
    package var suffix: String {
        switch self {
        case .data: "csv"
        case .screen: "txt"
        }
    }
}

/// An export that a person asked for.
package struct ExportRequest: Hashable, Sendable {
    /// What is to be written.
    package let content: ExportContent
    /// As typed; `~` is not resolved yet.
    package let path: String
    /// Whether a file that is there may be replaced.
    package let mayReplace: Bool

    /// Asks for content at a path.
    package init(content: ExportContent, path: String, mayReplace: Bool) {
        self.content = content
        self.path = path
        self.mayReplace = mayReplace
    }
}

/// What became of an export.
package enum ExportAnswer: Hashable, Sendable {
    case written(path: String, rows: Int)
    /// A file lies there; Enter again replaces it.
    case exists
    case failed(String)
}
