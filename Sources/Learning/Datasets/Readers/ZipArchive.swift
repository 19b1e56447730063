import Files

/// A zip file of stored and deflated members (PKWARE's APPNOTE 6.3, with its 64-bit sizes), as NumPy writes it.
struct ZipArchive {
    let path: String
    private let file: RandomAccessFile
    private var members: [Member] = []

    private struct Member {
        let name: String
        let method: Int
        let isEncrypted: Bool
        let checksum: UInt32
        let packedSize: Int
        let size: Int
        let offset: Int
    }

    init(_ path: String) throws(DatasetError) {
        self.path = path
        do throws(FileError) {
            file = try RandomAccessFile(path)
        } catch { throw DatasetError(error) }
        try readDirectory()
    }

    /// Unpacks a member and checks its sum; its size is believed only as far as its packed size warrants.
    func read(_ name: String, limit: Int) throws(DatasetError) -> [UInt8] {
        guard let member = members.first(where: { $0.name == name }) else {
            let names = members.prefix(12).map { "\($0.name)" }.joined(separator: ", ")
            throw DatasetError(
                path,
                "has no member \(name); it holds \(names.isEmpty ? "none" : names)\(members.count > 12 ? ", ..." : "")")
        }
        let place = "\(path): \(name)"
        guard !member.isEncrypted else { throw DatasetError(place, "is encrypted; only open archives are read") }
        guard member.method == 0 || member.method == 8 else {
            throw DatasetError(
                place, "is packed by method \(member.method); numpy.savez and savez_compressed (0 and 8) are read")
        }
        guard member.size <= limit else {
            throw DatasetError(
                place,
                "unpacks to \(MemoryLimit.size(member.size)), more than data.memoryLimit allows; raise "
                    + "data.memoryLimit (in bytes), or use npy files, which are read batch by batch")
        }
        // Deflate packs at best 1,032 to 1.
        guard member.method == 0 ? member.size == member.packedSize : member.size / 1040 <= member.packedSize else {
            throw DatasetError(
                place, "\(member.packedSize) packed bytes cannot be \(member.size) bytes; the archive is damaged")
        }
        let packed = try slice(start(of: member), member.packedSize, place)
        let bytes = member.method == 0 ? packed : try inflate(packed, member, place)
        guard bytes.count == member.size, CRC32.checksum(of: bytes) == member.checksum else {
            throw DatasetError(place, "does not match its check sum; copy or write the archive again")
        }
        return bytes
    }

    private func inflate(_ packed: [UInt8], _ member: Member, _ place: String) throws(DatasetError) -> [UInt8] {
        do throws(FileError.Problem) {
            return try Inflater.inflate(packed, format: .deflate, limit: member.size)
        } catch {
            throw DatasetError(place, error.description)
        }
    }

    /// Where a member's data begin: its own header may be longer than the directory says.
    private func start(of member: Member) throws(DatasetError) -> Int {
        let header = try slice(member.offset, 30, path)
        guard header.starts(with: [0x50, 0x4B, 3, 4]) else {
            throw damaged("no member begins at byte \(member.offset)")
        }
        return member.offset + 30 + header.number(26, 2) + header.number(28, 2)
    }

    private mutating func readDirectory() throws(DatasetError) {
        // The end record has 22 bytes and a comment of at most 65,535 after it.
        let tailStart = max(0, file.size - 22 - 65_535)
        let tail = try slice(tailStart, file.size - tailStart, path)
        guard let end = tail.indices.dropLast(21).last(where: { tail[$0...].starts(with: [0x50, 0x4B, 5, 6]) }) else {
            let head = try slice(0, min(file.size, FileKind.prefixLength), path)
            throw DatasetError(
                path,
                FileKind.mistake(head, due: "an archive of numpy.savez", own: [.empty, .zip, .npz])
                    ?? "no zip archive: it has no directory at its end; write it with numpy.savez")
        }
        var (count, size, offset) = (tail.number(end + 10, 2), tail.number(end + 12, 4), tail.number(end + 16, 4))
        if end >= 20, tail[(end - 20)...].starts(with: [0x50, 0x4B, 6, 7]) {
            let record = try slice(tail.number(end - 20 + 8, 8), 56, path)
            guard record.starts(with: [0x50, 0x4B, 6, 6]) else { throw damaged("its 64-bit directory is not there") }
            (count, size, offset) = (record.number(32, 8), record.number(40, 8), record.number(48, 8))
        }
        guard count <= 65_536, size <= 64 << 20 else { throw damaged("its directory of \(count) members is too long") }
        let directory = try slice(offset, size, path)
        var position = 0
        for _ in 0..<count { members.append(try member(directory, &position)) }
    }

    private func member(_ directory: [UInt8], _ position: inout Int) throws(DatasetError) -> Member {
        let start = position
        guard start + 46 <= directory.count, directory[start...].starts(with: [0x50, 0x4B, 1, 2]) else {
            throw damaged("its directory ends too early")
        }
        let nameLength = directory.number(start + 28, 2)
        let extraLength = directory.number(start + 30, 2)
        let nameEnd = start + 46 + nameLength
        position = nameEnd + extraLength + directory.number(start + 32, 2)
        guard position <= directory.count else { throw damaged("its directory ends too early") }
        var sizes = [
            directory.number(start + 24, 4), directory.number(start + 20, 4), directory.number(start + 42, 4),
        ]
        // What does not fit into 32 bits stands in the extra field 1, in this order.
        var place = nameEnd
        while place + 4 <= nameEnd + extraLength {
            let (kind, length) = (directory.number(place, 2), directory.number(place + 2, 2))
            guard place + 4 + length <= nameEnd + extraLength else { break }
            if kind == 1 {
                var value = place + 4
                for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && value + 8 <= place + 4 + length {
                    sizes[index] = directory.number(value, 8)
                    value += 8
                }
            }
            place += 4 + length
        }
        return Member(
            name: String(decoding: directory[(start + 46)..<nameEnd], as: UTF8.self),
            method: directory.number(start + 10, 2), isEncrypted: directory.number(start + 8, 2) & 1 == 1,
            checksum: UInt32(truncatingIfNeeded: directory.number(start + 16, 4)), packedSize: sizes[1],
            size: sizes[0], offset: sizes[2])
    }

    private func slice(_ offset: Int, _ count: Int, _ place: String) throws(DatasetError) -> [UInt8] {
        guard offset >= 0, count >= 0, count <= file.size, offset <= file.size - count else {
            throw DatasetError(
                place,
                "the archive is damaged: \(count) bytes from \(offset) on are due, and it has \(file.size); "
                    + "copy or write it again")
        }
        return try file.bytes(offset..<offset + count)
    }

    private func damaged(_ what: String) -> DatasetError {
        DatasetError(path, "the archive is damaged: \(what); copy or write it again")
    }
}

extension [UInt8] {
    /// A little-endian number of some bytes; above 2^63 - 1 the largest there is.
    fileprivate func number(_ start: Int, _ length: Int) -> Int {
        Int(clamping: self[start..<start + length].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
