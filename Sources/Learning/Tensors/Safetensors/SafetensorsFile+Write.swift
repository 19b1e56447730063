import Files
import Settings

extension SafetensorsFile {
    /// Writes tensors in this order, beside the place and then renamed into it.
    ///
    /// Integers' bytes come before those of floats, so that everything is aligned, as the reference implementation has it.
    package static func write(
        _ tensors: [SafetensorsTensor], metadata: [Metadatum] = [], to path: String
    ) throws(FileError) {
        try AtomicFile.write(to: path) { writer throws(FileError) in
            try writer.append(header(tensors, metadata))
            for tensor in inOrderOfBytes(tensors) {
                try tensor.withBytes { bytes throws(FileError) in try writer.append(bytes) }
            }
        }
    }

    /// The bytes that `write` puts into a file. O(bytes).
    package static func bytes(_ tensors: [SafetensorsTensor], metadata: [Metadatum] = []) -> [UInt8] {
        var bytes = header(tensors, metadata)
        bytes.reserveCapacity(bytes.count + tensors.reduce(0) { $0 + $1.byteCount })
        for tensor in inOrderOfBytes(tensors) { tensor.withBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    private static func inOrderOfBytes(_ tensors: [SafetensorsTensor]) -> [SafetensorsTensor] {
        tensors.filter(\.type.isInteger) + tensors.filter { !$0.type.isInteger }
    }

    /// Length and JSON, filled up with blanks to a multiple of 8.
    private static func header(_ tensors: [SafetensorsTensor], _ metadata: [Metadatum]) -> [UInt8] {
        var names = Set(["__metadata__"])
        for tensor in tensors { precondition(names.insert(tensor.name).inserted, "\(tensor.name) is there twice") }
        let integerBytes = tensors.filter(\.type.isInteger).reduce(0) { $0 + $1.byteCount }
        var (nextInteger, nextFloat) = (0, integerBytes)
        var members: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.map { "\(quoted($0.key)):\(quoted($0.value))" }
            members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
        }
        for tensor in tensors {
            let begin = tensor.type.isInteger ? nextInteger : nextFloat
            let end = begin + tensor.byteCount
            if tensor.type.isInteger { nextInteger = end } else { nextFloat = end }
            let extents = tensor.shape.extents.map(String.init).joined(separator: ",")
            members.append(
                "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(extents)],"
                    + "\"data_offsets\":[\(begin),\(end)]}")
        }
        var json = Array("{\(members.joined(separator: ","))}".utf8)
        json += repeatElement(0x20, count: (8 - json.count % 8) % 8)
        return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
    }

    private static func quoted(_ text: String) -> String { JSON.string(text).compact }
}

extension SafetensorsTensor {
    fileprivate var type: SafetensorsType {
        switch values {
        case .floats: .float32
        case .integers: .int64
        }
    }

    fileprivate var byteCount: Int { shape.count * type.width }

    /// The numbers as the file has them; without a copy where the machine has them so too.
    fileprivate func withBytes<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let result: Result<Void, Failure>
        switch values {
        case .floats(let floats):
            #if _endian(little)
                result = Self.result(floats, body)
            #else
                result = Self.result(floats.map { $0.bitPattern.littleEndian }, body)
            #endif
        case .integers(let integers): result = Self.result(integers.map { $0.littleEndian }, body)
        }
        try result.get()
    }

    private static func result<Number: BitwiseCopyable, Failure: Error>(
        _ numbers: [Number], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) -> Result<Void, Failure> {
        numbers.withUnsafeBytes { bytes in Result { () throws(Failure) in try body(bytes) } }
    }
}

extension SafetensorsType {
    fileprivate var isInteger: Bool { self == .int64 }
}
