/// What a colour means on the screen; never the only carrier of that meaning.
package enum ColorRole: String, CaseIterable, Hashable, Sendable {
    /// Series of charts and their figures.
    case train, validation, best, rate
    /// The learning rate to come: the rate's colour, dimmed.
    case planned
    /// A past that was rewound, and other runs behind the present one.
    case ghost
    /// The unsmoothed training loss behind its smoothed line.
    case raw
    /// What a person did.
    case you
    case warn, bad, good
    /// Keys that can be pressed.
    case key
    /// Words, figures, and words around figures (4.5:1 on the background at least).
    case text, brightText, dimText
    /// Rulings and graticule, the ruling of the panel in focus, and titles in them.
    case frame, focusFrame, title
    /// The row or panel under the cursor.
    case selection
    /// The empty screen.
    case background

    /// The key of a theme file that sets it: btop's where btop has one, else one of ours.
    package var themeKey: String {
        switch self {
        case .background: "main_bg"
        case .text: "main_fg"
        case .title: "title"
        case .key: "hi_fg"
        case .selection: "selected_bg"
        case .frame: "div_line"
        case .brightText: "sitter_bright_text"
        case .dimText: "sitter_dim_text"
        case .focusFrame: "sitter_focus_frame"
        default: "sitter_\(rawValue)"
        }
    }
}
