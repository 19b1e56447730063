/// What is wrong at one place of a settings text, and what would be right.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where to look.
    package let place: Place
    /// Where in the document, such as `model[3].conv2d.kernel`; empty for the document itself.
    package let path: String
    /// What is wrong and what would be right, without place and path.
    package let message: String

    /// An error that no setting at hand can make; else see `Setting.error(_:)`.
    package init(place: Place, path: String, message: String) {
        self.place = place
        self.path = path
        self.message = message
    }

    /// One line: `config.json5:12:5: model[3].conv2d.kernle: unknown key; did you mean "kernel"?`
    package var description: String {
        path.isEmpty ? "\(place): \(message)" : "\(place): \(path): \(message)"
    }
}
