/// A plain or gzip file, piece by piece; what comes out is always the plain content.
package struct GzipReader: ~Copyable {
    private let file: OpenFile
    /// Nil for a plain file.
    private let inflater: Inflater?
    private var chunk: [UInt8]
    /// How many bytes of `chunk` are filled and not handed on; 0 at the end of the file.
    private var pending: Int

    /// Opens a regular file and looks whether it begins with gzip's 1f 8b.
    package init(_ path: String) throws(FileError) {
        let file = try OpenFile.reading(path)
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        pending = try file.read(into: &chunk)
        inflater = pending >= 2 && chunk[0] == 0x1F && chunk[1] == 0x8B ? Inflater(.gzip) : nil
        self.chunk = chunk
        self.file = file
    }

    /// Whether the file is compressed.
    package var isCompressed: Bool { inflater != nil }

    /// The size of a plain file; 0 for a compressed one, which does not say it reliably.
    var sizeHint: Int { isCompressed ? 0 : file.size }

    /// Appends the next piece of content, 256 KiB at most, and returns its size; nil at the end.
    ///
    /// Gzip data that ends early or is damaged is an error.
    package mutating func append(to bytes: inout [UInt8]) throws(FileError) -> Int? {
        let before = bytes.count
        while bytes.count == before {
            if inflater?.needsInput ?? true {
                guard pending > 0 else {
                    guard inflater?.mayEnd ?? true else { throw FileError(path: file.path, .truncated(.gzip)) }
                    return nil
                }
                if let inflater { inflater.feed(chunk[..<pending]) } else { bytes += chunk[..<pending] }
                pending = try file.read(into: &chunk)
            }
            do throws(FileError.Problem) {
                try inflater?.step(into: &bytes)
            } catch {
                throw FileError(path: file.path, error)
            }
        }
        return bytes.count - before
    }
}
