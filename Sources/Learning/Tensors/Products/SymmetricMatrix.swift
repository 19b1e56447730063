import COpenBLAS

/// A symmetric matrix in double precision, rows of its upper triangle filled: sums of outer products and eigenvectors.
package struct SymmetricMatrix: Sendable {
    /// How many rows, and columns, it has.
    package let size: Int
    /// `[size, size]`, row by row; below the diagonal nothing is kept.
    private var numbers: [Double]

    /// All zeros.
    package init(size: Int) {
        precondition(size >= 0, "a matrix cannot have \(size) rows")
        self.size = size
        numbers = [Double](repeating: 0, count: size * size)
    }

    /// Adds scale X^T X.
    ///
    /// - Parameter rows: X, `[count, size]`.
    package mutating func addProducts(of rows: [Double], count: Int, scale: Double) {
        precondition(rows.count >= count * size, "\(count) rows of \(size) numbers are due, not \(rows.count) numbers")
        cblas_dsyrk(
            CblasRowMajor, CblasUpper, CblasTrans, blasint(size), blasint(count), scale, rows, blasint(max(1, size)), 1,
            &numbers, blasint(max(1, size)))
    }

    /// Eigenvalues from the smallest on, and eigenvectors of length 1 in the rows of `vectors` (LAPACK's dsyevd).
    ///
    /// - Returns: Nil where LAPACK finds none, as for numbers that are not finite.
    package func eigenvectors() -> (values: [Double], vectors: [Double])? {
        var matrix = numbers
        var values = [Double](repeating: 0, count: size)
        var n = Int32(size)
        var leading = max(1, n)
        var code: Int32 = 0
        var (workCount, integerCount): (Int32, Int32) = (-1, -1)
        var work = [0.0]
        var integers: [Int32] = [0]
        // Our upper triangle in rows is LAPACK's lower one in columns. The first call asks for the room it needs.
        dsyevd_("V", "L", &n, &matrix, &leading, &values, &work, &workCount, &integers, &integerCount, &code)
        (workCount, integerCount) = (Int32(work[0]), integers[0])
        work = [Double](repeating: 0, count: Int(workCount))
        integers = [Int32](repeating: 0, count: Int(integerCount))
        dsyevd_("V", "L", &n, &matrix, &leading, &values, &work, &workCount, &integers, &integerCount, &code)
        // LAPACK's columns are our rows.
        return code == 0 ? (values, matrix) : nil
    }
}
