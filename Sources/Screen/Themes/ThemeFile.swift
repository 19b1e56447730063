import Cells

/// The lines of a theme file in btop's format, read into colours.
struct ThemeFile {
    private let file: String
    private(set) var colors: [String: Color] = [:]

    /// Reads all lines; keys that nobody knows are kept, their values may be anything.
    init(text: String, file: String) throws(ThemeError) {
        self.file = file
        var line = 0
        var hasColor = false
        // By scalars: \r\n is one Character.
        for content in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            guard let entry = try read(Array(content), line: line) else { continue }
            hasColor = true
            colors[entry.key] = entry.color
        }
        guard hasColor else { throw .noColors(file: file) }
    }

    private func read(
        _ line: [Unicode.Scalar], line number: Int
    ) throws(ThemeError) -> (key: String, color: Color?)? {
        var cursor = Cursor(scalars: line)
        cursor.skipSpaces()
        guard let first = cursor.current, first != "#" else { return nil }

        func fail(at column: Int, _ problem: String, _ remedy: String) -> ThemeError {
            .malformed(file: file, line: number, column: column + 1, problem: problem, remedy: remedy)
        }
        let shape = "write theme[key]=\"#rrggbb\", or # before a comment"
        // One of btop's own files has a comment that runs over its line; btop passes over everything like it.
        guard line.contains(where: { $0 == "[" || $0 == "=" }) else { return nil }
        guard cursor.skip("theme[") else { throw fail(at: cursor.place, "no line of a theme", shape) }
        let keyPlace = cursor.place
        guard let key = cursor.take(until: "]") else { throw fail(at: keyPlace, "\"[\" is never closed", shape) }
        cursor.skipSpaces()
        guard cursor.skip("=") else { throw fail(at: cursor.place, "\"=\" is missing", shape) }
        cursor.skipSpaces()

        let place = cursor.place
        let value: String
        if let quote = cursor.current, quote == "\"" || quote == "'" {
            _ = cursor.skip(String(quote))
            guard let inside = cursor.take(until: quote) else {
                throw fail(at: place, "the quote is never closed", "end the value with \(quote)")
            }
            value = inside
            cursor.skipSpaces()
            guard cursor.current == nil || cursor.current == "#" else {
                throw fail(at: cursor.place, "text after the value", "put # before a comment")
            }
        } else {
            value = cursor.rest()
        }
        guard Theme.knownKeys.contains(key) else {
            guard !key.hasPrefix("sitter_") else {
                throw fail(
                    at: keyPlace, "\"\(key)\" is no colour of sitter",
                    "its names are \(Theme.ownKeys.sorted().joined(separator: ", "))")
            }
            return (key, nil)
        }
        guard let color = Self.color(value) else {
            throw fail(at: place, "\"\(value)\" is no colour", "write \"#rrggbb\", \"#gg\" or \"r g b\"")
        }
        return (key, color)
    }

    /// `""`, `#rrggbb`, `#gg` (a grey) or `r g b`, decimal.
    static func color(_ text: String) -> Color? {
        if text.isEmpty { return .terminalDefault }
        if text.hasPrefix("#") {
            let digits = text.dropFirst()
            guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }), let value = UInt32(digits, radix: 16) else {
                return nil
            }
            switch digits.count {
            case 6: return Color(hex: value)
            case 2: return Color(hex: value * 0x010101)
            default: return nil
            }
        }
        let parts = text.split(separator: " ")
        let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) ? UInt8($0) : nil }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        return .rgb(numbers[0], numbers[1], numbers[2])
    }

    /// A place in a line.
    private struct Cursor {
        let scalars: [Unicode.Scalar]
        var place = 0

        var current: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

        mutating func skipSpaces() {
            while let current, current == " " || current == "\t" || current == "\r" || current == "\u{FEFF}" {
                place += 1
            }
        }

        mutating func skip(_ text: String) -> Bool {
            guard scalars[place...].starts(with: text.unicodeScalars) else { return false }
            place += text.unicodeScalars.count
            return true
        }

        mutating func take(until end: Unicode.Scalar) -> String? {
            guard let stop = scalars[place...].firstIndex(of: end) else { return nil }
            defer { place = stop + 1 }
            return String(String.UnicodeScalarView(scalars[place..<stop]))
        }

        /// What is left, without spaces at its end.
        mutating func rest() -> String {
            var left = scalars[place...]
            while let last = left.last, last == " " || last == "\t" || last == "\r" { left.removeLast() }
            return String(String.UnicodeScalarView(left))
        }
    }
}
