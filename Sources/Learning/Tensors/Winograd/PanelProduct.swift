/// Products of matrices that lie in panels: sixteen columns of all rows, row after row, then the next sixteen.
///
/// They need no packing, and each number of a result is summed in one order, wherever it lies.
enum PanelProduct {
    /// C = A B, where A is `rows` x `inner`, B `inner` x (16 `panels`).
    ///
    /// - Parameter capacity: A multiple of 8: A's and C's panels have room for so many rows. Up to seven rows more than
    ///   `rows` are computed from what lies there.
    static func multiply(
        rows: Int, capacity: Int, inner: Int, panels: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into c: UnsafeMutablePointer<Float>
    ) {
        var panel = 0
        while panel < panels {
            let isPair = panel + 1 < panels
            let columns = b + panel * inner * 16
            let result = c + panel * capacity * 16
            var row = 0
            while row < rows {
                var sums = PanelAccumulators()
                var depth = 0
                while depth < inner {
                    let block = a + depth * capacity + row * 16
                    let vectors = columns + depth * 16
                    let count = min(16, inner - depth)
                    if isPair {
                        for index in 0..<count {
                            sums.add(
                                block + index, distance: 16, vectors.vector(at: index &* 16),
                                vectors.vector(at: (inner &+ index) &* 16))
                        }
                    } else {
                        for index in 0..<count {
                            sums.add(block + index, distance: 16, vectors.vector(at: index &* 16))
                        }
                    }
                    depth += 16
                }
                sums.storeFirst(result + row * 16, adds: false)
                if isPair { sums.storeSecond(result + (capacity + row) * 16, adds: false) }
                row += 8
            }
            panel += isPair ? 2 : 1
        }
    }

    /// C = A^T B, or C += A^T B where it `adds`, where A is `rows` x (16 `panelsA`), B `rows` x (16 `panelsB`), both with room for `capacity` rows a
    /// panel; C is (16 `panelsA`) x (16 `panelsB`).
    static func multiplyTransposed(
        rows: Int, capacity: Int, panelsA: Int, panelsB: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        adds: Bool, into c: UnsafeMutablePointer<Float>
    ) {
        var panel = 0
        while panel < panelsB {
            let isPair = panel + 1 < panelsB
            let vectors = b + panel * capacity * 16
            let result = c + panel * panelsA * 256
            for half in 0..<2 * panelsA {
                var sums = PanelAccumulators()
                let block = a + (half / 2 * capacity * 16 + half % 2 * 8)
                if isPair {
                    for row in 0..<rows {
                        sums.add(
                            block + row &* 16, distance: 1, vectors.vector(at: row &* 16),
                            vectors.vector(at: (capacity &+ row) &* 16))
                    }
                } else {
                    for row in 0..<rows { sums.add(block + row &* 16, distance: 1, vectors.vector(at: row &* 16)) }
                }
                sums.storeFirst(result + half * 128, adds: adds)
                if isPair { sums.storeSecond(result + (panelsA * 256 + half * 128), adds: adds) }
            }
            panel += isPair ? 2 : 1
        }
    }
}
