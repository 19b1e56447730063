extension JSON5Reader {
    /// The one value that fills the text.
    mutating func document() throws(SettingsError) -> Setting {
        try skipSpace()
        guard !atEnd else { throw error("nothing here; a JSON5 value is due", path: .root) }
        return try onlyValue()
    }

    /// One value from each line that has one.
    mutating func lines() throws(SettingsError) -> [Setting] {
        var settings: [Setting] = []
        unit = "line"
        while true {
            end = bytes[index...].firstIndex { $0 == .lineFeed || $0 == .carriageReturn } ?? bytes.count
            try skipSpace()
            if !atEnd { settings.append(try onlyValue()) }
            guard index < bytes.count else { return settings }
            advance()
        }
    }

    private mutating func onlyValue() throws(SettingsError) -> Setting {
        let setting = try value(at: .root, depth: 0)
        try skipSpace()
        guard atEnd else { throw error("\(found) after the end of the value; one value is due", path: .root) }
        return setting
    }

    /// The value at hand, `depth` lists and objects down.
    private mutating func value(at path: SettingPath, depth: Int) throws(SettingsError) -> Setting {
        let start = place
        let value: Setting.Value
        switch byte {
        case UInt8(ascii: "{"):
            value = .object(try members(at: path, depth: depth + 1))
        case UInt8(ascii: "["):
            value = .array(try elements(at: path, depth: depth + 1))
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            value = .string(try string(at: path))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            value = try number(at: path)
        default:
            guard beginsName else { throw error("a value is due here, not \(found)", path: path) }
            value = try word(at: path)
        }
        return Setting(value: value, place: start, location: path)
    }

    private mutating func word(at path: SettingPath) throws(SettingsError) -> Setting.Value {
        let start = place
        switch try name(at: path) {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case let word where word == "Infinity" || word == "NaN":
            return try nonFinite(word, isNegative: false, from: start, at: path)
        case let word:
            let hint = Setting.nearestName(to: word, in: ["true", "false", "null"]).map { "; did you mean \($0)?" }
            throw error(
                "\(word.quoted) is no value" + (hint ?? "; a string needs quotes"), at: start, path: path)
        }
    }

    private mutating func elements(at path: SettingPath, depth: Int) throws(SettingsError) -> [Setting] {
        let opening = place
        try open(depth: depth, at: path)
        var elements: [Setting] = []
        while true {
            try skipSpace(in: path)
            if byte == UInt8(ascii: "]") { break }
            guard !atEnd else { throw unclosed("list", opening, path) }
            elements.append(try value(at: .element(of: path, index: elements.count), depth: depth))
            try skipSpace(in: path)
            if byte == UInt8(ascii: "]") { break }
            guard !atEnd else { throw unclosed("list", opening, path) }
            guard byte == UInt8(ascii: ",") else { throw error("\",\" or \"]\" is due here, not \(found)", path: path) }
            advance()
        }
        advance()
        return elements
    }

    private mutating func members(at path: SettingPath, depth: Int) throws(SettingsError) -> [Setting.Member] {
        let opening = place
        try open(depth: depth, at: path)
        var members: [Setting.Member] = []
        var places: [String: Place] = [:]
        while true {
            try skipSpace(in: path)
            if byte == UInt8(ascii: "}") { break }
            guard !atEnd else { throw unclosed("object", opening, path) }
            let namePlace = place
            let name = try memberName(at: path)
            let memberPath = SettingPath.member(of: path, name: name)
            if let first = places.updateValue(namePlace, forKey: name) {
                let where_ = first.description(from: namePlace)
                throw error("the key stands twice, first at \(where_); keep one", at: namePlace, path: memberPath)
            }
            try skipSpace(in: memberPath)
            guard !atEnd else { throw unclosed("object", opening, path) }
            guard byte == UInt8(ascii: ":") else {
                throw error("\":\" is due after the key, not \(found)", path: memberPath)
            }
            advance()
            try skipSpace(in: memberPath)
            guard !atEnd else { throw unclosed("object", opening, path) }
            let setting = try value(at: memberPath, depth: depth)
            members.append(Setting.Member(name: name, namePlace: namePlace, setting: setting))
            try skipSpace(in: path)
            if byte == UInt8(ascii: "}") { break }
            guard !atEnd else { throw unclosed("object", opening, path) }
            guard byte == UInt8(ascii: ",") else { throw error("\",\" or \"}\" is due here, not \(found)", path: path) }
            advance()
        }
        advance()
        return members
    }

    private mutating func memberName(at path: SettingPath) throws(SettingsError) -> String {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try string(at: path) }
        guard beginsName else {
            let hint = byte.isDigit ? "; a key that begins with a digit needs quotes" : ""
            throw error("a key or \"}\" is due here, not \(found)\(hint)", path: path)
        }
        return try name(at: path)
    }

    private mutating func open(depth: Int, at path: SettingPath) throws(SettingsError) {
        guard depth <= Setting.maximumDepth else {
            throw error("nested deeper than \(Setting.maximumDepth) lists and objects", path: path)
        }
        advance()
    }

    private func unclosed(_ what: String, _ opening: Place, _ path: SettingPath) -> SettingsError {
        error(
            "the \(unit) ends, but the \(what) opened at \(opening.description(from: place)) is not closed", path: path)
    }
}
