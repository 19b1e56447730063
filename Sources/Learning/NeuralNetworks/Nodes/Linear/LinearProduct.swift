import Tensors

/// The products of a linear layer, cut over the columns of the result: by our own kernel where it is faster, else by
/// OpenBLAS's.
struct LinearProduct {
    let rows: Int
    let columns: Int
    let inner: Int
    private let isPacked: Bool
    let pieces: KernelPieces

    init(rows: Int, columns: Int, inner: Int) {
        self.rows = rows
        self.columns = columns
        self.inner = inner
        isPacked = PackedProduct.suits(rows: rows, inner: inner)
        let costs = rows * inner
        pieces =
            isPacked
            ? KernelPieces(
                columns, unit: PackedProduct.width, costs: costs, atLeast: 1 << 18, most: KernelPieces.mostWithoutSums)
            : Self.libraryPieces(columns, costs: costs)
    }

    /// Cuts a product of OpenBLAS's. It packs one of the factors anew for each piece, so there are few: four, and eight
    /// only where each is worth 16 million multiply-adds.
    static func libraryPieces(_ total: Int, costs: Int) -> KernelPieces {
        KernelPieces(total, unit: 16, costs: costs, atLeast: 1 << 19, most: total * costs >= 1 << 27 ? 8 : 4)
    }

    /// Some columns of A B^T + bias, with A [rows, inner] and B [columns, inner].
    func multiplyByTransposed(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ range: Range<Int>, bias: UnsafePointer<Float>?,
        memory: UnsafeMutablePointer<Float>, into result: UnsafeMutablePointer<Float>
    ) {
        if isPacked {
            PackedProduct(
                rows: rows, inner: inner, MatrixFactor(a, leading: inner),
                MatrixFactor(b, leading: inner, isTransposed: true)
            ).multiply(
                range, start: bias.map { .bias($0) } ?? .zero, memory: memory, into: result, leading: columns)
            return
        }
        if let bias {
            for row in 0..<rows {
                (result + row * columns + range.lowerBound).update(from: bias + range.lowerBound, count: range.count)
            }
        }
        MatrixProduct.multiply(
            rows: rows, columns: range.count, inner: inner, MatrixFactor(a, leading: inner),
            MatrixFactor(b + range.lowerBound * inner, leading: inner, isTransposed: true),
            into: MatrixResult(result + range.lowerBound, leading: columns, beta: bias == nil ? 0 : 1))
    }

    /// Some columns of A B, with A [rows, inner] and B [inner, columns].
    func multiply(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ range: Range<Int>, adds: Bool,
        memory: UnsafeMutablePointer<Float>, into result: UnsafeMutablePointer<Float>
    ) {
        if isPacked {
            PackedProduct(
                rows: rows, inner: inner, MatrixFactor(a, leading: inner), MatrixFactor(b, leading: columns)
            ).multiply(
                range, start: adds ? .result : .zero, memory: memory, into: result, leading: columns)
            return
        }
        MatrixProduct.multiply(
            rows: rows, columns: range.count, inner: inner, MatrixFactor(a, leading: inner),
            MatrixFactor(b + range.lowerBound, leading: columns),
            into: MatrixResult(result + range.lowerBound, leading: columns, beta: adds ? 1 : 0))
    }

    /// Some columns of A^T B, with A [inner, rows] and B [inner, columns].
    func multiplyTransposed(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ range: Range<Int>,
        memory: UnsafeMutablePointer<Float>, into result: UnsafeMutablePointer<Float>
    ) {
        if isPacked {
            PackedProduct(
                rows: rows, inner: inner, MatrixFactor(a, leading: rows, isTransposed: true),
                MatrixFactor(b, leading: columns)
            ).multiply(range, start: .zero, memory: memory, into: result, leading: columns)
            return
        }
        MatrixProduct.multiply(
            rows: rows, columns: range.count, inner: inner, MatrixFactor(a, leading: rows, isTransposed: true),
            MatrixFactor(b + range.lowerBound, leading: columns),
            into: MatrixResult(result + range.lowerBound, leading: columns))
    }
}
