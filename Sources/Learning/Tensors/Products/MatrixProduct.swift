import COpenBLAS
import Machine
import Synchronization

/// OpenBLAS's matrix products on row-major matrices, always on the calling thread.
@usableFromInline
package enum MatrixProduct {
    /// C = alpha A B + beta C, where A is `rows` x `inner`, B `inner` x `columns`.
    ///
    /// Nothing is computed where C has no numbers. C may overlap neither factor.
    @inlinable
    package static func multiply(
        rows: Int, columns: Int, inner: Int, alpha: Float = 1, _ a: MatrixFactor, _ b: MatrixFactor,
        into c: MatrixResult
    ) {
        guard rows > 0, columns > 0 else { return }
        cblas_sgemm(
            CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
            blasint(rows), blasint(columns), blasint(inner), alpha, a.numbers, blasint(max(1, a.leading)), b.numbers,
            blasint(max(1, b.leading)), c.beta, c.numbers, blasint(max(1, c.leading)))
    }

    /// OpenBLAS's name of the kernel it chose for this processor (`Haswell`, `SkylakeX`).
    package static var kernelName: String { String(cString: openblas_get_corename()) }

    /// Makes OpenBLAS compute on the calling thread alone; our own pool cuts the work.
    package static func useOneThread() { openblas_set_num_threads(1) }

    /// Gives OpenBLAS the memory that so many threads need at once, which it keeps; it would ask for it for ever where there is none.
    ///
    /// Where there is none the program ends with a line and exit code 1.
    package static func reserveMemory(threads: Int) {
        reserved.withLock { reserved in
            let missing = threads - reserved
            guard missing > 0 else { return }
            MemoryReserve.own.demandAddresses(missing * workspace, for: "multiplying matrices (threads: \(threads))")
            let blocks = (0..<threads).map { _ in blas_memory_alloc(0) }
            for block in blocks { blas_memory_free(block) }
            reserved = threads
        }
    }

    private static let reserved = Mutex(0)
    /// Bytes of a block: the largest of any kernel, and a page.
    private static let workspace = 128 << 20 + 4096
}

/// A factor of a matrix product as it lies in memory, row after row.
@usableFromInline
package struct MatrixFactor {
    /// Its first number.
    @usableFromInline package let numbers: UnsafePointer<Float>
    /// Distance between rows as they are stored, transposed or not.
    @usableFromInline package let leading: Int
    /// Whether what is stored is the factor's transpose.
    @usableFromInline package let isTransposed: Bool

    /// A factor, or its transpose, at a place.
    @inlinable
    package init(_ numbers: UnsafePointer<Float>, leading: Int, isTransposed: Bool = false) {
        self.numbers = numbers
        self.leading = leading
        self.isTransposed = isTransposed
    }
}

/// Where a matrix product goes, row after row.
@usableFromInline
package struct MatrixResult {
    /// The place of its first number.
    @usableFromInline package let numbers: UnsafeMutablePointer<Float>
    /// Distance between rows.
    @usableFromInline package let leading: Int
    /// What the numbers that lie there are multiplied by before the product is added; 0 overwrites them.
    @usableFromInline package let beta: Float

    /// A place that is overwritten, or added to.
    @inlinable
    package init(_ numbers: UnsafeMutablePointer<Float>, leading: Int, beta: Float = 0) {
        self.numbers = numbers
        self.leading = leading
        self.beta = beta
    }
}
