import Machine

/// Whole files as bytes; gzip is recognised by its first two bytes, not by the name, and unpacked.
package enum FileBytes {
    /// 4 GiB: the largest content that is read when nothing else is said.
    package static let defaultLimit = 4 << 30

    /// Files of so many bytes take a moment.
    private static let large = 1 << 20

    /// Reads all of a plain or gzip file (one member or several).
    ///
    /// Folders, devices, pipes and sockets are refused without waiting for them.
    /// - Parameter limit: the most bytes to return; a file with more is an error, so a small bomb stays small.
    package static func read(_ path: String, limit: Int = defaultLimit) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var reader = try GzipReader(path)
        let hint = min(reader.sizeHint, limit)
        if hint >= large { MemoryReserve.own.demand(hint, for: "reading \(path)") }
        bytes.reserveCapacity(hint)
        let progress = WorkProgress.current
        if hint >= large || reader.isCompressed { progress?.begin("reading \(path)") }
        while try reader.append(to: &bytes) != nil {
            if hint >= large { progress?.advance(to: Double(bytes.count) / Double(hint)) }
            guard bytes.count <= limit else { throw FileError(path: path, .tooLarge(limit: limit)) }
        }
        return bytes
    }

    /// Reads the first bytes of a plain or gzip file: `count` of them, or fewer where it has fewer.
    package static func prefix(_ count: Int, of path: String) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var reader = try GzipReader(path)
        while bytes.count < count, try reader.append(to: &bytes) != nil {}
        return Array(bytes.prefix(count))
    }
}
