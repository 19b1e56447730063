import Files
import Runs
import Tensors

/// The whole state of a run at one moment, with memory of its own: what a checkpoint's file holds.
package struct CopiedState: Sendable {
    /// So many updates were finished.
    package let position: Position
    /// Checkpoints that were taken of the run before it.
    package let number: Int
    /// Of the network, the best evaluation, the optimizer and the sound snapshot.
    let tensors: [SafetensorsTensor]
    /// All else, as JSON.
    let record: String
    /// Bytes of memory that it takes, about.
    var byteCount: Int { tensors.reduce(record.utf8.count) { $0 + $1.values.byteCount } }

    /// What the record stands under in the metadata.
    static let recordKey = "training"
    private static let sumKey = "crc32"

    /// The file: safetensors, with a check sum of all of it in the metadata. O(bytes).
    /// - Parameter metadata: what else stands there.
    package func bytes(with metadata: [SafetensorsFile.Metadatum] = []) -> [UInt8] {
        var file = SafetensorsFile.bytes(
            tensors,
            metadata: [
                // First, so that its place is found at once; the sum is taken over zeros in it.
                .init(key: Self.sumKey, value: Self.noSum), .init(key: "step", value: "\(position.step)"),
                .init(key: Self.recordKey, value: record),
            ] + metadata)
        guard let place = Self.placeOfSum(in: file) else { preconditionFailure("the check sum has no place") }
        file.replaceSubrange(place, with: Self.digits(CRC32.checksum(of: file)).utf8)
        return file
    }

    /// Whether the bytes of a state are those that were written, by their check sum. O(bytes).
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard let place = placeOfSum(in: bytes) else { return false }
        let sum = String(decoding: bytes[place], as: UTF8.self)
        var bytes = bytes
        bytes.replaceSubrange(place, with: noSum.utf8)
        return digits(CRC32.checksum(of: bytes)) == sum
    }

    private static let noSum = "00000000"

    private static func placeOfSum(in bytes: [UInt8]) -> Range<Int>? {
        // 8 bytes of the header's length, and {"__metadata__":{ before it.
        let head = bytes.prefix(64)
        guard let key = head.firstRange(of: Array("\"\(sumKey)\":\"".utf8)) else { return nil }
        let place = key.upperBound..<key.upperBound + noSum.utf8.count
        return place.upperBound <= bytes.count ? place : nil
    }

    private static func digits(_ sum: UInt32) -> String {
        let text = String(sum, radix: 16)
        return String(repeating: "0", count: noSum.utf8.count - text.utf8.count) + text
    }
}
