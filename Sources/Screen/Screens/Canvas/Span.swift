import Themes

/// A stretch of text in one colour role.
struct Span {
    var text: String
    var role: ColorRole

    init(_ text: String, _ role: ColorRole = .text) {
        self.text = text
        self.role = role
    }

    static func dim(_ text: String) -> Span { Span(text, .dimText) }
    static func bright(_ text: String) -> Span { Span(text, .brightText) }
}

extension ColorRole {
    /// The colour of whoever a row of a log is by.
    init(author: String) {
        self =
            switch author {
            case "you": .you
            case "script", "rule", "plan": .rate
            case "disk": .warn
            default: .dimText
            }
    }
}
