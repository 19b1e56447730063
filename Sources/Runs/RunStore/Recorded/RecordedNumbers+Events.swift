import Files

/// TFRecord frames of tensorflow.Event messages, as `EventFileWriter` and TensorBoard's own writers make them.
extension RecordedNumbers {
    mutating func readEvents(_ bytes: [UInt8], path: String) throws(FileError) {
        var tags: [[UInt8]: RecordedNumber?] = [:]
        var began: Double?
        var place = 0
        // Length (8 bytes) and its checksum (4), the data and its checksum (4).
        while place + 12 <= bytes.count {
            let length = bytes.littleEndian(at: place, count: 8)
            let sum = bytes[place..<place + 8].withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }
            guard UInt64(sum) == bytes.littleEndian(at: place + 8, count: 4) else {
                throw FileError(
                    path: path, .malformed("no event file, or a damaged one: no record begins at byte \(place)"))
            }
            guard length <= UInt64(bytes.count - place - 12), place + 16 + Int(length) <= bytes.count else { return }
            let data = place + 12..<place + 12 + Int(length)
            readEvent(ProtobufReader(bytes, data), tags: &tags, began: &began)
            place = data.upperBound + 4
        }
    }

    /// Event { wall_time = 1, step = 2, summary = 5 }
    private mutating func readEvent(
        _ message: ProtobufReader, tags: inout [[UInt8]: RecordedNumber?], began: inout Double?
    ) {
        var message = message
        var time = 0.0
        var step = 0
        var summaries: [ProtobufReader] = []
        while let field = message.next() {
            switch (field.number, field.value) {
            case (1, .fixed64(let bits)): time = Double(bitPattern: bits)
            case (2, .varint(let value)): step = Int(truncatingIfNeeded: value)
            case (5, .bytes(let summary)): summaries.append(summary)
            default: break
            }
        }
        if began == nil { began = time }
        // Charts count steps in doubles.
        guard step >= 0, step < 1 << 53 else { return }
        for summary in summaries { readSummary(summary, step: step, seconds: time - (began ?? time), tags: &tags) }
    }

    /// Summary { value = 1 { tag = 1, simple_value = 2 } }
    private mutating func readSummary(
        _ message: ProtobufReader, step: Int, seconds: Double, tags: inout [[UInt8]: RecordedNumber?]
    ) {
        var message = message
        while let field = message.next() {
            guard field.number == 1, case .bytes(var value) = field.value else { continue }
            var tag: [UInt8] = []
            var number: Float?
            while let part = value.next() {
                switch (part.number, part.value) {
                case (1, .bytes(let text)): tag = text.content
                case (2, .fixed32(let bits)): number = Float(bitPattern: bits)
                default: break
                }
            }
            guard let number else { continue }
            let known = tags[tag] ?? RecordedNumber(tag: String(decoding: tag, as: UTF8.self))
            tags[tag] = known
            if let known { take(known, Double(number), step: step, seconds: seconds) }
        }
    }
}
