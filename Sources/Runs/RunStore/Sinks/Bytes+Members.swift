import Settings

/// Compact lines of JSON, member by member, without a value in between.
extension [UInt8] {
    /// Appends `{"event":"name"`.
    mutating func beginEvent(_ name: StaticString) {
        append(contentsOf: "{\"event\":\"".utf8)
        append(name)
        append(UInt8(ascii: "\""))
    }

    /// Appends `}` and the line end.
    mutating func endEvent() {
        append(UInt8(ascii: "}"))
        append(UInt8(ascii: "\n"))
    }

    /// Appends `,"key":` or, as the first member of an object, `"key":`.
    mutating func key(_ name: StaticString) {
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        append(UInt8(ascii: "\""))
        append(name)
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
    }

    mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        JSON.write(value, into: &self)
    }

    mutating func member(_ name: StaticString, _ value: Double) {
        key(name)
        JSON.write(value, into: &self)
    }

    mutating func member(_ name: StaticString, _ value: Float) {
        key(name)
        JSON.write(value, into: &self)
    }

    mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        JSON.write(value, into: &self)
    }

    mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        JSON.write(value, into: &self)
    }

    /// Writes NaN as null, for what has no value rather than a bad one.
    mutating func member(_ name: StaticString, nullIfNaN value: Double) {
        if value.isNaN { null(name) } else { member(name, value) }
    }

    private mutating func null(_ name: StaticString) {
        key(name)
        append(contentsOf: "null".utf8)
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }
}
