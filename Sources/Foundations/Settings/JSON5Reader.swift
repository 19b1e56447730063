/// Walks over the bytes of a JSON5 text once, from left to right, and knows line and column.
///
/// Recursion is bounded by `Setting.maximumDepth`. The text holds no NUL byte, so that 0 stands for its end.
struct JSON5Reader {
    let bytes: [UInt8]
    let file: String
    /// Where reading stops: the end of the text or, in `lines()`, of the line.
    var end: Int
    /// What stops there: "text" or "line".
    var unit = "text"
    /// Whether `NaN`, `Infinity` and numbers that overflow are read as what they are instead of refused.
    var allowsNonFinite = false
    var index = 0
    private var line: Int
    private var lineStart = 0
    /// UTF-8 continuation bytes since `lineStart`: they take no column.
    private var continuations = 0

    init(_ bytes: [UInt8], file: String, firstLine: Int) throws(SettingsError) {
        self.bytes = bytes
        self.file = file
        end = bytes.count
        line = firstLine
        try checkEncoding()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            index = 3
            lineStart = 3
        }
    }

    var place: Place { Place(file: file, line: line, column: index - lineStart - continuations + 1) }

    var atEnd: Bool { index >= end }

    /// The byte at hand, 0 at the end.
    var byte: UInt8 { byte(ahead: 0) }

    func byte(ahead offset: Int) -> UInt8 { index + offset < end ? bytes[index + offset] : 0 }

    /// Steps over one byte; `bytes[index]` must exist.
    mutating func advance() {
        let byte = bytes[index]
        index += 1
        if byte & 0xC0 == 0x80 {
            continuations += 1
        } else if byte == .lineFeed || (byte == .carriageReturn && !(index < bytes.count && bytes[index] == .lineFeed))
        {
            line += 1
            lineStart = index
            continuations = 0
        }
    }

    mutating func advance(_ count: Int) {
        for _ in 0..<count { advance() }
    }

    /// The scalar at hand and its length in bytes; nil at the end.
    var scalar: (value: Unicode.Scalar, length: Int)? {
        guard !atEnd else { return nil }
        let lead = bytes[index]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return Unicode.Scalar(value).map { ($0, length) }
    }

    func error(_ message: String, at place: Place? = nil, path: SettingPath) -> SettingsError {
        SettingsError(place: place ?? self.place, path: path.description, message: message)
    }

    /// What stands at hand, in words for an error.
    var found: String {
        guard let scalar = scalar?.value else { return "the end of the \(unit)" }
        return String(scalar).quoted
    }

    private func checkEncoding() throws(SettingsError) {
        if !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil { return }
        var (line, column) = (line, 1)
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var afterReturn = false
        var isFirst = true
        while true {
            let message: String
            switch decoder.decode(&iterator) {
            case .scalarValue("\0"):
                message = "a NUL byte; a settings file is text"
            case .scalarValue(let scalar):
                if scalar == "\n" || scalar == "\r" {
                    if !(scalar == "\n" && afterReturn) { line += 1 }
                    column = 1
                } else if !(isFirst && scalar == "\u{FEFF}") {
                    column += 1
                }
                afterReturn = scalar == "\r"
                isFirst = false
                continue
            case .error:
                message = "bytes that are no UTF-8; save the file as UTF-8"
            case .emptyInput:
                return
            }
            throw SettingsError(place: Place(file: file, line: line, column: column), path: "", message: message)
        }
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var hexadecimalValue: UInt32? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self) - 55
        default: nil
        }
    }
}
