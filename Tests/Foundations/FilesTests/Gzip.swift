import CZlib

/// Packs bytes with zlib itself.
func packed(_ bytes: [UInt8], windowBits: Int32 = MAX_WBITS + 16, level: Int32 = 6) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
        &stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let size = output.count
    return input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(size)
            precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib could not pack")
            return Array(target[..<(size - Int(stream.avail_out))])
        }
    }
}

/// Bytes that do not pack to nothing: a linear congruential generator's upper bits, four of each byte.
func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56) & 0x3C
    }
}
