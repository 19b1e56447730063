/// Fingerprints of data, as the hexadecimal text that `sha256sum` prints.
package enum Digest {
    /// SHA-256 of the bytes: 64 lower-case hexadecimal digits.
    package static func sha256(of bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { sha256(of: $0) }
    }

    /// SHA-256 of the bytes: 64 lower-case hexadecimal digits.
    package static func sha256(of bytes: UnsafeRawBufferPointer) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hexadecimal(hash.finalized())
    }

    /// SHA-256 of a regular file as it lies on the disk, compressed or not, without holding it in memory.
    package static func sha256(ofFile path: String) throws(FileError) -> String {
        let file = try OpenFile.reading(path)
        var hash = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        // Long files alone: what takes no time is not worth a word.
        let progress = file.size > chunk.count ? WorkProgress.current : nil
        progress?.begin("checking \(path)", share: 0)
        var done = 0
        while true {
            let count = try file.read(into: &chunk)
            done += count
            progress?.advance(to: Double(done) / Double(file.size))
            chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            if count < chunk.count { return hexadecimal(hash.finalized()) }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
