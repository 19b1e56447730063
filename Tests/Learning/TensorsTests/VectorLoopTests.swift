import Tensors
import Testing

@Suite("Vector loops, sums and pieces")
struct VectorLoopTests {
    @Test(arguments: [0, 1, 15, 16, 17, 50])
    func `a map treats every element alike, tails included`(_ count: Int) {
        let source = FloatBuffer((0..<count + 3).map(Float.init))
        let target = FloatBuffer(count: count + 3)
        VectorLoop.map(source.pointer, into: target.pointer, 1..<count + 1) { $0 * 2 + 1 }
        for index in 0..<count + 3 {
            #expect(target.pointer[index] == ((1..<count + 1).contains(index) ? Float(index) * 2 + 1 : 0))
        }
    }

    @Test(arguments: [0, 1, 16, 31, 1_024, 5_003])
    func `sums agree with double loops`(_ count: Int) {
        var stream = Philox(key: [9, 9]).stream(0)
        let one = FloatBuffer((0..<count).map { _ in Float(stream.normal()) })
        let other = FloatBuffer((0..<count).map { _ in Float(stream.normal()) })
        let sum = one.array.reduce(0) { $0 + Double($1) }
        let squares = one.array.reduce(0) { $0 + (Double($1) - 0.5) * (Double($1) - 0.5) }
        let products = zip(one.array, other.array).reduce(0) { $0 + Double($1.0) * (Double($1.1) - 0.25) }
        let tolerance = 1e-6 * Double(count + 1)
        #expect(abs(VectorSums.sum(one.pointer, 0..<count) - sum) < tolerance)
        #expect(abs(VectorSums.squares(one.pointer, 0..<count, around: 0.5) - squares) < tolerance)
        #expect(abs(VectorSums.products(one.pointer, other.pointer, 0..<count, around: 0.25) - products) < tolerance)
    }

    @Test(arguments: 1...8)
    func `partial sums meet in the first`(_ count: Int) {
        let partials = FloatBuffer((0..<count * 20).map { Float($0 % 20 + 100 * ($0 / 20)) })
        VectorSums.reduce(partials.pointer, count: count, distance: 20, 0..<20)
        for index in 0..<20 {
            #expect(partials.pointer[index] == Float(count * index + 100 * count * (count - 1) / 2))
        }
    }

    @Test(
        arguments: [0, 1, 15, 16, 100, 129, 99_999])
    func `pieces cover everything once, on multiples of the unit, at most eight`(_ total: Int) {
        for unit in [1, 16, 64] {
            let pieces = KernelPieces(total, unit: unit, costs: 1_000)
            let ranges = (0..<pieces.count).map(pieces.range)
            #expect((1...8).contains(pieces.count))
            #expect(ranges.flatMap { $0 } == Array(0..<total))
            #expect(ranges.allSatisfy { $0.lowerBound % unit == 0 || $0.isEmpty })
        }
    }
}
