import Cells

/// Finds a colour for every role from what a theme file sets.
struct ThemeDerivation {
    private let colors: [String: Color]
    private(set) var roles: [ColorRole: Color] = [:]
    /// The background, or what a terminal's own most likely is.
    let ground: Components
    private let text: Components

    init(colors: [String: Color]) {
        self.colors = colors
        let isLight = Self.isLight(colors)
        text = Self.component("main_fg", colors) ?? (isLight ? Components(36, 41, 47) : Components(201, 209, 217))
        ground = Self.component("main_bg", colors) ?? (isLight ? Components(255, 255, 255) : Components(0, 0, 0))
        for role in ColorRole.allCases { roles[role] = colors[role.themeKey] }
        derivePlain()
        deriveSeries(defaults: isLight ? Self.onLight : Self.onDark)
        deriveMixtures()
    }

    /// Whether a theme's text is darker than its background; dark where it says nothing.
    static func isLight(_ colors: [String: Color]) -> Bool {
        let (text, ground) = (component("main_fg", colors), component("main_bg", colors))
        if let text, let ground { return text.luminance < ground.luminance }
        if let ground { return ground.luminance > 0.4 }
        return text.map { $0.luminance < 0.18 } ?? false
    }

    private static func component(_ key: String, _ colors: [String: Color]) -> Components? {
        colors[key].flatMap(Components.init)
    }

    private func component(_ key: String) -> Components? { Self.component(key, colors) }

    private mutating func set(_ role: ColorRole, _ color: Components) {
        if roles[role] == nil { roles[role] = color.color }
    }

    private mutating func derivePlain() {
        if roles[.background] == nil { roles[.background] = .terminalDefault }
        if roles[.text] == nil { roles[.text] = .terminalDefault }
        let far = Self.isLight(colors) ? Components(0, 0, 0) : Components(255, 255, 255)
        set(.title, text)
        set(.brightText, text.mixed(with: far, share: 0.5))
        set(.key, text)
        // btop writes other text on its cursor row; here every role has to stay readable on it.
        if let selected = component("selected_bg"), selected.contrast(with: text) < 3 { roles[.selection] = nil }
        set(.selection, ground.mixed(with: text, share: 0.12))
        set(.frame, ground.mixed(with: text, share: 0.25))
        set(.focusFrame, component("cpu_box") ?? ground.mixed(with: text, share: 0.6))
        // btop's own inactive text is often too dark to read.
        var dim = component("graph_text") ?? component("inactive_fg") ?? ground.mixed(with: text, share: 0.5)
        for _ in 0..<20 where dim.contrast(with: ground) < 4.5 { dim = dim.mixed(with: text, share: 0.15) }
        set(.dimText, dim)
    }

    /// btop's gradients give the series where they can be read and told apart, else our own colours do.
    private mutating func deriveSeries(defaults: [ColorRole: UInt32]) {
        let sources: [(ColorRole, [String])] = [
            (.train, ["download_end", "download_start"]), (.validation, ["upload_end", "upload_start"]),
            (.best, ["cpu_start", "free_end"]), (.rate, ["cached_end", "available_end"]),
            (.you, ["process_end", "process_start"]), (.warn, ["cpu_mid", "temp_mid"]),
            (.bad, ["cpu_end", "temp_end"]),
        ]
        var taken = sources.compactMap { roles[$0.0].flatMap(Components.init) }
        for (role, keys) in sources where roles[role] == nil {
            let own = Color(hex: defaults[role] ?? 0x808080)
            let candidates = keys.compactMap(component) + [Components(own)].compactMap { $0 }
            let chosen = candidates.first { candidate in
                candidate.contrast(with: ground) >= 3 && taken.allSatisfy { $0.distance(to: candidate) >= 0.08 }
            }
            let color = chosen ?? candidates[candidates.count - 1]
            taken.append(color)
            set(role, color)
        }
        if roles[.good] == nil { roles[.good] = roles[.best] }
    }

    private mutating func deriveMixtures() {
        if let rate = roles[.rate].flatMap(Components.init) { set(.planned, rate.mixed(with: ground, share: 0.45)) }
        if let train = roles[.train].flatMap(Components.init) { set(.raw, train.mixed(with: ground, share: 0.5)) }
        let violet = Components(157, 151, 189)
        set(.ghost, violet.contrast(with: ground) >= 3 ? violet : violet.mixed(with: text, share: 0.5))
    }

    /// The stops of a ramp, two or three of them.
    func ramp(_ key: String, fallback: String, _ color: Color?) -> [Components] {
        for name in [key, fallback] {
            let stops = ["start", "mid", "end"].compactMap { component("\(name)_\($0)") }
            if stops.count >= 2 { return stops }
        }
        let end = color.flatMap(Components.init) ?? text
        return [ground.mixed(with: end, share: 0.25), end, end.mixed(with: text, share: 0.5)]
    }

    private static let onDark: [ColorRole: UInt32] = [
        .train: 0x58A6FF, .validation: 0xF0A24A, .best: 0x7EE787, .rate: 0x56D4C4, .you: 0xD2A8FF, .warn: 0xF0883E,
        .bad: 0xF85149,
    ]
    private static let onLight: [ColorRole: UInt32] = [
        .train: 0x0969DA, .validation: 0x8F6A00, .best: 0x1A7F37, .rate: 0x0F766E, .you: 0x8250DF, .warn: 0xD2460F,
        .bad: 0xCF222E,
    ]
}
