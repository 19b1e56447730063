/// Reads TensorBoard event files from the format's description, independently of the writer.
enum EventFileDecoder {
    struct Problem: Error {
        let text: String
    }

    struct Event: Equatable {
        var wallTime = 0.0
        var step: Int64 = 0
        var fileVersion: String?
        var values: [Value] = []
    }

    struct Value: Equatable {
        var tag = ""
        var scalar: Float?
        var histogram: Histogram?
    }

    struct Histogram: Equatable {
        var min = 0.0
        var max = 0.0
        var count = 0.0
        var sum = 0.0
        var sumOfSquares = 0.0
        var limits: [Double] = []
        var buckets: [Double] = []
    }

    /// Every frame's data, with both check sums compared.
    static func events(in file: [UInt8]) throws -> [Event] {
        var events: [Event] = []
        var rest = file[...]
        while !rest.isEmpty {
            guard rest.count >= 16 else { throw Problem(text: "half a frame") }
            let head = rest.prefix(8)
            let length = Int(integer(head))
            guard rest.count >= 16 + length else { throw Problem(text: "half a frame") }
            let data = rest.dropFirst(12).prefix(length)
            guard integer(rest.dropFirst(8).prefix(4)) == mask(crc32c(head)) else { throw Problem(text: "length sum") }
            guard integer(rest.dropFirst(12 + length).prefix(4)) == mask(crc32c(data)) else {
                throw Problem(text: "data sum")
            }
            events.append(try event(data))
            rest = rest.dropFirst(16 + length)
        }
        return events
    }

    private static func event(_ bytes: ArraySlice<UInt8>) throws -> Event {
        var event = Event()
        for field in try fields(bytes) {
            switch field.number {
            case 1: event.wallTime = Double(bitPattern: integer(field.bytes))
            case 2: event.step = Int64(bitPattern: field.varint)
            case 3: event.fileVersion = String(decoding: field.bytes, as: UTF8.self)
            case 5:
                for value in try fields(field.bytes) {
                    guard value.number == 1 else { throw Problem(text: "summary field \(value.number)") }
                    event.values.append(try self.value(value.bytes))
                }
            default: throw Problem(text: "event field \(field.number)")
            }
        }
        return event
    }

    private static func value(_ bytes: ArraySlice<UInt8>) throws -> Value {
        var value = Value()
        for field in try fields(bytes) {
            switch field.number {
            case 1: value.tag = String(decoding: field.bytes, as: UTF8.self)
            case 2: value.scalar = Float(bitPattern: UInt32(integer(field.bytes)))
            case 5: value.histogram = try histogram(field.bytes)
            default: throw Problem(text: "value field \(field.number)")
            }
        }
        return value
    }

    private static func histogram(_ bytes: ArraySlice<UInt8>) throws -> Histogram {
        var histogram = Histogram()
        for field in try fields(bytes) {
            switch field.number {
            case 1: histogram.min = doubles(field.bytes)[0]
            case 2: histogram.max = doubles(field.bytes)[0]
            case 3: histogram.count = doubles(field.bytes)[0]
            case 4: histogram.sum = doubles(field.bytes)[0]
            case 5: histogram.sumOfSquares = doubles(field.bytes)[0]
            case 6: histogram.limits = doubles(field.bytes)
            case 7: histogram.buckets = doubles(field.bytes)
            default: throw Problem(text: "histogram field \(field.number)")
            }
        }
        return histogram
    }

    private struct Field {
        var number: UInt64
        var varint: UInt64 = 0
        var bytes: ArraySlice<UInt8> = []
    }

    private static func fields(_ bytes: ArraySlice<UInt8>) throws -> [Field] {
        var rest = bytes
        var fields: [Field] = []
        while !rest.isEmpty {
            let tag = try varint(&rest)
            var field = Field(number: tag >> 3)
            let length: Int
            switch tag & 7 {
            case 0:
                field.varint = try varint(&rest)
                length = 0
            case 1: length = 8
            case 2: length = Int(try varint(&rest))
            case 5: length = 4
            default: throw Problem(text: "wire type \(tag & 7)")
            }
            guard rest.count >= length else { throw Problem(text: "half a field") }
            field.bytes = rest.prefix(length)
            rest = rest.dropFirst(length)
            fields.append(field)
        }
        return fields
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = rest.popFirst() {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw Problem(text: "half a varint")
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func doubles(_ bytes: ArraySlice<UInt8>) -> [Double] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map {
            Double(bitPattern: integer(bytes[$0..<($0 + 8)]))
        }
    }

    /// Bit by bit, from the polynomial.
    private static func crc32c(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0x82F6_3B78 : 0) }
        }
        return sum ^ 0xFFFF_FFFF
    }

    private static func mask(_ sum: UInt32) -> UInt64 {
        UInt64((sum >> 15 | sum << 17) &+ 0xA282_EAD8)
    }
}
