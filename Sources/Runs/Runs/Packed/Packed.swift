import Foundation

/// Numbers that go through a socket as one text: their bytes, the lowest first, in base64.
package struct Packed<Number: BitwiseCopyable & Sendable>: Codable, Sendable {
    /// The numbers.
    package var numbers: [Number]

    /// Numbers to be packed.
    package init(_ numbers: [Number]) { self.numbers = numbers }

    /// - Throws: where the text is no whole number of numbers.
    package init(from decoder: any Decoder) throws {
        let data = try decoder.singleValueContainer().decode(Data.self)
        let size = MemoryLayout<Number>.stride
        guard data.count % size == 0 else { throw PackingError("\(data.count) bytes are no numbers of \(size) bytes") }
        numbers = [Number](unsafeUninitializedCapacity: data.count / size) { room, filled in
            data.copyBytes(to: UnsafeMutableRawBufferPointer(room))
            filled = data.count / size
        }
    }

    /// One text in base64.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(numbers.withUnsafeBytes { Data($0) })
    }
}

/// Why packed numbers make no sense together.
package struct PackingError: Error, CustomStringConvertible {
    /// One line.
    package let description: String

    init(_ description: String) { self.description = description }

    /// Refuses columns of different lengths, and steps that no run has.
    static func check(_ counts: [Int], steps: [Int]) throws(PackingError) {
        guard Set(counts).count <= 1 else { throw PackingError("columns of \(counts) numbers") }
        guard steps.allSatisfy({ 0..<1 << 53 ~= $0 }) else { throw PackingError("a step that no run has") }
    }
}
