import COpenBLAS

/// OpenBLAS's matrix products on row-major matrices, always on the calling thread.
@usableFromInline
package enum MatrixProduct {
    /// C = alpha op(A) op(B) + beta C, where op(A) is `rows` x `inner`, op(B) `inner` x `columns`.
    ///
    /// - Parameters:
    ///   - leadingA: Distance between A's rows as stored (transposed or not); the same for B and C.
    @inlinable
    package static func multiply(
        rows: Int, columns: Int, inner: Int, alpha: Float = 1,
        _ a: UnsafePointer<Float>, leadingA: Int, transposedA: Bool = false,
        _ b: UnsafePointer<Float>, leadingB: Int, transposedB: Bool = false,
        beta: Float = 0, into c: UnsafeMutablePointer<Float>, leadingC: Int
    ) {
        guard rows > 0, columns > 0 else { return }
        cblas_sgemm(
            CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
            blasint(rows), blasint(columns), blasint(inner), alpha, a, blasint(max(1, leadingA)), b,
            blasint(max(1, leadingB)), beta, c, blasint(max(1, leadingC)))
    }

    /// OpenBLAS's name of the kernel it chose for this processor (`Haswell`, `SkylakeX`).
    package static var kernelName: String { String(cString: openblas_get_corename()) }

    /// Makes OpenBLAS compute on the calling thread alone; our own pool cuts the work.
    package static func useOneThread() { openblas_set_num_threads(1) }
}
