/// One entry of a config's `model`, with PyTorch's meaning and defaults.
package indirect enum LayerSpecification: Hashable, Sendable {
    /// y = W x + b over a list of features.
    case linear(units: Int, bias: Bool = true)
    /// Cross-correlation of pictures (channels x height x width) with `filters` kernels.
    case conv2d(filters: Int, kernel: Extent2, stride: Extent2 = 1, padding: Extent2 = 0, bias: Bool = true)
    /// Cross-correlation of sequences (channels x length).
    case conv1d(filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true)
    /// The largest value of each window; the stride is the window's size unless given.
    case maxPool2d(size: Extent2, stride: Extent2? = nil, padding: Extent2 = 0)
    /// The mean of each window, padding counted as zeros.
    case avgPool2d(size: Extent2, stride: Extent2? = nil, padding: Extent2 = 0)
    /// The mean of each map: channels x height x width become channels.
    case globalAvgPool
    /// Normalizes each feature, or each map of pictures, over the batch; learned scale and shift.
    case batchNorm(momentum: Double = 0.1, eps: Double = 1e-5)
    case flatten
    /// In training zeroes each value with probability p and scales the others by 1 / (1 - p).
    case dropout(p: Double = 0.5)
    case activation(Activation)

    /// The config's word.
    package var kind: String {
        switch self {
        case .linear: "linear"
        case .conv2d: "conv2d"
        case .conv1d: "conv1d"
        case .maxPool2d: "maxPool2d"
        case .avgPool2d: "avgPool2d"
        case .globalAvgPool: "globalAvgPool"
        case .batchNorm: "batchNorm"
        case .flatten: "flatten"
        case .dropout: "dropout"
        case .activation(let activation): activation.name
        }
    }
}
