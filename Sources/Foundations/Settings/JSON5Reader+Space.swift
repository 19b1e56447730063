extension JSON5Reader {
    /// Steps over white space, line ends and comments.
    mutating func skipSpace(in path: SettingPath = .root) throws(SettingsError) {
        while !atEnd {
            switch bytes[index] {
            case 0x20, 0x09...0x0D:
                advance()
            case UInt8(ascii: "/") where byte(ahead: 1) == UInt8(ascii: "/"):
                while !atEnd, !atLineEnd { advance() }
            case UInt8(ascii: "/") where byte(ahead: 1) == UInt8(ascii: "*"):
                try skipBlockComment(in: path)
            case 0x80...:
                guard let (scalar, length) = scalar, scalar.isSpace else { return }
                advance(length)
            default:
                return
            }
        }
    }

    private mutating func skipBlockComment(in path: SettingPath) throws(SettingsError) {
        let opening = place
        advance(2)
        while !atEnd {
            if byte == UInt8(ascii: "*"), byte(ahead: 1) == UInt8(ascii: "/") {
                advance(2)
                return
            }
            advance()
        }
        let start = opening.description(from: place)
        throw error("the \(unit) ends, but the comment opened at \(start) is not closed", path: path)
    }

    /// LF, CR, U+2028 and U+2029 end a `//` comment.
    private var atLineEnd: Bool {
        switch bytes[index] {
        case .lineFeed, .carriageReturn: true
        case 0xE2: byte(ahead: 1) == 0x80 && byte(ahead: 2) & 0xFE == 0xA8
        default: false
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool {
        switch properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: self == "\u{FEFF}"
        }
    }
}
