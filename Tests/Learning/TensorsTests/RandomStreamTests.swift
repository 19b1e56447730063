import Tensors
import Testing

@Suite("Random streams")
struct RandomStreamTests {
    @Test
    func `hand out the words of consecutive blocks`() {
        let philox = Philox(key: [5, 6])
        var stream = philox.stream(9)
        let words = (0..<8).map { _ in stream.nextWord() }
        let blocks = [philox.block(0, 9), philox.block(1, 9)]
        #expect(words == blocks.flatMap { block in (0..<4).map { block[$0] } })
    }

    @Test
    func `uniform numbers have mean 1/2 and variance 1/12`() {
        var stream = Philox(key: [1, 0]).stream(0)
        let values = (0..<100_000).map { _ in stream.uniform() }
        let mean = values.reduce(0, +) / 100_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
        #expect(values.allSatisfy { (0..<1).contains($0) })
        #expect(abs(mean - 0.5) < 0.004)
        #expect(abs(variance - 1.0 / 12) < 0.002)
    }

    @Test
    func `normal numbers have mean 0, variance 1, and 4.55 % beyond two sigma`() {
        var stream = Philox(key: [2, 0]).stream(0)
        let values = (0..<100_000).map { _ in stream.normal() }
        #expect(abs(values.reduce(0, +) / 100_000) < 0.015)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 100_000 - 1) < 0.02)
        #expect(abs(Double(values.count { abs($0) > 2 }) / 100_000 - 0.0455) < 0.003)
    }

    @Test
    func `integers below a bound are equally frequent`() {
        var stream = Philox(key: [3, 0]).stream(0)
        var counts = Array(repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[stream.integer(below: 7)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }

    @Test
    func `a permutation holds every index once and differs between streams`() {
        var one = Philox(key: [4, 0]).stream(0)
        var other = Philox(key: [4, 0]).stream(1)
        let order = one.permutation(of: 1_000)
        #expect(order.sorted() == Array(0..<1_000))
        #expect(order != other.permutation(of: 1_000))
        #expect(one.permutation(of: 0).isEmpty)
    }
}
