/// A value read from JSON5 that knows where it stands.
package struct Setting: Sendable {
    /// What stands there, for decoders that tell several kinds apart.
    package let value: Value
    /// Where the value begins.
    package let place: Place
    let location: SettingPath

    /// The way from the root, such as `model[3].conv2d.kernel`; empty for the root.
    ///
    /// Built on demand, for errors: O(length of the path).
    package var path: String { location.description }

    /// How deep lists and objects may stand in one another.
    package static let maximumDepth = 64

    /// The kinds of JSON values.
    package enum Value: Sendable {
        case null
        case bool(Bool)
        /// Finite, unless `parseLines` was told to take others too; `text` is the number as written, so that whole
        /// numbers above 2^53 stay exact.
        case number(Double, text: String)
        case string(String)
        case array([Setting])
        /// In the order of the text, without duplicates.
        case object([Member])
    }

    /// A named value of an object.
    package struct Member: Sendable {
        /// The key, with its escapes resolved.
        package let name: String
        /// Where the key begins.
        package let namePlace: Place
        /// What the key stands for.
        package let setting: Setting
    }
}

extension Setting {
    /// A document of its own that no text holds.
    package init(_ value: Value, at place: Place) {
        self.init(value: value, place: place, location: .root)
    }

    /// Whether this is a literal `null`.
    package var isNull: Bool {
        if case .null = value { true } else { false }
    }

    /// An error at this value's place.
    package func error(_ message: String) -> SettingsError {
        SettingsError(place: place, path: path, message: message)
    }

    /// The value in a few words for errors: `the string "abc"`, `3.5`, `a list of 2`.
    var kind: String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(_, let text): text.shortened
        case .string(let text): "the string \(text.quoted)"
        case .array(let elements): elements.isEmpty ? "an empty list" : "a list of \(elements.count)"
        case .object(let members): members.isEmpty ? "an empty object" : "an object"
        }
    }
}
