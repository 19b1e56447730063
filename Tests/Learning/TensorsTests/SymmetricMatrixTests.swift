import Tensors
import Testing

@Suite struct SymmetricMatrixTests {
    @Test func `eigenvectors of two by two`() throws {
        // X^T X of [1, 1] and [1, -1] times sqrt 3 has the eigenvalues 2 and 6 along the diagonals.
        var matrix = SymmetricMatrix(size: 2)
        matrix.addProducts(of: [1, 1], count: 1, scale: 3)
        matrix.addProducts(of: [1, -1], count: 1, scale: 1)
        let (values, vectors) = try #require(matrix.eigenvectors())
        #expect(abs(values[0] - 2) < 1e-12 && abs(values[1] - 6) < 1e-12)
        #expect(abs(vectors[0] + vectors[1]) < 1e-12, "the smaller one belongs to [1, -1]")
        #expect(abs(vectors[2] - vectors[3]) < 1e-12, "the larger one belongs to [1, 1]")
    }

    @Test func `products add up`() throws {
        var matrix = SymmetricMatrix(size: 3)
        matrix.addProducts(of: [2, 0, 0, 0, 3, 0, 0, 0, 4], count: 3, scale: 0.5)
        #expect(try #require(matrix.eigenvectors()).values.map { ($0 * 1e9).rounded() / 1e9 } == [2, 4.5, 8])
    }

    @Test func `what is not finite has none`() {
        var matrix = SymmetricMatrix(size: 2)
        matrix.addProducts(of: [.nan, 1], count: 1, scale: 1)
        let values = matrix.eigenvectors()?.values
        #expect(values == nil || values!.contains { $0.isNaN })
    }
}
