import Cells

/// The keys of one person: the key map with the changes of the settings. Behind the reducer, the footer and the help.
package struct KeyTable: Sendable {
    /// All bindings, in the order of the footer and the help.
    package private(set) var bindings: [KeyBinding]
    /// Commands that have been given keys of the person's own.
    private var changed: Set<KeyCommand> = []

    /// The keys as they come.
    package static let standard = KeyTable(bindings: KeyMap.bindings)

    private init(bindings: [KeyBinding]) { self.bindings = bindings }

    /// The bindings of a screen, in the same order.
    package func bindings(on screen: Screen) -> [KeyBinding] { bindings.filter { $0.screens.contains(screen) } }

    /// What a key asks for on a screen, nil where it is free.
    package func command(for key: InputEvent.Key, on screen: Screen) -> KeyCommand? {
        for binding in bindings where binding.screens.contains(screen) {
            if let trigger = binding.triggers.first(where: { $0.key == key }) { return trigger.command }
        }
        return nil
    }

    /// A key as the table has it: a letter of another keyboard layout that means nothing itself is the key it lies on.
    package func known(_ key: InputEvent.Key) -> InputEvent.Key {
        guard case .character(let letter) = key, let place = KeyboardLayout.key(under: letter),
            !bindings.contains(where: { $0.triggers.contains { $0.key == key } })
        else { return key }
        return .character(place)
    }

    /// A command's key as the footer writes it, the first where it has several; nil where it has none.
    package func name(of command: KeyCommand) -> String? {
        for binding in bindings {
            guard let trigger = binding.triggers.first(where: { $0.command == command }) else { continue }
            let isAlone = binding.triggers.allSatisfy { $0.command == command }
            return isAlone ? binding.shown : trigger.key.name
        }
        return nil
    }

    /// The commands that keys may be given to, by name; leaving by ctrl-C and Esc stay where they are.
    package var commandNames: [String: KeyCommand] {
        var names: [String: KeyCommand] = [:]
        for binding in bindings {
            for trigger in binding.triggers where trigger.command != .interrupt && trigger.command != .back {
                names[trigger.command.name] = trigger.command
            }
        }
        return names
    }

    /// The table in which a command has these keys alone.
    package func binding(_ command: KeyCommand, to keys: [InputEvent.Key]) -> KeyTable {
        var table = self
        table.changed.insert(command)
        table.bindings = bindings.map { binding in
            guard let place = binding.triggers.firstIndex(where: { $0.command == command }) else { return binding }
            var triggers = binding.triggers.map { ($0.key, $0.command) }
            triggers.removeAll { $0.1 == command }
            triggers.insert(contentsOf: keys.map { ($0, command) }, at: min(place, triggers.count))
            return binding.with(triggers, shown: Self.shown(triggers))
        }
        return table
    }

    /// Two commands that a key would mean on one screen, nil where it is plain.
    package func conflict(over key: InputEvent.Key) -> (String, String)? {
        for screen in Screen.allCases {
            var found: [KeyCommand] = []
            for binding in bindings where binding.screens.contains(screen) {
                for trigger in binding.triggers where trigger.key == key && !found.contains(trigger.command) {
                    found.append(trigger.command)
                }
            }
            if found.count > 1 { return (found[0].name, found[1].name) }
        }
        return nil
    }

    /// The first key of each command: `} {`; a dash where there is none.
    private static func shown(_ triggers: [(InputEvent.Key, KeyCommand)]) -> String {
        var commands: [KeyCommand] = []
        var names: [String] = []
        for (key, command) in triggers where !commands.contains(command) {
            commands.append(command)
            names.append(key.name)
        }
        return names.isEmpty ? "–" : names.joined(separator: " ")
    }
}

extension KeyBinding {
    /// The same line with other keys.
    fileprivate func with(_ triggers: [(InputEvent.Key, KeyCommand)], shown: String) -> KeyBinding {
        KeyBinding(shown, label, help, group, importance: importance, screens: screens, triggers)
    }
}
