extension Setting {
    /// This document with the value at `path` replaced, or put in where there is none.
    ///
    /// Steps are names with dots and list indices: `model[3].conv2d.kernel`, `data["a b"].c`. Objects missing on the
    /// way arise, and a case written as a plain name turns into an object where the path goes into it:
    /// `optimizer.sgd.momentum` makes `{ sgd: { momentum: ... } }` of `"sgd"`. Lists do not grow.
    /// - Parameter replacement: keeps its own places, and errors about the path carry its place.
    package func replacing(path: String, with replacement: Setting) throws(SettingsError) -> Setting {
        let steps: [SettingStep]
        do throws(SettingStep.SyntaxError) {
            steps = try SettingStep.parse(path)
        } catch {
            throw SettingsError(
                place: replacement.place, path: "",
                message: "\(path.quoted) is no path: \(error.message); write it as in model[3].conv2d.kernel")
        }
        return try replacing(steps[...], with: replacement)
    }

    /// This object with a number under a key as the text that it was written as: names may look like numbers.
    package func readingAsText(_ key: String) -> Setting {
        guard case .object(var members) = value else { return self }
        for (index, member) in members.enumerated() where member.name == key {
            guard case .number(_, let text) = member.setting.value else { continue }
            members[index] = Member(
                name: member.name, namePlace: member.namePlace,
                setting: Setting(value: .string(text), place: member.setting.place, location: member.setting.location))
        }
        return Setting(value: .object(members), place: place, location: location)
    }

    private func replacing(_ steps: ArraySlice<SettingStep>, with replacement: Setting) throws(SettingsError) -> Setting
    {
        guard let step = steps.first else { return try replacement.moved(to: location, depth: depth) }
        guard depth < Self.maximumDepth else {
            throw SettingsError(place: replacement.place, path: path, message: Self.tooDeep)
        }
        switch step {
        case .index(let index):
            guard case .array(var elements) = value else {
                throw blocked("[\(index)] needs a list, and here is \(kind)", by: replacement)
            }
            guard elements.indices.contains(index) else {
                let last = elements.isEmpty ? "it is empty" : "the last index is \(elements.count - 1)"
                throw blocked("the list has no [\(index)]; \(last)", by: replacement)
            }
            elements[index] = try elements[index].replacing(steps.dropFirst(), with: replacement)
            return Setting(value: .array(elements), place: place, location: location)
        case .name(let name):
            var members = try members(toReach: name, then: steps.dropFirst(), with: replacement)
            let position = members.firstIndex { $0.name == name }
            let old =
                position.map { members[$0].setting }
                ?? Setting(value: .null, place: replacement.place, location: .member(of: location, name: name))
            let member = Member(
                name: name, namePlace: position.map { members[$0].namePlace } ?? replacement.place,
                setting: try old.replacing(steps.dropFirst(), with: replacement))
            if let position { members[position] = member } else { members.append(member) }
            return Setting(value: .object(members), place: place, location: location)
        }
    }

    /// The members of this value, seen as the object that holds or will hold `name`.
    private func members(
        toReach name: String, then rest: ArraySlice<SettingStep>, with replacement: Setting
    ) throws(SettingsError) -> [Member] {
        switch value {
        case .object(let members):
            return members
        case .null:
            return []
        case .string(name):
            let options = Setting(value: .object([]), place: place, location: .member(of: location, name: name))
            return [Member(name: name, namePlace: place, setting: options)]
        case .string(let own) where !rest.isEmpty && !path.isEmpty && own.allSatisfy(\.isLetter):
            let key = rest.reduce("\(path).\(name)") { key, step in
                switch step {
                case .name(let name): "\(key).\(name)"
                case .index(let index): "\(key)[\(index)]"
                }
            }
            throw Self.otherCase(key, of: name, at: replacement.place, path: path, is: own)
        case .array(let elements):
            let hint = elements.isEmpty ? "" : "; write an index from [0] to [\(elements.count - 1)]"
            throw blocked("\(name.quoted) needs an object, and here is \(kind)\(hint)", by: replacement)
        default:
            throw blocked("\(name.quoted) needs an object, and here is \(kind)", by: replacement)
        }
    }

    private func blocked(_ message: String, by replacement: Setting) -> SettingsError {
        SettingsError(place: replacement.place, path: path, message: message)
    }

    /// The same value with its paths beginning at `target`.
    private func moved(to target: SettingPath, depth: Int) throws(SettingsError) -> Setting {
        let moved: Value
        switch value {
        case .null, .bool, .number, .string:
            return Setting(value: value, place: place, location: target)
        case .array(let elements):
            var all: [Setting] = []
            for (index, element) in elements.enumerated() {
                try checkDepth(depth)
                all.append(try element.moved(to: .element(of: target, index: index), depth: depth + 1))
            }
            moved = .array(all)
        case .object(let members):
            var all: [Member] = []
            for member in members {
                try checkDepth(depth)
                let setting = try member.setting.moved(to: .member(of: target, name: member.name), depth: depth + 1)
                all.append(Member(name: member.name, namePlace: member.namePlace, setting: setting))
            }
            moved = .object(all)
        }
        return Setting(value: moved, place: place, location: target)
    }

    private func checkDepth(_ depth: Int) throws(SettingsError) {
        guard depth < Self.maximumDepth else { throw error(Self.tooDeep) }
    }

    private static let tooDeep = "nested deeper than \(maximumDepth) lists and objects"

    /// How many lists and objects hold this value.
    private var depth: Int {
        var (depth, path) = (0, location)
        while true {
            switch path {
            case .root: return depth
            case .member(let parent, _), .element(let parent, _): (depth, path) = (depth + 1, parent)
            }
        }
    }
}
