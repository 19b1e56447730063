import Settings

/// A config as a tree that can be bent: leaves as they are written, objects that may hold a key twice.
indirect enum ConfigTree {
    case leaf(String)
    case list([ConfigTree])
    case object([Member])

    struct Member {
        var key: String
        var value: ConfigTree
    }

    init(_ setting: Setting) {
        switch setting.value {
        case .number(_, let text): self = .leaf(text)
        case .array(let entries): self = .list(entries.map(ConfigTree.init))
        case .object(let members):
            self = .object(members.map { Member(key: $0.name, value: ConfigTree($0.setting)) })
        default: self = .leaf(JSON(setting).compact)
        }
    }

    /// The config's text, a line for each key of the whole.
    var text: String {
        guard case .object(let members) = self else { return written }
        return "{\n" + members.map { "  \($0.written),\n" }.joined() + "}\n"
    }

    fileprivate var written: String {
        switch self {
        case .leaf(let text): text
        case .list(let entries): "[" + entries.map(\.written).joined(separator: ", ") + "]"
        case .object(let members): "{ " + members.map(\.written).joined(separator: ", ") + " }"
        }
    }

    /// How many leaves, lists and objects there are, this one counted.
    var count: Int {
        switch self {
        case .leaf: 1
        case .list(let entries): entries.reduce(1) { $0 + $1.count }
        case .object(let members): members.reduce(1) { $0 + $1.value.count }
        }
    }

    /// The part at a place in reading order, the whole at 0.
    subscript(index: Int) -> ConfigTree {
        get {
            guard index > 0 else { return self }
            var rest = index - 1
            for child in children {
                if rest < child.count { return child[rest] }
                rest -= child.count
            }
            preconditionFailure("the tree has no part \(index)")
        }
        set {
            guard index > 0 else {
                self = newValue
                return
            }
            var rest = index - 1
            switch self {
            case .leaf: preconditionFailure("a leaf has no parts")
            case .list(var entries):
                for (place, entry) in entries.enumerated() {
                    if rest < entry.count {
                        entries[place][rest] = newValue
                        break
                    }
                    rest -= entry.count
                }
                self = .list(entries)
            case .object(var members):
                for (place, member) in members.enumerated() {
                    if rest < member.value.count {
                        members[place].value[rest] = newValue
                        break
                    }
                    rest -= member.value.count
                }
                self = .object(members)
            }
        }
    }

    private var children: [ConfigTree] {
        switch self {
        case .leaf: []
        case .list(let entries): entries
        case .object(let members): members.map(\.value)
        }
    }

    /// Every member of every object in it.
    var allMembers: [Member] {
        guard case .object(let members) = self else { return children.flatMap(\.allMembers) }
        return members + members.flatMap(\.value.allMembers)
    }

    /// Every entry of every list in it.
    var allEntries: [ConfigTree] {
        guard case .list(let entries) = self else { return children.flatMap(\.allEntries) }
        return entries + entries.flatMap(\.allEntries)
    }
}

extension ConfigTree.Member {
    fileprivate var written: String {
        let isWord = key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } && key.first?.isLetter == true
        return "\(isWord ? key : JSON.string(key).compact): \(value.written)"
    }
}
