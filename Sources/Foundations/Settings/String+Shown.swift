extension String {
    /// The string in double quotes as an error shows it: escaped onto one line, and shortened after 60 characters.
    var quoted: String {
        var bytes: [UInt8] = []
        JSON.write(shortened, into: &bytes)
        return String(decoding: bytes, as: UTF8.self).onOneLine
    }

    /// The first 60 scalars, with an ellipsis where some are left out.
    var shortened: String {
        let scalars = unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: 60, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return self }
        return String(scalars[..<end]) + "…"
    }

    /// The string with every control character and line separator written as an escape.
    var onOneLine: String {
        guard unicodeScalars.contains(where: \.breaksLine) else { return self }
        var shown = ""
        for scalar in unicodeScalars {
            if scalar.breaksLine {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                shown += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

extension Unicode.Scalar {
    /// Whether printing it could leave the line or steer a terminal: control and format characters, separators.
    var breaksLine: Bool {
        if isASCII { return value < 0x20 || value == 0x7F }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}

extension [String] {
    /// `"a", "b" or "c"`.
    var listed: String { listed(joint: "or") }

    /// The names in quotes, separated by commas, the last after `joint`; at most 24 of them.
    func listed(joint: String) -> String {
        let shown = prefix(24).map(\.quoted)
        if count > shown.count { return shown.joined(separator: ", ") + " and \(count - shown.count) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " \(joint) " + last
    }
}
