import Cells
import Foundation

/// The colours of all roles in 24 bits, before a terminal's depth is known.
///
/// Files have btop's format (`theme[main_bg]="#1e1e1e"`), so every theme of btop loads; what btop has no key for is
/// derived from its colours, or set with keys of ours (`theme[sitter_train]`).
package struct Theme: Hashable, Sendable {
    /// What it is chosen by, the file's name without `.theme`.
    package let name: String
    /// What the file set, by key.
    package let colors: [String: Color]
    /// Dark to light on dark backgrounds, light to dark on light ones; one hue.
    let heat: [Components]
    /// The same from the background on, for maps whose emptiest places are to be seen as empty.
    let heatMap: [Components]
    /// The same for the share of units that never fire.
    let never: [Components]
    private let roles: [ColorRole: Color]

    /// A theme from colours by key; what is absent is derived.
    package init(name: String, colors: [String: Color]) {
        self.name = name
        self.colors = colors
        let derivation = ThemeDerivation(colors: colors)
        roles = derivation.roles
        heat = derivation.ramp("sitter_heat", fallback: "download", roles[.train])
        heatMap = [derivation.ground] + heat
        never = derivation.ramp("sitter_never", fallback: "temp", roles[.warn])
    }

    /// Reads the text of a theme file.
    ///
    /// - Parameter file: what errors call it; its last part without ending becomes the theme's name.
    package init(text: String, file: String) throws(ThemeError) {
        let parsed = try ThemeFile(text: text, file: file)
        let last = file.split(separator: "/").last.map(String.init) ?? file
        self.init(name: last.hasSuffix(".theme") ? String(last.dropLast(6)) : last, colors: parsed.colors)
    }

    /// Reads a theme file of at most 1 MB. Bytes that are no UTF-8 are errors where they stand in a value.
    package init(contentsOfFile path: String) throws(ThemeError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unreadable(file: path, reason: "cannot be read; name a theme file that exists")
        }
        guard data.count <= 1_000_000 else { throw .unreadable(file: path, reason: "too large for a theme (1 MB)") }
        try self.init(text: String(decoding: data, as: UTF8.self), file: path)
    }

    /// The 24-bit colour of a role, or the terminal's own.
    package subscript(role: ColorRole) -> Color { roles[role] ?? .terminalDefault }

    /// Whether the text is darker than the background.
    package var isLight: Bool { ThemeDerivation.isLight(colors) }

    /// How a role looks at a depth; a `Palette` keeps the answers for drawing.
    package func style(_ role: ColorRole, depth: ColorDepth) -> Style { Palette(theme: self, depth: depth)[role] }

    /// The keys only sitter has.
    static let ownKeys: Set<String> = {
        let ramps = ["sitter_heat", "sitter_never"].flatMap { name in ["start", "mid", "end"].map { "\(name)_\($0)" } }
        return Set(ColorRole.allCases.map(\.themeKey).filter { $0.hasPrefix("sitter_") } + ramps)
    }()

    /// The keys whose values must be colours: ours, and btop's that mean something here.
    static let knownKeys: Set<String> = {
        let gradients = ["temp", "cpu", "free", "cached", "available", "used", "download", "upload", "process"]
        let btop = [
            "main_bg", "main_fg", "title", "hi_fg", "selected_bg", "selected_fg", "inactive_fg", "graph_text",
            "meter_bg",
            "proc_misc", "cpu_box", "mem_box", "net_box", "proc_box", "div_line",
        ]
        return ownKeys.union(btop).union(gradients.flatMap { name in ["start", "mid", "end"].map { "\(name)_\($0)" } })
    }()
}
