import Files

/// Examples of equal length that stay on the disk and are read by position, from any thread.
package final class FileRecords: Sendable {
    /// One of the files the examples lie in, one after the other.
    package struct Part: Sendable {
        /// The file, open as long as the records are.
        package let file: RandomAccessFile
        /// Where the numbers of its first example begin, in bytes.
        package let offset: Int
        /// How many examples it holds.
        package let count: Int

        package init(file: RandomAccessFile, offset: Int, count: Int) {
            self.file = file
            self.offset = offset
            self.count = count
        }
    }

    private let parts: [Part]
    /// Number of the first example of each part.
    private let firsts: [Int]
    /// Bytes from one example to the next.
    private let stride: Int
    /// Numbers of one example.
    private let length: Int
    private let format: NumberFormat
    /// How many examples all parts hold together.
    package let count: Int

    /// Records of one length and format.
    /// - Parameters:
    ///   - stride: bytes from one example to the next.
    ///   - length: numbers of one example.
    package init(_ parts: [Part], stride: Int, length: Int, format: NumberFormat) {
        self.parts = parts
        self.stride = stride
        self.length = length
        self.format = format
        var first = 0
        firsts = parts.map { part in
            defer { first += part.count }
            return first
        }
        count = first
    }

    /// Bytes of memory that reading takes.
    var scratchBytes: Int { length * format.size }

    /// Reads one example's numbers. `scratch` takes at least `scratchBytes`.
    func read(
        _ example: Int, into target: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer
    ) throws(FileError) {
        precondition(example >= 0 && example < count, "there is no example \(example)")
        var index = parts.count - 1
        while firsts[index] > example { index -= 1 }
        let part = parts[index]
        let bytes = UnsafeMutableRawBufferPointer(start: scratch, count: scratchBytes)
        try part.file.read(bytes, at: part.offset + (example - firsts[index]) * stride)
        format.decode(scratch, count: length, into: target)
    }
}
