/// One case out of several, written `"name"`, `{ name: {} }` or `{ name: value }`.
package struct Choice: Sendable {
    /// One of the names that `choice(_:)` was given.
    package let name: String
    /// Where the name stands.
    package let place: Place
    /// The value of the single member; nil for a case written as a string.
    package let option: Setting?
    /// The whole of it, for errors.
    package let setting: Setting

    /// The case's options as an object that may hold these keys only.
    ///
    /// A plain name gives none, and a value that is no object gives the main option alone:
    /// `{ dropout: 0.5 }` is `{ dropout: { p: 0.5 } }` for `main: "p"`.
    /// - Parameter main: the key of the main option; without one, only an object is right.
    package func options(keys: [String], main: String? = nil) throws(SettingsError) -> SettingObject {
        guard let option else { return SettingObject(setting: setting, members: []) }
        if let main {
            if case .object = option.value { return try option.object(keys: keys) }
            let member = Setting.Member(name: main, namePlace: place, setting: option)
            return SettingObject(setting: option, members: [member])
        }
        guard case .object = option.value else {
            let due = keys.isEmpty ? "{}; \(name.quoted) has no options" : "an object with \(keys.listed)"
            throw option.error("\(option.kind) is not an option of \(name.quoted); write \(due)")
        }
        return try option.object(keys: keys)
    }
}

extension Setting {
    /// The case at hand, one of `names`; an unknown name is an error with the nearest known one.
    ///
    /// - Parameter options: Keys that may stand beside the name, for whatever case; the caller reads them.
    package func choice(_ names: [String], beside options: [String] = []) throws(SettingsError) -> Choice {
        switch value {
        case .string(let name):
            guard names.contains(name) else { throw unknownName(name, in: names) }
            return Choice(name: name, place: place, option: nil, setting: self)
        case .object(let all):
            let members = all.filter { !options.contains($0.name) }
            guard let member = members.first, members.count == 1 else {
                if let known = members.first,
                    let added = members.dropFirst().first(where: {
                        $0.namePlace.file != known.namePlace.file && names.contains($0.name)
                    })
                {
                    throw SettingsError(
                        place: added.namePlace, path: added.setting.path,
                        message:
                            "the config has \(known.name.quoted) here, and \(added.name.quoted) cannot stand beside "
                            + "it; change \(known.setting.path), or replace all of \(path)")
                }
                let keys = members.isEmpty ? "no key" : "the keys " + members.map(\.name).listed(joint: "and")
                throw error("one name is due, as in { name: { ... } }, not an object with \(keys)")
            }
            guard names.contains(member.name) else {
                throw SettingsError(
                    place: member.namePlace, path: member.setting.path,
                    message: "unknown name; " + Self.suggestion(for: member.name, in: names, what: "name"))
            }
            return Choice(name: member.name, place: member.namePlace, option: member.setting, setting: self)
        default:
            throw mismatch("a name or { name: { ... } } is due")
        }
    }
}
