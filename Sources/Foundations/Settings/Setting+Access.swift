extension Setting {
    /// `true` or `false`.
    package func bool() throws(SettingsError) -> Bool {
        guard case .bool(let flag) = value else { throw mismatch("true or false is due") }
        return flag
    }

    /// A string, possibly empty.
    package func string() throws(SettingsError) -> String {
        guard case .string(let text) = value else { throw mismatch("a string is due") }
        return text
    }

    /// The elements of a list.
    package func array() throws(SettingsError) -> [Setting] {
        guard case .array(let elements) = value else { throw mismatch("a list is due") }
        return elements
    }

    /// The members of an object that may hold these keys only; an unknown one is an error with the nearest known name.
    package func object(keys: [String]) throws(SettingsError) -> SettingObject {
        let object = try object()
        for member in object.members where !keys.contains(member.name) {
            throw SettingsError(
                place: member.namePlace, path: member.setting.path,
                message: "unknown key; " + Self.suggestion(for: member.name, in: keys, what: "key"))
        }
        return object
    }

    /// The members of an object with whatever keys it has.
    package func object() throws(SettingsError) -> SettingObject {
        guard case .object(let members) = value else { throw mismatch("an object is due") }
        return SettingObject(setting: self, members: members)
    }

    /// One of `names`, as a string.
    package func oneOf(_ names: [String]) throws(SettingsError) -> String {
        guard case .string(let name) = value else { throw mismatch("\(names.listed) is due") }
        guard names.contains(name) else { throw unknownName(name, in: names) }
        return name
    }

    /// What the string at hand stands for; an error lists the names in alphabetical order.
    package func oneOf<T>(_ cases: [String: T]) throws(SettingsError) -> T {
        // `oneOf(names)` has made sure of it.
        cases[try oneOf(cases.keys.sorted())]!
    }

    /// The case of `type` that the string at hand names.
    package func oneOf<T: CaseIterable & RawRepresentable>(
        _ type: T.Type
    ) throws(SettingsError) -> T where T.RawValue == String {
        let name = try oneOf(type.allCases.map(\.rawValue))
        return T(rawValue: name)!
    }

    func mismatch(_ due: String) -> SettingsError { error("\(due) here, not \(kind)") }

    func unknownName(_ name: String, in names: [String]) -> SettingsError {
        error("unknown name \(name.quoted); " + Self.suggestion(for: name, in: names, what: "name"))
    }
}
