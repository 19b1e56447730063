import Cells

/// Bytes from a terminal in, events out: a pure state machine.
///
/// ncurses' own `keypad` mode hands unknown escape sequences over character by character, so that a focus report or
/// a reply would steer a run. This one swallows every CSI, SS3, OSC, DCS, APC, PM and SOS sequence whole, known or not
/// (ECMA-48; xterm's control sequences for keys, mouse and paste).
///
/// Feed what has been read with `feed(_:at:)`, and call `expire(at:)` when nothing came until `deadline`: a lone Esc is
/// then a key, and a sequence that was cut off is given up. Memory is bounded, and so is the time for which broken
/// input can keep real keys away. Times are seconds of any steady clock.
package struct InputDecoder: Hashable, Sendable {
    /// Seconds after which a lone Esc is the key.
    package static let escapeDelay = 0.05
    /// Seconds of silence after which the rest of a key, mouse or focus sequence is not waited for any more.
    package static let sequenceDelay = 0.5
    /// The same for strings (OSC, DCS, APC, PM, SOS), which slow lines tear apart, and for pastes.
    package static let stringDelay = 1.0
    /// Seconds after which even an uninterrupted string is broken.
    package static let stringDuration = 3.0
    /// Bytes of a control sequence after which only its end matters.
    package static let sequenceLimit = 64
    /// Bytes of a paste that are kept; the rest is swallowed.
    package static let pasteLimit = 65_536

    enum State: Hashable, Sendable {
        case ground
        /// Inside a UTF-8 character of so many bytes; swallowed where it follows an Esc (an Alt key).
        case character(length: Int, swallowed: Bool)
        case escape
        /// Esc and an intermediate byte, as in a character set designation.
        case escapeIntermediate
        case singleShift
        case control
        /// The byte after `CSI [`, a function key of the Linux console.
        case consoleKey
        /// The three bytes after `CSI M`.
        case oldMouse
        case string
        case stringEscape
        case paste
    }

    var state = State.ground
    /// Bytes of the sequence, character or paste under way.
    var collected: [UInt8] = []
    /// How much of the end mark of a paste has been seen.
    var matched = 0
    /// When the last byte came, and the sequence began.
    var lastTime = 0.0
    var startTime = 0.0
    var events: [InputEvent] = []

    /// A decoder to which no byte has come.
    package init() {}

    /// When `expire(at:)` has something to do if no byte comes before; nil while nothing is under way.
    package var deadline: Double? {
        switch state {
        case .ground: nil
        case .escape: lastTime + Self.escapeDelay
        case .character, .escapeIntermediate, .singleShift, .control, .consoleKey, .oldMouse:
            lastTime + Self.sequenceDelay
        case .string, .stringEscape, .paste: lastTime + Self.stringDelay
        }
    }

    /// Takes bytes that arrived at a time and returns the events they complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>, at time: Double) -> [InputEvent] {
        for byte in bytes {
            if state == .ground { startTime = time }
            lastTime = time
            take(byte)
        }
        return takeEvents()
    }

    /// Settles what is still open after silence until `time`.
    package mutating func expire(at time: Double) -> [InputEvent] {
        guard let deadline, time >= deadline else { return [] }
        switch state {
        case .ground: break
        case .escape: emit(.key(.escape))
        case .paste: finishPaste()
        default: emit(.ignored)
        }
        returnToGround()
        return takeEvents()
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .ground: takeGround(byte)
        case .character(let length, let swallowed): takeCharacter(byte, length: length, swallowed: swallowed)
        case .escape: takeAfterEscape(byte)
        case .escapeIntermediate:
            if byte < 0x20 || byte >= 0x7F { abandon(andTake: byte) } else if byte >= 0x30 { finishIgnored() }
        case .singleShift: takeSingleShift(byte)
        case .control: takeControl(byte)
        case .consoleKey: if byte < 0x20 || byte >= 0x7F { abandon(andTake: byte) } else { finishIgnored() }
        case .oldMouse: takeOldMouse(byte)
        case .string, .stringEscape: takeString(byte)
        case .paste: takePaste(byte)
        }
    }

    mutating func takeGround(_ byte: UInt8) {
        switch byte {
        case 0x1B: state = .escape
        case 0x0D, 0x0A: emit(.key(.enter))
        case 0x09: emit(.key(.tab))
        case 0x08, 0x7F: emit(.key(.backspace))
        case 0x01...0x1A: emit(.key(.control(Character(Unicode.Scalar(byte + 0x60)))))
        case 0x20...0x7E: emit(.key(.character(Character(Unicode.Scalar(byte)))))
        case 0xC2...0xF4: beginCharacter(byte, swallowed: false)
        case 0x00...0x1F: emit(.ignored)
        default: break  // no beginning of a character
        }
    }

    mutating func takeAfterEscape(_ byte: UInt8) {
        switch byte {
        case 0x1B: emit(.key(.escape))
        case UInt8(ascii: "["): state = .control
        case UInt8(ascii: "O"): state = .singleShift
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            state = .string
        case 0x21...0x2F: state = .escapeIntermediate  // Esc and space is an Alt key
        case 0xC2...0xF4: beginCharacter(byte, swallowed: true)
        // Ctrl-C and its like work even after a stray Esc.
        case 0x00...0x1F where byte != 0x0D && byte != 0x0A && byte != 0x09 && byte != 0x08: abandon(andTake: byte)
        default: finishIgnored()  // an Alt key
        }
    }

    private mutating func beginCharacter(_ byte: UInt8, swallowed: Bool) {
        collected = [byte]
        state = .character(length: byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, swallowed: swallowed)
    }

    private mutating func takeCharacter(_ byte: UInt8, length: Int, swallowed: Bool) {
        guard byte & 0xC0 == 0x80 else { return abandon(andTake: byte, silently: !swallowed) }
        collected.append(byte)
        guard collected.count == length else { return }
        if !swallowed, let text = String(validating: collected, as: UTF8.self), let scalar = text.unicodeScalars.first {
            emit(scalar.properties.generalCategory == .control ? .ignored : .key(.character(Character(scalar))))
        } else if swallowed {
            emit(.ignored)
        }
        returnToGround()
    }

    /// Drops what is under way and reads the byte as if nothing had been before it.
    mutating func abandon(andTake byte: UInt8, silently: Bool = false) {
        if !silently { emit(.ignored) }
        returnToGround()
        startTime = lastTime
        takeGround(byte)
    }

    mutating func finishIgnored() {
        emit(.ignored)
        returnToGround()
    }

    mutating func returnToGround() {
        state = .ground
        collected.removeAll(keepingCapacity: collected.count <= Self.sequenceLimit)
        matched = 0
    }

    mutating func emit(_ event: InputEvent) { events.append(event) }

    private mutating func takeEvents() -> [InputEvent] {
        defer { events.removeAll() }
        return events
    }
}
