import CZlib

/// Unpacks deflate data piece by piece.
package final class Inflater {
    /// How the deflate data is wrapped.
    package enum Format: Sendable, Equatable, CustomStringConvertible {
        /// With header and CRC; several members in a row count as one, zeros after the last are padding.
        case gzip
        /// With header and Adler sum, as in PNG.
        case zlib
        /// Bare, as in zip and npz.
        case deflate

        /// The name that errors show.
        package var description: String {
            switch self {
            case .gzip: "gzip"
            case .zlib: "zlib"
            case .deflate: "deflate"
            }
        }

        /// What zlib's `inflateInit2` calls window bits.
        fileprivate var windowBits: Int32 {
            switch self {
            case .gzip: MAX_WBITS + 16
            case .zlib: MAX_WBITS
            case .deflate: -MAX_WBITS
            }
        }
    }

    private let format: Format
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var position = 0
    private var state = State.inside
    private var piece = [UInt8](repeating: 0, count: 1 << 18)
    /// Whether zlib filled its last piece to the brim and so may hold more.
    private var outputIsPending = false

    private enum State {
        /// In the data of a member.
        case inside
        /// After a member: another one, zeros or nothing may follow.
        case between
        /// In zeros after the last member.
        case padding
    }

    init(_ format: Format) {
        self.format = format
        // zlib keeps a pointer back to the stream, which must not move.
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "zlib cannot start: memory is out, or its header and library differ")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks data that is wholly in memory; the caller adds the path to the problem.
    /// - Parameter limit: the most bytes to return; data that unpacks to more is a problem.
    package static func inflate(
        _ bytes: some Collection<UInt8>, format: Format, limit: Int = FileBytes.defaultLimit
    ) throws(FileError.Problem) -> [UInt8] {
        let inflater = Inflater(format)
        var output: [UInt8] = []
        inflater.feed(bytes)
        while !inflater.needsInput {
            try inflater.step(into: &output)
            guard output.count <= limit else { throw .tooLarge(limit: limit) }
        }
        guard inflater.mayEnd else { throw .truncated(format) }
        return output
    }

    /// Whether `step` can do nothing before the next `feed`.
    var needsInput: Bool { position >= input.count && !outputIsPending }

    /// Whether the data is complete if no more input comes.
    var mayEnd: Bool { state != .inside }

    /// Takes the next bytes; those before must be used up.
    func feed(_ bytes: some Collection<UInt8>) {
        precondition(needsInput, "feed an inflater only when it needs input")
        input = Array(bytes)
        position = 0
    }

    /// Reads on in the input and appends what comes out: 256 KiB at most, perhaps nothing.
    func step(into output: inout [UInt8]) throws(FileError.Problem) {
        switch state {
        case .between: try startMember()
        case .padding: try skipPadding()
        case .inside: try inflateMember(into: &output)
        }
    }

    private func startMember() throws(FileError.Problem) {
        switch (format, input[position]) {
        case (.gzip, 0x1F):
            inflateReset(stream)
            state = .inside
        case (.gzip, 0):
            state = .padding
        default:
            throw .corrupt(format, detail: "other bytes follow its end")
        }
    }

    private func skipPadding() throws(FileError.Problem) {
        guard input[position...].allSatisfy({ $0 == 0 }) else {
            throw .corrupt(format, detail: "other bytes follow its end")
        }
        position = input.count
    }

    private func inflateMember(into output: inout [UInt8]) throws(FileError.Problem) {
        // avail_in has 32 bits.
        let offered = min(input.count - position, 1 << 30)
        let code = input.withUnsafeMutableBufferPointer { source in
            piece.withUnsafeMutableBufferPointer { target in
                stream.pointee.next_in = source.baseAddress.map { $0 + position }
                stream.pointee.avail_in = UInt32(offered)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(target.count)
                return CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
        position += offered - Int(stream.pointee.avail_in)
        output += piece[..<(piece.count - Int(stream.pointee.avail_out))]
        outputIsPending = code == Z_OK && stream.pointee.avail_out == 0
        switch code {
        case Z_OK: break
        // No progress was possible without more input: a full last piece that held everything.
        case Z_BUF_ERROR: break
        case Z_STREAM_END: state = .between
        default:
            throw .corrupt(format, detail: stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(code)")
        }
    }
}
