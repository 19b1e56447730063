/// A tensorflow.TensorProto of one number, as TensorFlow 2, Keras and Flax write scalars.
struct TensorMessage {
    /// The number; nil for tensors of several, of none and of words.
    private(set) var scalar: Double?
    /// Left end, right end and count of each bin; nil for what is no histogram as TensorFlow 2 and Keras write them.
    private(set) var bins: [(left: Double, right: Double, count: Double)]?

    /// TensorProto { dtype = 1, tensor_shape = 2, tensor_content = 4, float_val = 5, double_val = 6, int_val = 7, int64_val = 10,
    /// bool_val = 11, half_val = 13, uint32_val = 16, uint64_val = 17 }
    init(_ message: ProtobufReader) {
        var message = message
        var type: UInt64 = 0
        var content: [UInt8] = []
        var shape: [UInt64] = []
        var values: [Double] = []
        while let field = message.next() {
            switch (field.number, field.value) {
            case (1, .varint(let code)): type = code
            case (2, .bytes(let bytes)): shape = Self.shape(bytes)
            case (4, .bytes(let bytes)): content = bytes.content
            case (5, .fixed32(let bits)): values.append(Double(Float(bitPattern: bits)))
            case (5, .bytes(let packed)):
                values += packed.content.words(4).map { Double(Float(bitPattern: UInt32($0))) }
            case (6, .fixed64(let bits)): values.append(Double(bitPattern: bits))
            case (6, .bytes(let packed)): values += packed.content.words(8).map { Double(bitPattern: $0) }
            case (7, .varint(let bits)), (10, .varint(let bits)): values.append(Double(Int64(bitPattern: bits)))
            case (11, .varint(let bits)), (16, .varint(let bits)), (17, .varint(let bits)): values.append(Double(bits))
            case (13, .varint(let bits)): values.append(Self.half(bits, type))
            case (7, .bytes(let packed)), (10, .bytes(let packed)):
                values += packed.varints.map { Double(Int64(bitPattern: $0)) }
            case (11, .bytes(let packed)), (16, .bytes(let packed)), (17, .bytes(let packed)):
                values += packed.varints.map { Double($0) }
            case (13, .bytes(let packed)): values += packed.varints.map { Self.half($0, type) }
            default: break
            }
        }
        if values.isEmpty, let width = Self.width(of: type), content.count == width {
            values = [Self.number(content.littleEndian(at: 0, count: width), type)]
        }
        scalar = values.count == 1 ? values[0] : nil
        guard shape.count == 2, shape[1] == 3, let width = Self.width(of: type), width >= 4 else { return }
        if values.isEmpty {
            values = content.words(width).map { Self.number($0, type) }
        }
        guard !values.isEmpty, shape[0] == values.count / 3, values.count % 3 == 0 else { return }
        bins = stride(from: 0, to: values.count, by: 3).map { (values[$0], values[$0 + 1], values[$0 + 2]) }
    }

    /// TensorShapeProto { dim = 2 { size = 1 } }
    private static func shape(_ message: ProtobufReader) -> [UInt64] {
        var message = message
        var sizes: [UInt64] = []
        while let field = message.next() {
            guard field.number == 2, case .bytes(var dimension) = field.value else { continue }
            var size: UInt64 = 0
            while let part = dimension.next() {
                if part.number == 1, case .varint(let value) = part.value { size = value }
            }
            sizes.append(size)
        }
        return sizes
    }

    /// Bytes of a number by its type (tensorflow.DataType).
    private static func width(of type: UInt64) -> Int? {
        switch type {
        case 4, 6, 10: 1
        case 5, 14, 17, 19: 2
        case 1, 3, 22: 4
        case 2, 9, 23: 8
        default: nil
        }
    }

    private static func number(_ bits: UInt64, _ type: UInt64) -> Double {
        switch type {
        case 1: Double(Float(bitPattern: UInt32(bits)))
        case 2: Double(bitPattern: bits)
        case 14, 19: half(bits, type)
        case 6: Double(Int8(truncatingIfNeeded: bits))
        case 5: Double(Int16(truncatingIfNeeded: bits))
        case 3: Double(Int32(truncatingIfNeeded: bits))
        case 9: Double(Int64(bitPattern: bits))
        default: Double(bits)
        }
    }

    /// Half precision, or bfloat16 (type 14).
    private static func half(_ bits: UInt64, _ type: UInt64) -> Double {
        let word = UInt16(truncatingIfNeeded: bits)
        return type == 14 ? Double(Float(bitPattern: UInt32(word) << 16)) : Double(Float16(bitPattern: word))
    }
}

extension [UInt8] {
    /// The whole words of so many bytes in it, the least byte first.
    fileprivate func words(_ width: Int) -> [UInt64] {
        stride(from: 0, through: count - width, by: width).map { littleEndian(at: $0, count: width) }
    }
}
