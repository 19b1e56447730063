extension JSON {
    /// Over several lines, indented by two blanks, with a line end; what fits in 100 columns stays on one line.
    package var pretty: String {
        var bytes: [UInt8] = []
        writePretty(into: &bytes, indentation: 0, column: 0)
        bytes.append(.lineFeed)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func writePretty(into bytes: inout [UInt8], indentation: Int, column: Int) {
        var room = 100 - column
        if fits(in: &room) {
            writeSpaced(into: &bytes)
            return
        }
        switch self {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                Self.breakLine(&bytes, comma: index > 0, indentation: indentation + 2)
                element.writePretty(into: &bytes, indentation: indentation + 2, column: indentation + 3)
            }
            Self.breakLine(&bytes, comma: false, indentation: indentation)
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                Self.breakLine(&bytes, comma: index > 0, indentation: indentation + 2)
                let start = bytes.count
                Self.write(member.0, into: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                let column = indentation + 3 + bytes.count - start
                member.1.writePretty(into: &bytes, indentation: indentation + 2, column: column)
            }
            Self.breakLine(&bytes, comma: false, indentation: indentation)
            bytes.append(UInt8(ascii: "}"))
        default:
            write(into: &bytes)
        }
    }

    private static func breakLine(_ bytes: inout [UInt8], comma: Bool, indentation: Int) {
        if comma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(.lineFeed)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
    }

    /// On one line with blanks after commas and colons.
    private func writeSpaced(into bytes: inout [UInt8]) {
        switch self {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(contentsOf: ", ".utf8) }
                element.writeSpaced(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                bytes.append(contentsOf: (index > 0 ? ", " : " ").utf8)
                Self.write(member.0, into: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                member.1.writeSpaced(into: &bytes)
            }
            bytes.append(contentsOf: (members.isEmpty ? "}" : " }").utf8)
        default:
            write(into: &bytes)
        }
    }

    /// Takes this value's width off `room`; gives up, and so stays cheap, as soon as nothing is left.
    private func fits(in room: inout Int) -> Bool {
        switch self {
        case .array(let elements):
            room -= 2
            for element in elements {
                guard element.fits(in: &room) else { return false }
                room -= 2
            }
        case .object(let members):
            room -= 4
            for (name, value) in members {
                room -= name.utf8.count + 4
                guard room > 0, value.fits(in: &room) else { return false }
                room -= 2
            }
        case .string(let text):
            room -= text.utf8.count + 2
        default:
            var bytes: [UInt8] = []
            write(into: &bytes)
            room -= bytes.count
        }
        return room >= 0
    }
}
