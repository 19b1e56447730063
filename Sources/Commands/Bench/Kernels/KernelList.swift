import Tensors

/// What `sitter bench kernels` measures, at the shapes of the nets of `sitter bench train`.
enum KernelList {
    static let all = products + layers + functions + passes

    /// Matrix products of one thread each: rows x inner x columns.
    private static let products: [MeasurableKernel] = [
        (128, 784, 512), (128, 512, 256), (128, 256, 256), (64, 576, 1024), (128, 1152, 256), (256, 2304, 64),
        (16, 144, 1024), (32, 288, 256), (64, 576, 64),
    ].map { (rows: Int, inner: Int, columns: Int) in
        MeasurableKernel { limits in
            let threads = limits.pool.threadCount
            let sizes = [rows * inner, inner * columns, rows * columns]
            let matrices = (0..<threads).map { _ in sizes.map { FloatBuffer(count: $0) } }
            for three in matrices { for matrix in three { matrix.fill(0.5) } }
            // Many a run, since handing work to the threads is no part of a product.
            let times = max(1, 20_000_000 / (rows * inner * columns))
            let seconds = limits.clock.time {
                limits.pool.run(pieces: threads) { piece in
                    for _ in 0..<times {
                        MatrixProduct.multiply(
                            rows: rows, columns: columns, inner: inner, matrices[piece][0].pointer, leadingA: inner,
                            matrices[piece][1].pointer, leadingB: columns, into: matrices[piece][2].pointer,
                            leadingC: columns)
                    }
                }
            }
            let work = 2 * Double(rows * inner * columns * times * threads)
            return [
                KernelResult(
                    name: "sgemm", shape: "\(rows)x\(inner)x\(columns)", seconds: seconds / Double(times * threads),
                    work: work / Double(times * threads), unit: .operations, limit: limits.productRate / Double(threads)
                )
            ]
        }
    }

    private static let functions = [
        function("exp") { VectorMath.exp($0) }, function("tanh") { VectorMath.tanh($0) },
        function("sigmoid") { VectorMath.sigmoid($0) }, function("erf") { VectorMath.erf($0) },
    ]

    /// A function of sixteen numbers on one thread, over 16,384 numbers that stay in the cache.
    private static func function(
        _ name: String, _ transform: @escaping @Sendable (FloatVector) -> FloatVector
    ) -> MeasurableKernel {
        MeasurableKernel { limits in
            let count = 16_384
            let (source, target) = (FloatBuffer(count: count), FloatBuffer(count: count))
            for place in 0..<count { source.pointer[place] = Float(place % 160) / 20 - 4 }
            let (times, bytes) = (16, 8 * count)
            let seconds = limits.clock.time {
                for _ in 0..<times { VectorLoop.map(source.pointer, into: target.pointer, 0..<count, transform) }
            }
            let copying = limits.clock.time {
                for _ in 0..<times { target.pointer.update(from: source.pointer, count: count) }
            }
            return [
                KernelResult(
                    name: name, shape: "\(count), one thread", seconds: seconds / Double(times), work: Double(bytes),
                    unit: .bytes, limit: Double(bytes * times) / copying)
            ]
        }
    }
}
