import Tensors

/// What the machine itself can do, measured in the same run: nothing of ours can be faster for long.
final class MachineLimits {
    let pool: WorkerPool
    let clock: KernelClock
    /// Single-precision operations a second of matrix products on all threads.
    let productRate: Double
    private var copyRates: [Int: Double] = [:]

    /// - Parameter productSize: side of the matrices that are multiplied.
    init(pool: WorkerPool, clock: KernelClock, productSize: Int = 1024) {
        self.pool = pool
        self.clock = clock
        productRate = ProductRate(size: productSize, threads: pool.threadCount, repetitions: 9).perSecond.median
    }

    /// Bytes a second, read and written together, of copying arrays that take `bytes` together: what a loop over as much
    /// memory can reach, wherever in the caches that lies.
    func copyRate(bytes: Int) -> Double {
        // To a power of two, so that each is measured once.
        let size = max(4_096, 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount))
        if let known = copyRates[size] { return known }
        let (source, target) = (FloatBuffer(count: size / 8), FloatBuffer(count: size / 8))
        let pieces = KernelPieces(source.count, unit: 16)
        let seconds = clock.time {
            pool.run(pieces: pieces.count) { piece in
                let range = pieces.range(piece)
                (target.pointer + range.lowerBound).update(
                    from: source.pointer + range.lowerBound, count: range.count)
            }
        }
        let rate = Double(size) / seconds
        copyRates[size] = rate
        return rate
    }

    /// Bytes a second of a = b + s c over arrays of 64 MB each (McCalpin's STREAM triad).
    func triadRate(bytesEach: Int = 64 << 20) -> Double {
        let count = bytesEach / 4
        let (a, b, c) = (FloatBuffer(count: count), FloatBuffer(count: count), FloatBuffer(count: count))
        let pieces = KernelPieces(count, unit: 16)
        let seconds = clock.time {
            pool.run(pieces: pieces.count) { piece in
                VectorLoop.map(b.pointer, c.pointer, into: a.pointer, pieces.range(piece)) { b, c in
                    VectorMath.fma(c, 3, b)
                }
            }
        }
        return 3 * Double(bytesEach) / seconds
    }
}
