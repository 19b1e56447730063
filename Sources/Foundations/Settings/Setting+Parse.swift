extension Setting {
    /// Reads one JSON5 document that fills all of `bytes`.
    ///
    /// Follows <https://spec.json5.org>, and refuses beyond it: bytes that are no UTF-8, NUL, numbers that are not
    /// finite, duplicate names, nesting deeper than `maximumDepth`. Linear in the length of the text.
    /// - Parameters:
    ///   - file: the name that errors show.
    ///   - firstLine: the number of the text's first line, for a text cut out of a longer one.
    package static func parse(
        _ bytes: some Collection<UInt8>, file: String, firstLine: Int = 1
    ) throws(SettingsError) -> Setting {
        var reader = try JSON5Reader(Array(bytes), file: file, firstLine: firstLine)
        return try reader.document()
    }

    /// Reads one JSON5 document that fills all of `text`.
    package static func parse(text: String, file: String) throws(SettingsError) -> Setting {
        try parse(text.utf8, file: file)
    }

    /// Reads one JSON5 value from every line that holds more than blanks and comments; no value spans two lines.
    ///
    /// Fails at the first bad line. Places carry the line of the file.
    /// - Parameter allowsNonFinite: whether to read `NaN` and `Infinity` as JSON5 does, for a reader that answers them
    ///   itself.
    package static func parseLines(
        _ bytes: some Collection<UInt8>, file: String, allowsNonFinite: Bool = false
    ) throws(SettingsError) -> [Setting] {
        var reader = try JSON5Reader(Array(bytes), file: file, firstLine: 1)
        reader.allowsNonFinite = allowsNonFinite
        return try reader.lines()
    }

    /// Reads `text` as JSON5, or takes it as a string where it does not parse: the value of `--set KEY=VALUE`.
    package static func parseOrString(text: String, file: String) -> Setting {
        do throws(SettingsError) {
            return try parse(text: text, file: file)
        } catch {
            return Setting(.string(text), at: Place(file: file, line: 1, column: 1))
        }
    }
}
