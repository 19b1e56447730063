import Cells
import Dashboard
import Settings
import Themes

extension UserSettings {
    /// The keys of the file.
    static let names = [
        "theme", "colors", "glyphs", "frameRate", "screen", "smoothing", "lossAxis", "xAxis", "bell", "title",
        "remember", "readOnly", "keys",
    ]

    /// Decodes the file's one object; errors know line and column.
    package init(_ setting: Setting) throws(SettingsError) {
        self.init()
        let object = try setting.object(keys: Self.names)
        theme = try object["theme"]?.string()
        colors = try object["colors"].map { value throws(SettingsError) in
            // 256 and 16 read best without quotes.
            if case .number = value.value { return try Self.depth(value) }
            return try value.oneOf(Self.depths)
        }
        glyphs = try object["glyphs"]?.oneOf(GlyphSet.named)
        frameRate = try object["frameRate"]?.double(in: 1...30) ?? frameRate
        screen = try object["screen"].map { value throws(SettingsError) in try Self.screen(value) }
        smoothing = try object["smoothing"]?.double(in: 0...0.999)
        logarithmicLoss = try object["lossAxis"]?.oneOf(["logarithmic": true, "linear": false])
        xAxis = try object["xAxis"]?.oneOf(["steps": .steps, "epochs": .epochs, "time": .time])
        bell = try object["bell"].map { value throws(SettingsError) in try Self.occasions(value) } ?? bell
        title = try object["title"]?.bool() ?? title
        remembersView = try object["remember"]?.bool() ?? remembersView
        isReadOnly = try object["readOnly"]?.bool() ?? isReadOnly
        if let keys = object["keys"] { self.keys = try Self.keyTable(keys) }
    }

    /// Colour depths by the names of `--colors`.
    package static let depths: [String: ColorDepth] = [
        "truecolor": .trueColor, "256": .palette256, "16": .ansi16, "mono": .mono,
    ]

    private static func depth(_ value: Setting) throws(SettingsError) -> ColorDepth {
        switch try value.double() {
        case 256: return .palette256
        case 16: return .ansi16
        default: throw value.error("colors are \"truecolor\", 256, 16 or \"mono\"")
        }
    }

    /// A screen by its name or digit.
    private static func screen(_ value: Setting) throws(SettingsError) -> Screen {
        if case .number = value.value {
            let number = try value.integer(in: 1...Screen.allCases.count)
            return Screen.allCases[number - 1]
        }
        return try value.oneOf(Dictionary(uniqueKeysWithValues: Screen.allCases.map { ("\($0)", $0) }))
    }

    /// `true`, `false`, one occasion or a list of them.
    private static func occasions(_ value: Setting) throws(SettingsError) -> Set<BellOccasion> {
        switch value.value {
        case .bool(let rings): return rings ? Set(BellOccasion.allCases) : []
        case .string: return [try value.oneOf(BellOccasion.self)]
        default:
            var found: Set<BellOccasion> = []
            for element in try value.array() { found.insert(try element.oneOf(BellOccasion.self)) }
            return found
        }
    }

    /// `{ pause: "P", theme: ["t", "ctrl-t"], freeze: [] }`: each command's keys in place of its usual ones.
    private static func keyTable(_ setting: Setting) throws(SettingsError) -> KeyTable {
        let commands = KeyTable.standard.commandNames
        let object = try setting.object(keys: commands.keys.sorted())
        var table = KeyTable.standard
        var places: [InputEvent.Key: Setting] = [:]
        for member in object.members {
            guard let command = commands[member.name] else { continue }
            var keys: [InputEvent.Key] = []
            for element in try list(member.setting) {
                let key = try self.key(element)
                keys.append(key)
                places[key] = element
            }
            table = table.binding(command, to: keys)
        }
        for (key, place) in places.sorted(by: { $0.value.place.description < $1.value.place.description }) {
            guard let names = table.conflict(over: key) else { continue }
            throw place.error(
                "\(key.name) would mean both \(names.0) and \(names.1); give one of them another key as well")
        }
        return table
    }

    private static func list(_ setting: Setting) throws(SettingsError) -> [Setting] {
        if case .string = setting.value { return [setting] }
        return try setting.array()
    }

    private static func key(_ setting: Setting) throws(SettingsError) -> InputEvent.Key {
        let name = try setting.string()
        guard let key = InputEvent.Key(name: name) else {
            throw setting.error(
                "no key is called \(name); write one character, \"space\", \"enter\", \"page-up\", \"ctrl-p\" and the like"
            )
        }
        guard key != .control("c"), key != .escape else {
            throw setting.error("\(name) keeps its meaning; take another key")
        }
        return key
    }
}
