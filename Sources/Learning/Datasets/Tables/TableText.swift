import Files
import Runs

/// The text of a table in UTF-8, whatever it was written in.
struct TableText {
    /// The text; without a mark of its encoding.
    let bytes: [UInt8]
    /// What was done to it that nobody asked for.
    private(set) var warnings: [StartWarning] = []

    /// Tells UTF-8, UTF-16 and UTF-32 (by their marks, or by zeros in every other byte) and Windows-1252 apart; other bytes are
    /// an error with the name of what they are.
    init(_ raw: [UInt8], path: String) throws(DatasetError) {
        if let mistake = FileKind.mistake(raw, due: "a table of text", own: [.empty]) {
            throw DatasetError(path, mistake)
        }
        let form = Self.form(of: raw)
        switch form {
        case .utf8(let mark):
            let text = mark == 0 ? raw : Array(raw.dropFirst(mark))
            guard !Self.isPlain(text), String(validating: text, as: UTF8.self) == nil else {
                bytes = text
                break
            }
            bytes = Self.fromWindows(text)
            warnings = [
                StartWarning(
                    "csv.encoding", .notice, "\(path): is no UTF-8, so it is read as Windows-1252 (Latin-1)")
            ]
        case .utf16(let mark, let isBigEndian):
            let units = Self.units(raw.dropFirst(mark), width: 2, isBigEndian).map { UInt16($0) }
            bytes = Array(String(decoding: units, as: UTF16.self).utf8)
            warnings = [StartWarning("csv.encoding", .notice, "\(path): is UTF-16, and read as such")]
        case .utf32(let isBigEndian):
            let units = Self.units(raw.dropFirst(4), width: 4, isBigEndian)
            bytes = Array(String(decoding: units, as: UTF32.self).utf8)
            warnings = [StartWarning("csv.encoding", .notice, "\(path): is UTF-32, and read as such")]
        }
        if let place = bytes.prefix(1 << 16).firstIndex(of: 0) {
            throw DatasetError(path, "byte \(place) is 0, so it is no text; a table of text is due")
        }
    }

    private enum Form {
        case utf8(mark: Int)
        case utf16(mark: Int, isBigEndian: Bool)
        case utf32(isBigEndian: Bool)
    }

    private static func form(of raw: [UInt8]) -> Form {
        if raw.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8(mark: 3) }
        if raw.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(isBigEndian: true) }
        if raw.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(isBigEndian: false) }
        if raw.starts(with: [0xFE, 0xFF]) { return .utf16(mark: 2, isBigEndian: true) }
        if raw.starts(with: [0xFF, 0xFE]) { return .utf16(mark: 2, isBigEndian: false) }
        // Tables are digits for the most part, whose other byte is 0.
        let head = raw.prefix(256)
        guard head.count >= 8 else { return .utf8(mark: 0) }
        var zeros = (even: 0, odd: 0)
        for (place, byte) in head.enumerated() where byte == 0 {
            if place % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        if zeros.odd > head.count / 3, zeros.even == 0 { return .utf16(mark: 0, isBigEndian: false) }
        if zeros.even > head.count / 3, zeros.odd == 0 { return .utf16(mark: 0, isBigEndian: true) }
        return .utf8(mark: 0)
    }

    /// Whole numbers of so many bytes.
    private static func units(_ bytes: ArraySlice<UInt8>, width: Int, _ isBigEndian: Bool) -> [UInt32] {
        var units: [UInt32] = []
        units.reserveCapacity(bytes.count / width)
        var place = bytes.startIndex
        while place + width <= bytes.endIndex {
            var unit: UInt32 = 0
            for index in 0..<width {
                let byte = UInt32(bytes[place + index])
                unit |= byte << UInt32(8 * (isBigEndian ? width - 1 - index : index))
            }
            units.append(unit)
            place += width
        }
        return units
    }

    /// Whether all bytes are ASCII.
    private static func isPlain(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var place = 0
            while bytes.count - place >= 8 {
                if bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 {
                    return false
                }
                place += 8
            }
            return bytes[place...].allSatisfy { $0 < 0x80 }
        }
    }

    private static func fromWindows(_ bytes: [UInt8]) -> [UInt8] {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            let code = (0x80...0x9F).contains(byte) ? windows[Int(byte) - 0x80] : UInt32(byte)
            scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return Array(String(scalars).utf8)
    }

    /// What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters.
    private static let windows: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0x9D,
        0x017E, 0x0178,
    ]
}
