extension Setting {
    /// The same value with others in the places for which one is given.
    ///
    /// O(size of the value).
    /// - Parameter replacement: asked from the outside in; what it gives is taken as it is and not looked through.
    package func rewriting(
        _ replacement: (Setting) throws(SettingsError) -> Setting?
    ) throws(SettingsError) -> Setting {
        if let other = try replacement(self) { return other }
        switch value {
        case .null, .bool, .number, .string: return self
        case .array(let elements):
            var all: [Setting] = []
            for element in elements { all.append(try element.rewriting(replacement)) }
            return holding(.array(all))
        case .object(let members):
            var all: [Member] = []
            for member in members {
                let setting = try member.setting.rewriting(replacement)
                all.append(Member(name: member.name, namePlace: member.namePlace, setting: setting))
            }
            return holding(.object(all))
        }
    }

    /// Another value in this one's place, so that errors about it lead here.
    package func holding(_ value: Value) -> Setting { Setting(value: value, place: place, location: location) }

    /// The same object without some of its keys.
    package func without(_ keys: [String]) -> Setting {
        guard case .object(let members) = value else { return self }
        return holding(.object(members.filter { !keys.contains($0.name) }))
    }
}
