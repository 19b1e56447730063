import Files

/// Small pictures made here, byte by byte.
enum TinyPicture {
    /// A PNG of rows without filter, in stored deflate blocks; the rows are those that the header's interlacing wants.
    static func png(
        width: Int, height: Int, depth: UInt8, kind: UInt8, rows: [[UInt8]], extra: [UInt8] = [],
        interlaced: Bool = false
    ) -> [UInt8] {
        let head = four(width) + four(height) + [depth, kind, 0, 0, interlaced ? 1 : 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head) + extra
            + chunk("IDAT", stored(rows.flatMap { [0] + $0 })) + chunk("IEND", [])
    }

    static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return four(data.count) + body + four(Int(CRC32.checksum(of: body)))
    }

    /// A JPEG with an EXIF segment after its first marker.
    static func turned(_ jpeg: [UInt8], _ orientation: UInt8, isBigEndian: Bool) -> [UInt8] {
        func word(_ value: UInt16) -> [UInt8] {
            isBigEndian ? [UInt8(value >> 8), UInt8(value & 255)] : [UInt8(value & 255), UInt8(value >> 8)]
        }
        func long(_ value: UInt8) -> [UInt8] { isBigEndian ? [0, 0, 0, value] : [value, 0, 0, 0] }
        // Two entries: the width first, so that the right one is looked for.
        let tiff =
            Array((isBigEndian ? "MM" : "II").utf8) + word(42) + long(8) + word(2) + word(0x100) + word(4) + long(1)
            + long(9)
            + word(0x112) + word(3) + long(1) + word(UInt16(orientation)) + [0, 0] + long(0)
        let data = Array("Exif".utf8) + [0, 0] + tiff
        return Array(jpeg[..<2]) + [0xFF, 0xE1, 0, UInt8(data.count + 2)] + data + jpeg[2...]
    }

    private static func four(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// A zlib stream of one stored block.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 65_536, "one block is enough for a small picture")
        var (low, high) = (1, 0)
        for byte in bytes {
            low = (low + Int(byte)) % 65_521
            high = (high + low) % 65_521
        }
        let (first, second) = (UInt8(bytes.count & 255), UInt8(bytes.count >> 8))
        return [0x78, 1, 1, first, second, ~first, ~second] + bytes + four(high << 16 | low)
    }
}
