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
                            rows: rows, columns: columns, inner: inner,
                            MatrixFactor(matrices[piece][0].pointer, leading: inner),
                            MatrixFactor(matrices[piece][1].pointer, leading: columns),
                            into: MatrixResult(matrices[piece][2].pointer, leading: columns))
                    }
                }
            }
            return [
                KernelResult(
                    name: "sgemm", shape: "\(rows)x\(inner)x\(columns)", seconds: seconds / Double(times),
                    work: 2 * Double(rows * inner * columns * threads), unit: .operations, limit: limits.productRate)
            ]
        }
    }

    /// Written out one by one: a loop that is handed a function calls it sixteen numbers at a time.
    private static let functions = [
        function("exp") { VectorLoop.map($0, into: $1, 0..<$2) { VectorMath.exp($0) } },
        function("tanh") { VectorLoop.map($0, into: $1, 0..<$2) { VectorMath.tanh($0) } },
        function("sigmoid") { VectorLoop.map($0, into: $1, 0..<$2) { VectorMath.sigmoid($0) } },
        function("erf") { VectorLoop.map($0, into: $1, 0..<$2) { VectorMath.erf($0) } },
    ]

    /// A function of each number on one thread, over 16,384 numbers that stay in the cache.
    private static func function(
        _ name: String,
        _ map: @escaping @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> MeasurableKernel {
        MeasurableKernel { limits in
            let count = 16_384
            let (source, target) = (FloatBuffer(count: count), FloatBuffer(count: count))
            for place in 0..<count { source.pointer[place] = Float(place % 160) / 20 - 4 }
            let (times, bytes) = (16, 8 * count)
            let seconds = limits.clock.time {
                for _ in 0..<times { map(source.pointer, target.pointer, count) }
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
