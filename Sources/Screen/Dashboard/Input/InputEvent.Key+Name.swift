import Cells

extension InputEvent.Key {
    private static let named: [(name: String, key: InputEvent.Key)] = [
        ("space", .character(" ")), ("enter", .enter), ("esc", .escape), ("tab", .tab), ("shift-tab", .backTab),
        ("backspace", .backspace), ("delete", .delete), ("up", .up), ("down", .down), ("left", .left),
        ("right", .right), ("home", .home), ("end", .end), ("page-up", .pageUp), ("page-down", .pageDown),
    ]

    /// What the key is called in settings, footer and help: `P`, `space`, `page-up`, `ctrl-p`.
    package var name: String {
        if let named = Self.named.first(where: { $0.key == self }) { return named.name }
        return switch self {
        case .character(let character): String(character)
        case .control(let character): "ctrl-\(character)"
        default: "\(self)"
        }
    }

    /// The key that a name stands for, whatever the name's case; nil for none, and for those that a terminal cannot tell
    /// from others (ctrl-i is tab, ctrl-m and ctrl-j are Enter, ctrl-h is backspace).
    package init?(name: String) {
        if name.count == 1, let character = name.first {
            guard character != " ", !character.isNewline, character.unicodeScalars.count == 1,
                character.unicodeScalars.allSatisfy({ $0.value > 32 && !(0x7F...0x9F).contains($0.value) })
            else { return nil }
            self = .character(character)
            return
        }
        let wanted = name.lowercased()
        if let found = Self.named.first(where: { $0.name == wanted }) {
            self = found.key
            return
        }
        guard wanted.hasPrefix("ctrl-"), wanted.count == 6, let letter = wanted.last, ("a"..."z").contains(letter),
            !"ijmh".contains(letter)
        else { return nil }
        self = .control(letter)
    }
}
