import Cells

/// Control sequences, single shifts and strings.
extension InputDecoder {
    mutating func takeSingleShift(_ byte: UInt8) {
        switch byte {
        case 0x00...0x1F, 0x7F...0xFF: return abandon(andTake: byte)
        case 0x30...0x3F:  // modifiers, as some terminals put them here
            collected.append(byte)
            if collected.count > Self.sequenceLimit { finishIgnored() }
            return
        case UInt8(ascii: "M"): emit(.key(.enter))
        default:
            // rxvt tells Ctrl with an arrow by lower case.
            let isRxvtArrow = (UInt8(ascii: "a")...UInt8(ascii: "d")).contains(byte)
            emit(Self.cursorKey(isRxvtArrow ? byte - 0x20 : byte).map(InputEvent.key) ?? .ignored)
        }
        returnToGround()
    }

    mutating func takeControl(_ byte: UInt8) {
        switch byte {
        case 0x00...0x1F, 0x7F...0xFF: abandon(andTake: byte)
        case 0x20...0x3F:
            // One byte more than the limit marks it as too long; its end still counts.
            if collected.count <= Self.sequenceLimit { collected.append(byte) }
        case UInt8(ascii: "[") where collected.isEmpty: state = .consoleKey
        case UInt8(ascii: "M") where collected.isEmpty: state = .oldMouse
        default: finishControl(byte)
        }
    }

    private mutating func finishControl(_ final: UInt8) {
        let body = collected
        returnToGround()
        guard body.count <= Self.sequenceLimit else { return emit(.ignored) }
        if body.first == UInt8(ascii: "<"), final == UInt8(ascii: "M") || final == UInt8(ascii: "m") {
            let numbers = Self.numbers(body.dropFirst())
            return emit(
                numbers.map { Self.mouse($0, pressed: final == UInt8(ascii: "M"), offset: 0) } ?? .ignored)
        }
        guard let numbers = Self.numbers(body[...]) else { return emit(.ignored) }
        switch final {
        case UInt8(ascii: "Z"): emit(.key(.backTab))
        case UInt8(ascii: "I") where body.isEmpty: emit(.focus(gained: true))
        case UInt8(ascii: "O") where body.isEmpty: emit(.focus(gained: false))
        case UInt8(ascii: "M") where numbers.count == 3: emit(Self.mouse(numbers, pressed: true, offset: 32))
        case UInt8(ascii: "~"): finishNumberedKey(numbers)
        case UInt8(ascii: "a")...UInt8(ascii: "d") where body.isEmpty:
            emit(Self.cursorKey(final - 0x20).map(InputEvent.key) ?? .ignored)
        default: emit(Self.cursorKey(final).map(InputEvent.key) ?? .ignored)
        }
    }

    private mutating func finishNumberedKey(_ numbers: [Int]) {
        switch numbers.first {
        case 1, 7: emit(.key(.home))
        case 3: emit(.key(.delete))
        case 4, 8: emit(.key(.end))
        case 5: emit(.key(.pageUp))
        case 6: emit(.key(.pageDown))
        case 200: state = .paste
        default: emit(.ignored)
        }
    }

    /// The key of `CSI x` and `SS3 x`.
    private static func cursorKey(_ final: UInt8) -> InputEvent.Key? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        default: nil
        }
    }

    /// The parameters between semicolons, 0 where empty; nil for private, sub-divided or absurd ones.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int]? {
        guard !bytes.isEmpty else { return [] }
        var found = [0]
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let next = found[found.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
                guard next < 100_000 else { return nil }
                found[found.count - 1] = next
            case UInt8(ascii: ";"): found.append(0)
            default: return nil
            }
        }
        return found
    }

    mutating func takeOldMouse(_ byte: UInt8) {
        guard byte >= 0x20 else { return abandon(andTake: byte) }
        collected.append(byte)
        guard collected.count == 3 else { return }
        emit(Self.mouse(collected.enumerated().map { Int($1) - ($0 == 0 ? 0 : 32) }, pressed: true, offset: 32))
        returnToGround()
    }

    /// A mouse report: button bits, column and row from 1 (xterm, "Mouse Tracking"). In the older encodings the button
    /// carries an offset of 32 and a release is button 3.
    private static func mouse(_ report: [Int], pressed: Bool, offset: Int) -> InputEvent {
        guard report.count == 3, report[0] >= offset, report[1] >= 1, report[2] >= 1 else { return .ignored }
        let bits = report[0] - offset
        func event(_ kind: InputEvent.Mouse.Kind) -> InputEvent {
            .mouse(InputEvent.Mouse(kind: kind, x: report[1] - 1, y: report[2] - 1))
        }
        let isMotion = bits & 32 != 0
        // Shift, Meta and Ctrl (4, 8, 16) make no difference.
        switch bits & ~(4 | 8 | 16 | 32) {
        case 0: return event(!pressed ? .release : isMotion ? .drag : .press)
        case 3 where offset > 0 && !isMotion: return event(.release)
        case 64 where pressed && !isMotion: return event(.wheelUp)
        case 65 where pressed && !isMotion: return event(.wheelDown)
        default: return .ignored
        }
    }

    /// OSC, DCS, APC, PM and SOS: nothing in them matters but their end, which is BEL, ST, or a byte no string contains.
    mutating func takeString(_ byte: UInt8) {
        if lastTime - startTime > Self.stringDuration { return abandon(andTake: byte) }
        if state == .stringEscape {
            if byte == UInt8(ascii: "\\") { return finishIgnored() }
            emit(.ignored)
            returnToGround()
            startTime = lastTime
            // The Esc was the beginning of something else, and this byte its second one.
            state = .escape
            return takeAfterEscape(byte)
        }
        switch byte {
        case 0x07: finishIgnored()
        case 0x1B: state = .stringEscape
        case 0x08...0x0D, 0x20...0xFF: break
        default: abandon(andTake: byte)
        }
    }

    mutating func takePaste(_ byte: UInt8) {
        let mark: StaticString = "\u{1B}[201~"
        if byte == mark.utf8Start[matched] {
            matched += 1
            if matched == mark.utf8CodeUnitCount {
                finishPaste()
                returnToGround()
            }
            return
        }
        // The mark's Esc stands only at its beginning, so a failed match can only begin anew with this byte.
        for index in 0..<matched { keep(mark.utf8Start[index]) }
        matched = byte == 0x1B ? 1 : 0
        if matched == 0 { keep(byte) }
    }

    private mutating func keep(_ byte: UInt8) {
        if collected.count < Self.pasteLimit { collected.append(byte) }
    }

    /// Emits what has been pasted: valid UTF-8, lines ending in `\n`, without other control characters.
    mutating func finishPaste() {
        var text = String.UnicodeScalarView()
        var decoder = UTF8()
        var bytes = collected.makeIterator()
        var previous: Unicode.Scalar = " "
        decoding: while true {
            switch decoder.decode(&bytes) {
            case .emptyInput: break decoding
            case .error: continue
            case .scalarValue(let scalar):
                if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                    text.append("\n")
                } else if scalar == "\t" || scalar.properties.generalCategory != .control {
                    text.append(scalar)
                }
                previous = scalar
            }
        }
        emit(.paste(String(text)))
    }
}
