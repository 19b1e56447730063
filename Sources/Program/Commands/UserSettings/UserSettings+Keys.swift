import Cells
import Dashboard
import Settings
import Themes

extension UserSettings {
    /// Colour depths by the names of `--colors`.
    package static let depths: [String: ColorDepth] = [
        "truecolor": .trueColor, "256": .palette256, "16": .ansi16, "mono": .mono,
    ]

    /// `{ pause: "P", theme: ["t", "ctrl-t"], freeze: [] }`: each command's keys in place of its usual ones.
    static func keyTable(_ setting: Setting) throws(SettingsError) -> KeyTable {
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
