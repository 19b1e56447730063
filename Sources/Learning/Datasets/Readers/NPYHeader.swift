import Files

/// What the header of a NumPy array file says (NumPy's `numpy.lib.format`, versions 1 to 3).
struct NPYHeader {
    let format: NumberFormat
    let isFortranOrder: Bool
    let extents: [Int]
    /// Where the numbers begin, in bytes.
    let length: Int

    /// How many numbers there are; the reader has made sure that it is no more than fits.
    var count: Int { extents.reduce(1, *) }

    /// Longest header that is read; NumPy's own readers stop at 10,000.
    static let longest = 65_536

    /// Reads the header from the first bytes of a file.
    init(_ bytes: ArraySlice<UInt8>, _ place: String) throws(DatasetError) {
        let bytes = Array(bytes.prefix(12 + Self.longest))
        guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw DatasetError(
                place,
                FileKind.mistake(bytes, due: "an NPY file", own: [.npy])
                    ?? "no NPY file: it does not begin with \\x93NUMPY; write it with numpy.save")
        }
        guard (1...3).contains(bytes[6]) else {
            throw DatasetError(place, "NPY version \(bytes[6]).\(bytes[7]); only 1.0, 2.0 and 3.0 are read")
        }
        let start = bytes[6] == 1 ? 10 : 12
        guard bytes.count >= start else { throw DatasetError(place, "ends in the middle of its header") }
        let size = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size <= Self.longest else {
            throw DatasetError(place, "its header of \(size) bytes is longer than \(Self.longest)")
        }
        guard bytes.count >= start + size else {
            throw DatasetError(place, "ends at byte \(bytes.count), in the middle of its header of \(size) bytes")
        }
        length = start + size
        var parser = NPYHeaderParser(Array(bytes[start..<start + size]), offset: start, place: place)
        let entries = try parser.entries()
        guard let descr = entries.descr, let order = entries.isFortranOrder, let extents = entries.extents else {
            throw DatasetError(place, "its header lacks descr, fortran_order or shape; write it with numpy.save")
        }
        format = try Self.format(descr, place)
        isFortranOrder = order
        self.extents = extents
        var product = 1
        for extent in extents {
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            guard !overflow, next <= 1 << 48 else {
                throw DatasetError(place, "its shape (\(Self.words(extents))) holds more numbers than any file")
            }
            product = next
        }
    }

    static func words(_ extents: [Int]) -> String { extents.map(String.init).joined(separator: ", ") }

    private static let kinds: [String: NumberFormat.Kind] = [
        "f2": .float16, "f4": .float32, "f8": .float64, "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64,
        "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64, "b1": .bool,
    ]

    /// What to do with an array of something else than numbers.
    private static func advice(for kind: Substring) -> String? {
        switch kind.first {
        case "U", "S", "a":
            "holds words, and numbers are due; numpy.unique(array, return_inverse=True)[1] makes classes of them"
        case "O":
            "holds Python objects, which are pickled; array.astype(\"float32\") makes numbers of them where they are numbers"
        case "c": "holds complex numbers; numpy.stack([array.real, array.imag], 1) makes two real ones of each"
        case "M", "m": "holds times; array.astype(\"int64\") counts them"
        case "V": "holds records of several fields; numpy.stack of the fields makes one array"
        default: nil
        }
    }

    private static func format(_ descr: String, _ place: String) throws(DatasetError) -> NumberFormat {
        let order = descr.first.map(String.init) ?? ""
        guard let kind = kinds[String(descr.dropFirst())], "<>|=".contains(order) else {
            if let advice = advice(for: descr.dropFirst()) { throw DatasetError(place, advice) }
            throw DatasetError(
                place,
                "holds numbers of type '\(descr.prefix(40))'; f2, f4, f8, u1, u2, u4, u8, i1, i2, i4, i8 and b1 are "
                    + "read (array.astype(\"float32\") changes them)")
        }
        return NumberFormat(kind, isBigEndian: order == ">")
    }
}
