import Dashboard
import Fields
import Settings

/// A person's settings, out of the tables that read them.
enum SettingsReference {
    /// All settings, or those of some keys.
    static func page(_ words: [String]) throws(UsageError) -> String {
        let settings = ConfigReference.Topic(path: "settings", content: .object(UserSettings.self))
        if words.isEmpty { return ReferencePage.text(of: settings) + text(keys) }
        var lines: [String] = []
        for word in words {
            if word == "keys" {
                lines += keys
            } else if let topic = ConfigReference.children(of: settings).first(where: { $0.name == word }) {
                lines += ReferencePage.entry(topic)
            } else {
                let hint =
                    Setting.nearestName(to: word, in: UserSettings.keys + ["keys"]).map { "did you mean \"\($0)\"?" }
                    ?? "sitter help settings lists all"
                throw UsageError("settings have no \"\(word)\"; \(hint)")
            }
        }
        return text(lines)
    }

    /// The one setting that is no row of the table, since its own keys are those of the key map.
    private static var keys: [String] {
        var usual: [(name: String, keys: [String])] = []
        let names = KeyTable.standard.commandNames
        for trigger in KeyTable.standard.bindings.flatMap(\.triggers) where names[trigger.command.name] != nil {
            if let place = usual.firstIndex(where: { $0.name == trigger.command.name }) {
                usual[place].keys.append(trigger.key.name)
            } else {
                usual.append((trigger.command.name, [trigger.key.name]))
            }
        }
        return ReferencePage.paragraph(
            "keys: { COMMAND: a key, or a list of keys }; default: the usual ones", indentation: 2, hanging: 6)
            + ReferencePage.paragraph(
                "the keys of a command in place of its usual ones: "
                    + usual.map { "\($0.name) (\($0.keys.joined(separator: " ")))" }.joined(separator: ", "),
                indentation: 6)
    }

    private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
