import Tensors
import TestSupport
import Testing

@Suite("Packed products agree with the plain loop in double precision")
struct PackedProductTests {
    /// A product of random numbers between random neighbours in memory, and its results by plain loops.
    private struct Example {
        let rows, inner, columns: Int
        let isLeftTransposed, isRightTransposed: Bool
        let leadingLeft, leadingRight, leading: Int
        let left, right, bias, start: FloatBuffer
        let sums: [Double]

        init(rows: Int, inner: Int, columns: Int, _ random: inout SplitMix64) {
            func numbers(_ count: Int) -> FloatBuffer {
                FloatBuffer((0..<count).map { _ in Float.random(in: -1...1, using: &random) })
            }
            (self.rows, self.inner, self.columns) = (rows, inner, columns)
            isLeftTransposed = Bool.random(using: &random)
            isRightTransposed = Bool.random(using: &random)
            leadingLeft = (isLeftTransposed ? rows : inner) + Int.random(in: 0...3, using: &random)
            leadingRight = (isRightTransposed ? inner : columns) + Int.random(in: 0...3, using: &random)
            leading = columns + Int.random(in: 0...3, using: &random)
            let (left, right) = (
                numbers((isLeftTransposed ? inner : rows) * leadingLeft),
                numbers((isRightTransposed ? columns : inner) * leadingRight)
            )
            (self.left, self.right, bias, start) = (left, right, numbers(columns), numbers(rows * leading))
            var sums: [Double] = []
            for row in 0..<rows {
                for column in 0..<columns {
                    var sum = 0.0
                    for depth in 0..<inner {
                        let one = isLeftTransposed ? depth * leadingLeft + row : row * leadingLeft + depth
                        let other = isRightTransposed ? column * leadingRight + depth : depth * leadingRight + column
                        sum += Double(left.pointer[one]) * Double(right.pointer[other])
                    }
                    sums.append(sum)
                }
            }
            self.sums = sums
        }

        func product(_ cuts: [Range<Int>], _ begin: PackedProduct.Start) -> FloatBuffer {
            let result = FloatBuffer(count: start.count)
            let memory = FloatBuffer(count: PackedProduct.memoryCount(inner: inner))
            result.copy(from: start)
            let product = PackedProduct(
                rows: rows, inner: inner,
                MatrixFactor(left.pointer, leading: leadingLeft, isTransposed: isLeftTransposed),
                MatrixFactor(right.pointer, leading: leadingRight, isTransposed: isRightTransposed))
            for cut in cuts {
                // What lies in the workspace does not matter.
                memory.fill(.nan)
                product.multiply(cut, start: begin, memory: memory.pointer, into: result.pointer, leading: leading)
            }
            return result
        }
    }

    private func expect(_ example: Example, _ random: inout SplitMix64) {
        let (rows, columns) = (example.rows, example.columns)
        let middle = Int.random(in: 0...columns, using: &random)
        let tolerance = 1e-6 * Double(8 + example.inner)
        for begin in [PackedProduct.Start.zero, .bias(UnsafePointer(example.bias.pointer)), .result] {
            let result = example.product([0..<columns], begin)
            for place in 0..<rows * example.leading {
                let (row, column) = (place / example.leading, place % example.leading)
                let old = Double(example.start.pointer[place])
                guard column < columns else {
                    #expect(Double(result.pointer[place]) == old, "wrote beside the result")
                    continue
                }
                let first =
                    switch begin {
                    case .zero: 0.0
                    case .bias: Double(example.bias.pointer[column])
                    case .result: old
                    }
                let wanted = first + example.sums[row * columns + column]
                #expect(
                    abs(Double(result.pointer[place]) - wanted) < tolerance,
                    "\(rows)x\(example.inner)x\(columns) at \(row), \(column)")
            }
            let inTwo = example.product([middle..<columns, 0..<middle], begin)
            #expect(inTwo.array.map(\.bitPattern) == result.array.map(\.bitPattern), "the cut changes bits")
        }
    }

    @Test
    func `for 400 random shapes, with every transposition, and the same bits wherever it is cut`() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<400 {
            let rows = Int.random(in: 8...40, using: &random)
            let inner = Int.random(in: 0...50, using: &random)
            expect(Example(rows: rows, inner: inner, columns: Int.random(in: 0...80, using: &random), &random), &random)
        }
    }

    @Test(arguments: [255, 256, 257, 700])
    func `where the inner sum is longer than what is packed at once`(_ inner: Int) {
        var random = SplitMix64(seed: UInt64(inner))
        expect(Example(rows: 11, inner: inner, columns: 37, &random), &random)
    }

    @Test
    func `without rows nothing is written`() {
        var random = SplitMix64(seed: 6)
        let example = Example(rows: 0, inner: 3, columns: 5, &random)
        #expect(example.product([0..<5], .zero).array.isEmpty)
    }
}
