import Foundation

/// Configs that train in a moment.
enum Configs {
    /// 16 steps of a small net with every kind of layer whose arithmetic could depend on threads or on measuring.
    static let convolution = """
        {
          name: "small", data: { digits: 320 }, validation: { fraction: 0.2 }, preprocessing: [{ standardize: "all" }],
          model: [
            { conv2d: { filters: 4, kernel: 3, padding: 1 } }, "batchNorm", "relu", { maxPool2d: 2 },
            "flatten", { dropout: 0.3 }, { linear: 16 }, "tanh", { linear: 10 },
          ],
          initializer: "kaimingNormal", optimizer: { adam: { learningRate: 0.01 } }, schedule: { cosine: { warmup: 4 } },
          epochs: 2, batchSize: 32, seed: 3, statistics: { every: 5 },
        }
        """

    /// Eight steps an epoch on points in a plane; no state but weights.
    static let points = """
        {
          name: "points", data: { blobs: { count: 160, classes: 4 } }, validation: { fraction: 0.2 },
          model: [{ linear: 8 }, "tanh", { linear: 4 }],
          optimizer: { sgd: { learningRate: 0.1 } }, epochs: 4, batchSize: 16, seed: 1,
        }
        """

    /// Trains for hours, with some milliseconds a step.
    static let endless = """
        {
          name: "endless", data: { digits: 640 }, validation: { fraction: 0.2 },
          model: [{ conv2d: { filters: 8, kernel: 3, padding: 1 } }, "relu", { maxPool2d: 2 }, "flatten", { linear: 10 }],
          optimizer: { sgd: { learningRate: 0.001 } }, schedule: { cosine: {} }, epochs: 100000, batchSize: 128, seed: 1,
        }
        """

    /// Twenty pictures of 4 by 4 dots in files of their own.
    static let pictures = """
        {
          data: { idx: { images: "images.idx", labels: "labels.idx", classes: 4 } },
          model: ["flatten", { linear: 4 }],
          optimizer: { sgd: { learningRate: 0.1 } }, epochs: 2, batchSize: 5, seed: 1,
        }
        """

    /// An IDX file of bytes: magic, extents, values.
    static func idx(_ extents: [Int], _ values: [UInt8]) -> Data {
        var bytes: [UInt8] = [0, 0, 8, UInt8(extents.count)]
        for extent in extents { bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } }
        return Data(bytes + values)
    }

    static let images = idx([20, 4, 4], (0..<320).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    static let labels = idx([20], (0..<20).map { UInt8($0 % 4) })

    /// Bytes without any order, the same each time.
    static let noise: Data = {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return Data(
            (0..<4096).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            })
    }()
}
