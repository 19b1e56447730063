import Foundation

/// Random numbers one after the other, from one sub-stream of a counter-based generator.
package struct RandomStream: Sendable {
    private let generator: Philox
    private let index: UInt64
    private var counter: UInt64 = 0
    private var block = SIMD4<UInt32>()
    private var used = 4

    /// The numbers from the first on of the generator's sub-stream `index`.
    package init(generator: Philox, index: UInt64) {
        self.generator = generator
        self.index = index
    }

    /// The next 32 random bits.
    package mutating func nextWord() -> UInt32 {
        if used == 4 {
            block = generator.block(counter, index)
            counter += 1
            used = 0
        }
        defer { used += 1 }
        return block[used]
    }

    /// Uniform over [0, 1) in steps of 2^-53.
    package mutating func uniform() -> Double {
        let high = UInt64(nextWord())
        let low = UInt64(nextWord())
        return Double((high << 32 | low) >> 11) * 0x1p-53
    }

    /// Uniform over [low, high).
    package mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

    /// Standard normal, by Box and Muller.
    package mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * Double.pi * uniform())
    }

    /// Uniform over 0..<bound, without bias (Lemire 2019).
    package mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0 && bound <= Int(UInt32.max), "a bound must lie in 1...2^32-1, not \(bound)")
        let range = UInt32(bound)
        var product = UInt64(nextWord()) &* UInt64(range)
        if UInt32(truncatingIfNeeded: product) < range {
            let threshold = (0 &- range) % range
            while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(nextWord()) &* UInt64(range) }
        }
        return Int(product >> 32)
    }

    /// The indices 0..<count in random order (Fisher and Yates).
    package mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, integer(below: last + 1)) }
        return order
    }
}
