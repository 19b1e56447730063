import Foundation
import Machine

/// Single-precision numbers in memory of their own, aligned to 64 bytes and zeroed at first.
///
/// Sendable unchecked: the memory is shared on purpose. Between two barriers of the worker pool each piece of work
/// writes a range of its own, and nobody reads what another piece writes.
package final class FloatBuffer: @unchecked Sendable {
    /// The first number, on a boundary of `alignment` bytes.
    package let pointer: UnsafeMutablePointer<Float>
    /// How many numbers there are.
    package let count: Int
    /// Bytes that the memory's address is a multiple of: a cache line, and a register of AVX-512.
    package static let alignment = 64

    /// Buffers of so many bytes ask whether they can be had, before the kernel ends a program that fills them.
    private static let large = 1 << 20

    /// Zeros; `count` is 0 at least. Where there is no memory for them the program ends with a line and exit code 1.
    package init(count: Int) {
        precondition(count >= 0, "a buffer cannot hold \(count) numbers")
        self.count = count
        let bytes = max(1, count) * MemoryLayout<Float>.stride
        if bytes >= Self.large { MemoryReserve.own.demand(bytes, for: "a buffer of numbers") }
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, Self.alignment, bytes) == 0, let memory else {
            MemoryReserve.refuse(bytes, for: "a buffer of numbers")
        }
        pointer = memory.bindMemory(to: Float.self, capacity: max(1, count))
        pointer.initialize(repeating: 0, count: count)
    }

    /// A copy of an array.
    package convenience init(_ values: [Float]) {
        self.init(count: values.count)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
        }
    }

    deinit { free(pointer) }

    /// All numbers in place; valid as long as the buffer lives.
    package var values: UnsafeMutableBufferPointer<Float> { .init(start: pointer, count: count) }
    /// A copy of all numbers.
    package var array: [Float] { Array(values) }

    /// Copies everything from a buffer of the same length.
    package func copy(from other: FloatBuffer) {
        precondition(count == other.count, "cannot copy \(other.count) numbers into \(count)")
        pointer.update(from: other.pointer, count: count)
    }

    /// Writes one number everywhere.
    package func fill(_ value: Float) { pointer.update(repeating: value, count: count) }
}
