/// How numbers lie in a file's bytes.
package struct NumberFormat: Hashable, Sendable {
    /// The type of a number.
    package enum Kind: Hashable, Sendable {
        case float16, float32, float64
        case uint8, uint16, uint32, uint64
        case int8, int16, int32, int64
        /// One byte, 0 for false.
        case bool
        /// One byte, 0...255, which counts as a fraction of 255.
        case pixel
    }

    /// The type that each number has in the file.
    package var kind: Kind
    /// Whether a number's most significant byte comes first; single bytes don't mind.
    package var isBigEndian: Bool

    /// Numbers of a type, in the order of bytes that Intel's and ARM's processors have unless said.
    package init(_ kind: Kind, isBigEndian: Bool = false) {
        self.kind = kind
        self.isBigEndian = isBigEndian
    }

    /// Bytes of one number.
    package var size: Int {
        switch kind {
        case .uint8, .int8, .bool, .pixel: 1
        case .float16, .uint16, .int16: 2
        case .float32, .uint32, .int32: 4
        case .float64, .uint64, .int64: 8
        }
    }

    /// Whether numbers are whole, so that they can be classes.
    package var isWhole: Bool {
        switch kind {
        case .float16, .float32, .float64, .pixel: false
        default: true
        }
    }

    /// Reads `count` numbers into single precision, each rounded to the nearest.
    func decode(_ bytes: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
        switch kind {
        case .pixel:
            // Divided, not multiplied by 1/255, so that each of the 256 values is the nearest to its fraction.
            for index in 0..<count {
                target[index] = Float(bytes.load(fromByteOffset: index, as: UInt8.self)) / 255
            }
        case .float16: words(bytes, count, UInt16.self) { target[$0] = Float(Float16(bitPattern: $1)) }
        case .float32: words(bytes, count, UInt32.self) { target[$0] = Float(bitPattern: $1) }
        case .float64: words(bytes, count, UInt64.self) { target[$0] = Float(Double(bitPattern: $1)) }
        case .uint8: words(bytes, count, UInt8.self) { target[$0] = Float($1) }
        case .uint16: words(bytes, count, UInt16.self) { target[$0] = Float($1) }
        case .uint32: words(bytes, count, UInt32.self) { target[$0] = Float($1) }
        case .uint64: words(bytes, count, UInt64.self) { target[$0] = Float($1) }
        case .int8: words(bytes, count, Int8.self) { target[$0] = Float($1) }
        case .int16: words(bytes, count, Int16.self) { target[$0] = Float($1) }
        case .int32: words(bytes, count, Int32.self) { target[$0] = Float($1) }
        case .int64: words(bytes, count, Int64.self) { target[$0] = Float($1) }
        case .bool: words(bytes, count, UInt8.self) { target[$0] = $1 == 0 ? 0 : 1 }
        }
    }

    /// Reads a whole number exactly; above 2^63 - 1 the largest there is.
    func decodeWhole(_ bytes: UnsafeRawPointer) -> Int {
        var whole = 0
        switch kind {
        case .uint8: words(bytes, 1, UInt8.self) { whole = Int($1) }
        case .uint16: words(bytes, 1, UInt16.self) { whole = Int($1) }
        case .uint32: words(bytes, 1, UInt32.self) { whole = Int($1) }
        case .uint64: words(bytes, 1, UInt64.self) { whole = Int(clamping: $1) }
        case .int8: words(bytes, 1, Int8.self) { whole = Int($1) }
        case .int16: words(bytes, 1, Int16.self) { whole = Int($1) }
        case .int32: words(bytes, 1, Int32.self) { whole = Int($1) }
        case .int64: words(bytes, 1, Int64.self) { whole = Int($1) }
        case .bool: words(bytes, 1, UInt8.self) { whole = $1 == 0 ? 0 : 1 }
        case .float16, .float32, .float64, .pixel: preconditionFailure("\(kind) are no whole numbers")
        }
        return whole
    }

    @inline(__always)
    private func words<Word: FixedWidthInteger>(
        _ bytes: UnsafeRawPointer, _ count: Int, _ type: Word.Type, _ body: (Int, Word) -> Void
    ) {
        let width = MemoryLayout<Word>.size
        if isBigEndian {
            for index in 0..<count {
                body(index, Word(bigEndian: bytes.loadUnaligned(fromByteOffset: index * width, as: type)))
            }
        } else {
            for index in 0..<count {
                body(index, Word(littleEndian: bytes.loadUnaligned(fromByteOffset: index * width, as: type)))
            }
        }
    }
}
