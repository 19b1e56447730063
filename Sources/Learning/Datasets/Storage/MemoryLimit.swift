/// How much memory the numbers of a data set may take before it is read from the disk batch by batch.
package struct MemoryLimit: Hashable, Sendable {
    /// What all numbers of a set may take together, in bytes: 4 for each, whatever the file holds.
    package let bytes: Int

    package init(bytes: Int) { self.bytes = bytes }

    /// 256 MB (2^28 bytes).
    package static let standard = MemoryLimit(bytes: 256 << 20)

    /// Whether so many numbers fit.
    package func holds(_ numbers: Int) -> Bool { numbers <= bytes / 4 }

    /// Refuses what does not fit and cannot be read from the disk, for the reason given.
    func check(_ numbers: Int, of place: String, reason: String) throws(DatasetError) {
        guard !holds(numbers) else { return }
        let (needed, _) = numbers.multipliedReportingOverflow(by: 4)
        throw DatasetError(
            place,
            "takes \(Self.size(needed)) in memory, more than the \(Self.size(bytes)) of data.memoryLimit, and \(reason); "
                + "raise data.memoryLimit (in bytes), or use plain idx, cifar10 or npy files, which are read batch by batch"
        )
    }

    /// `312 MB`, `4,096 bytes` for small ones.
    package static func size(_ bytes: Int) -> String {
        bytes < 10 << 20 ? "\(bytes) bytes" : "\((bytes + (1 << 20) - 1) >> 20) MB"
    }
}
