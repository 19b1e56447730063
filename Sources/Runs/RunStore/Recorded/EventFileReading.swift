import Files
import Machine

/// The event files of a run as far as they were read, to go on with when they have grown.
struct EventFileReading {
    /// What they hold.
    private(set) var events: EventFiles
    private var files: [ReadFile] = []

    /// A file, and how far it was read.
    private struct ReadFile {
        var path: String
        var identity: [UInt64]
        /// Bytes of whole records; nil where no more can come: it is compressed, or a record is damaged.
        var end: Int?
    }

    /// Bytes that are read at once: what a block takes is all that there is beside the numbers.
    private static let block = 4 << 20

    /// Nothing is read yet.
    init(readsHistograms: Bool) { events = EventFiles(readsHistograms: readsHistograms) }

    /// Whether these files are those that were read, of which the last may have more by now.
    func goesOn(with paths: [String]) -> Bool {
        let known = files.map(\.path)
        return !known.isEmpty && paths.starts(with: known)
            && files.allSatisfy { file in
                guard let end = file.end, let status = FileStatus(file.path) else { return false }
                return file.identity == Self.identity(status) && status.size >= end
            }
    }

    /// Reads what is new in the files, the oldest first.
    mutating func read(_ paths: [String]) throws(FileError) {
        for (place, path) in paths.enumerated() {
            if place < files.count {
                files[place].end = try read(path, from: files[place].end ?? 0)
            } else {
                let identity = FileStatus(path).map(Self.identity) ?? []
                files.append(ReadFile(path: path, identity: identity, end: try read(path, from: 0)))
            }
        }
    }

    private static func identity(_ status: FileStatus) -> [UInt64] { [status.device, status.inode] }

    /// Reads a file from a record on.
    /// - Returns: where its whole records end; nil where no more can come.
    private mutating func read(_ path: String, from start: Int) throws(FileError) -> Int? {
        let isCompressed = start == 0 ? try GzipReader(path).isCompressed : false
        return isCompressed ? try readCompressed(path) : try readPlain(path, from: start)
    }

    private mutating func readPlain(_ path: String, from start: Int) throws(FileError) -> Int? {
        let file = try RandomAccessFile(path)
        let progress = WorkProgress.current
        if file.size - start > Self.block { progress?.begin("reading \(path)") }
        var bytes: [UInt8] = []
        var (begin, end) = (start, start)
        while end < file.size {
            let count = min(Self.block, file.size - end)
            let known = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: count))
            let failure = bytes.withUnsafeMutableBytes { target -> FileError? in
                do throws(FileError) {
                    try file.read(UnsafeMutableRawBufferPointer(rebasing: target[known...]), at: end)
                    return nil
                } catch { return error }
            }
            if let failure { throw failure }
            end += count
            guard let used = try events.take(bytes, path: path, from: begin, size: file.size) else { return nil }
            bytes.removeFirst(used)
            begin += used
            progress?.advance(to: Double(end) / Double(file.size))
        }
        return begin
    }

    private mutating func readCompressed(_ path: String) throws(FileError) -> Int? {
        var reader = try GzipReader(path)
        var bytes: [UInt8] = []
        var begin = 0
        while try reader.append(to: &bytes) != nil {
            guard bytes.count >= Self.block else { continue }
            guard let used = try events.take(bytes, path: path, from: begin, size: begin + bytes.count) else {
                return nil
            }
            bytes.removeFirst(used)
            begin += used
        }
        _ = try events.take(bytes, path: path, from: begin, size: begin + bytes.count)
        return nil
    }
}
