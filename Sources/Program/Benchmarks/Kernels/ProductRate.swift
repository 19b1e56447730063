import Machine
import Tensors
import Training

/// What the machine reaches in single-precision matrix products: each thread multiplies matrices of its own.
struct ProductRate {
    /// Floating-point operations a second of all threads together.
    let perSecond: Spread

    /// - Parameters:
    ///   - size: rows, columns and inner length.
    ///   - repetitions: how often each thread multiplies; the first product, a warm-up, does not count.
    init(size: Int = 1024, threads: Int, repetitions: Int = 25) {
        let matrices = (0..<threads).map { _ in (0..<3).map { _ in FloatBuffer(count: size * size) } }
        for triple in matrices {
            for matrix in triple.prefix(2) {
                for place in 0..<matrix.count { matrix.pointer[place] = Float(place % 7) - 3 }
            }
        }
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        var rates: [Double] = []
        for round in 0...repetitions {
            let began = MonotonicClock.seconds
            pool.run(pieces: threads) { piece in
                MatrixProduct.multiply(
                    rows: size, columns: size, inner: size, MatrixFactor(matrices[piece][0].pointer, leading: size),
                    MatrixFactor(matrices[piece][1].pointer, leading: size),
                    into: MatrixResult(matrices[piece][2].pointer, leading: size))
            }
            let seconds = MonotonicClock.seconds - began
            if round > 0 { rates.append(2 * Double(size * size * size * threads) / seconds) }
        }
        perSecond = Spread(rates)
    }
}
