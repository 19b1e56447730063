import Tensors
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
    @Test(arguments: [false, true], [false, true])
    func `agree with double loops for all transpositions`(_ transposedA: Bool, _ transposedB: Bool) {
        let (rows, columns, inner) = (7, 5, 9)
        var stream = Philox(key: [1, 1]).stream(0)
        func random(_ count: Int) -> FloatBuffer { FloatBuffer((0..<count).map { _ in Float(stream.normal()) }) }
        let (a, b, c) = (random(rows * inner), random(inner * columns), random(rows * columns))
        var expected: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0.0
                for index in 0..<inner {
                    let one = transposedA ? a.pointer[index * rows + row] : a.pointer[row * inner + index]
                    let other = transposedB ? b.pointer[column * inner + index] : b.pointer[index * columns + column]
                    sum += Double(one) * Double(other)
                }
                expected.append(2 * sum + 0.5 * Double(c.pointer[row * columns + column]))
            }
        }
        MatrixProduct.multiply(
            rows: rows, columns: columns, inner: inner, alpha: 2,
            MatrixFactor(a.pointer, leading: transposedA ? rows : inner, isTransposed: transposedA),
            MatrixFactor(b.pointer, leading: transposedB ? inner : columns, isTransposed: transposedB),
            into: MatrixResult(c.pointer, leading: columns, beta: 0.5))
        for (actual, wanted) in zip(c.array, expected) { #expect(abs(Double(actual) - wanted) < 1e-4) }
    }

    @Test
    func `empty products do nothing`() {
        let c = FloatBuffer([1])
        MatrixProduct.multiply(
            rows: 0, columns: 1, inner: 1, MatrixFactor(c.pointer, leading: 1), MatrixFactor(c.pointer, leading: 1),
            into: MatrixResult(c.pointer, leading: 1))
        #expect(c.array == [1])
    }
}
