import CNcurses
import Glibc

/// A terminfo entry derived from the terminal's own and handed to ncurses without touching any file.
///
/// ncurses sends 24-bit colours only through an entry whose colour sequences take them, and few terminals are called that
/// way. The derived entry copies every capability and replaces the colour ones. It also drops what changes or resets the
/// palette: those colours belong to the person at the terminal.
/// Layout: term(5), "Extended number format" and "Extended storage format".
struct TerminalDescription {
    let name: String
    let bytes: [UInt8]

    /// Colours below this are palette entries in the derived sequences, so 24-bit values begin here.
    static let firstDirectColor = 256
    static let pairs = 0x10000

    /// The strings of the standard entry that are replaced; empty takes them out.
    private static func replacements(trueColor: Bool) -> [String: String] {
        // Nor what not every terminal that calls itself xterm knows: repeating a glyph, and scrolling part of the screen,
        // which flickers where panels stand side by side.
        let unwanted = ["initc", "initp", "oc", "rep", "csr", "ind", "indn", "ri", "rin", "il", "il1", "dl", "dl1"]
        var found = Dictionary(uniqueKeysWithValues: unwanted.map { ($0, "") })
        guard trueColor else { return found }
        for (capability, base, bright, extended) in [("setaf", 3, 9, 38), ("setab", 4, 10, 48)] {
            found[capability] =
                "\u{1B}[%?%p1%{8}%<%t\(base)%p1%d%e%p1%{16}%<%t\(bright)%p1%{8}%-%d"
                + "%e%p1%{256}%<%t\(extended);5;%p1%d"
                + "%e\(extended);2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
        }
        return found
    }

    /// Derives an entry from the one ncurses has loaded (`setupterm`).
    init(ofLoaded original: String, trueColor: Bool) {
        name = "sitter-\(trueColor ? "direct" : "palette")"
        let flags = Self.flags()
        let numbers = Self.numbers(trueColor: trueColor)
        let (offsets, table) = Self.strings(Self.replacements(trueColor: trueColor))
        let names = Array("\(name)|derived from \(original)".utf8) + [0]

        var entry = Words()
        entry.add(0o1036, names.count, flags.count, numbers.count, offsets.count, table.count)
        entry.bytes += names + flags
        entry.align()
        for number in numbers { entry.addLong(number) }
        entry.add(offsets)
        entry.bytes += table
        entry.align()
        // AX: default colours can be asked for. RGB: colour numbers are colours.
        let extensions = (tigetflag("AX") > 0 ? ["AX"] : []) + (trueColor ? ["RGB"] : [])
        if !extensions.isEmpty {
            let extensionNames = extensions.map { $0 + "\0" }.joined().utf8
            entry.add(extensions.count, 0, 0, extensions.count, extensionNames.count)
            entry.bytes += [UInt8](repeating: 1, count: extensions.count)
            if !extensions.count.isMultiple(of: 2) { entry.bytes.append(0) }
            var offset = 0
            for name in extensions {
                entry.add(offset)
                offset += name.utf8.count + 1
            }
            entry.bytes += extensionNames
        }
        bytes = entry.bytes
    }

    /// The value of `TERMINFO` that carries the entry itself.
    var environmentValue: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text = Array("hex:".utf8)
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    private static func flags() -> [UInt8] {
        (0..<BOOLWRITE).map { index in
            let name = String(cString: curses_flag_name(index))
            return name != "ccc" && tigetflag(name) > 0 ? 1 : 0
        }
    }

    private static func numbers(trueColor: Bool) -> [Int] {
        (0..<NUMWRITE).map { index in
            let name = String(cString: curses_number_name(index))
            if trueColor, name == "colors" { return 0x1000000 }
            if trueColor, name == "pairs" { return pairs }
            return Int(tigetnum(name))
        }
    }

    private static func strings(_ replaced: [String: String]) -> (offsets: [Int], table: [UInt8]) {
        var table: [UInt8] = []
        let offsets = (0..<STRWRITE).map { index -> Int in
            let name = String(cString: curses_string_name(index))
            var value: [UInt8] = []
            if let other = replaced[name] {
                guard !other.isEmpty else { return -1 }
                value = Array(other.utf8)
            } else {
                guard let text = curses_string_capability(name) else { return -1 }
                value = UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 }
            }
            defer { table += value + [0] }
            return table.count
        }
        return (offsets, table)
    }

    /// Little-endian numbers, as the format has them on every machine.
    private struct Words {
        var bytes: [UInt8] = []

        mutating func add(_ values: Int...) { add(values) }
        mutating func add(_ values: [Int]) {
            for value in values { withUnsafeBytes(of: Int16(truncatingIfNeeded: value).littleEndian) { bytes += $0 } }
        }
        mutating func addLong(_ value: Int) {
            withUnsafeBytes(of: Int32(truncatingIfNeeded: value).littleEndian) { bytes += $0 }
        }
        mutating func align() { if !bytes.count.isMultiple(of: 2) { bytes.append(0) } }
    }
}
