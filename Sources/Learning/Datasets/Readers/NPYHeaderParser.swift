/// Reads the Python dictionary in an NPY header: strings, True, False and a tuple of numbers, nothing else.
struct NPYHeaderParser {
    struct Entries {
        var descr: String?
        var isFortranOrder: Bool?
        var extents: [Int]?
    }

    private let bytes: [UInt8]
    private let offset: Int
    private let place: String
    private var position = 0

    /// - Parameter offset: Where the dictionary begins in the file, for errors.
    init(_ bytes: [UInt8], offset: Int, place: String) {
        self.bytes = bytes
        self.offset = offset
        self.place = place
    }

    mutating func entries() throws(DatasetError) -> Entries {
        var entries = Entries()
        try take("{")
        while !accept("}") {
            let key = try string()
            try take(":")
            switch key {
            case "descr":
                guard peek() == UInt8(ascii: "'") || peek() == UInt8(ascii: "\"") else {
                    throw error(
                        "a single type of numbers, such as '<f4' (no structured array: numpy.stack of its fields makes one)"
                    )
                }
                entries.descr = try string()
            case "fortran_order": entries.isFortranOrder = try bool()
            case "shape": entries.extents = try tuple()
            default: throw error("one of the keys descr, fortran_order and shape")
            }
            guard !accept("}") else { break }
            try take(",")
        }
        return entries
    }

    private mutating func string() throws(DatasetError) -> String {
        guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            throw error("a string")
        }
        let start = position + 1
        guard let end = bytes[start...].firstIndex(of: quote) else { throw error("the end of a string") }
        position = end + 1
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func bool() throws(DatasetError) -> Bool {
        skipSpace()
        for (word, value) in [("True", true), ("False", false)] where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return value
        }
        throw error("True or False")
    }

    private mutating func tuple() throws(DatasetError) -> [Int] {
        var extents: [Int] = []
        try take("(")
        while !accept(")") {
            extents.append(try number())
            guard extents.count <= 32 else { throw error("at most 32 axes") }
            guard !accept(")") else { break }
            try take(",")
        }
        return extents
    }

    private mutating func number() throws(DatasetError) -> Int {
        skipSpace()
        var value = 0
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]), position - start < 18 {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        guard position > start else { throw error("an extent: a whole number") }
        // Python 2 wrote a letter for long numbers.
        if position < bytes.count, bytes[position] == UInt8(ascii: "L") { position += 1 }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private mutating func peek() -> UInt8? {
        skipSpace()
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func accept(_ character: Character) -> Bool {
        guard peek() == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func take(_ character: Character) throws(DatasetError) {
        guard accept(character) else { throw error("\"\(character)\"") }
    }

    private func error(_ due: String) -> DatasetError {
        DatasetError(place, "its header is damaged: at byte \(offset + position) \(due) is due")
    }
}
