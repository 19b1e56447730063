/// The members of an object setting, made by `Setting.object(keys:)`.
package struct SettingObject: Sendable {
    /// The object itself, for errors about the whole.
    package let setting: Setting
    /// In the order of the text.
    package let members: [Setting.Member]

    /// The value under `name`, nil if the object has none. O(members).
    package subscript(_ name: String) -> Setting? {
        members.first { $0.name == name }?.setting
    }

    /// The value under `name`, or an error at the object that asks for it.
    package func required(_ name: String) throws(SettingsError) -> Setting {
        guard let setting = self[name] else { throw setting.error("the key \(name.quoted) is missing") }
        return setting
    }
}
