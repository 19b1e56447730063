import Cells

/// How roles differ where there are no colours. Glyphs and words carry the rest.
enum MonoAttributes {
    static func of(_ role: ColorRole) -> Style.Attributes {
        switch role {
        case .text, .background, .train, .good: []
        case .validation, .brightText, .title, .focusFrame: .bold
        case .best: [.bold, .underline]
        case .rate: [.dim, .bold]
        case .you, .key: .underline
        case .warn: .reverse
        case .bad: [.bold, .reverse]
        case .raw, .ghost, .planned, .dimText, .frame: .dim
        case .selection: .reverse
        }
    }
}
