/// One entry of a config's `model`, with PyTorch's meaning and defaults.
package indirect enum LayerSpecification: Hashable, Sendable {
    /// y = W x + b over a list of features. DropConnect: in training each weight is 0 with that probability and scaled
    /// by 1 / (1 - p) otherwise.
    case linear(units: Int, bias: Bool = true, dropConnect: Double = 0, initializer: LayerInitializer? = nil)
    /// Cross-correlation of pictures (channels x height x width) with `filters` kernels.
    case conv2d(
        filters: Int, kernel: Extent2, stride: Extent2 = 1, padding: Extent2 = 0, bias: Bool = true,
        initializer: LayerInitializer? = nil)
    /// Cross-correlation of sequences (channels x length).
    case conv1d(
        filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true,
        initializer: LayerInitializer? = nil)
    /// The largest value of each window; the stride is the window's size unless given.
    case maxPool2d(size: Extent2, stride: Extent2? = nil, padding: Extent2 = 0)
    /// The mean of each window, padding counted as zeros.
    case avgPool2d(size: Extent2, stride: Extent2? = nil, padding: Extent2 = 0)
    /// The same over sequences (channels x length).
    case maxPool1d(size: Int, stride: Int? = nil, padding: Int = 0)
    case avgPool1d(size: Int, stride: Int? = nil, padding: Int = 0)
    /// Max pooling over overlapping windows at pseudo-random places; int(height x ratio) rows remain.
    case fractionalMaxPool2d(size: Extent2, heightRatio: Double, widthRatio: Double)
    /// The mean of each map: channels x height x width, or channels x length, become channels.
    case globalAvgPool
    /// Normalizes each feature, or each map of pictures, over the batch; learned scale and shift, the scale beginning
    /// with `initialScale`.
    case batchNorm(momentum: Double = 0.1, eps: Double = 1e-5, initialScale: Double = 1)
    /// Normalizes each example over all its numbers, with a learned scale and shift for each of them.
    case layerNorm(eps: Double = 1e-5)
    /// Normalizes each map of each example, with a learned scale and shift for each map.
    case instanceNorm(eps: Double = 1e-5)
    case flatten
    /// In training zeroes each value with probability p and scales the others by 1 / (1 - p).
    case dropout(p: Double = 0.5)
    /// In training adds normal noise of mean 0.
    case gaussianNoise(std: Double)
    /// A plain recurrent layer over sequences of length x features; gives its last state, or all of them.
    case rnn(
        units: Int, nonlinearity: Nonlinearity = .tanh, returnSequences: Bool = false,
        initializer: LayerInitializer? = nil)
    /// Long short-term memory over sequences of length x features; gives its last state, or all of them.
    case lstm(units: Int, returnSequences: Bool = false, initializer: LayerInitializer? = nil)
    /// body(x) + shortcut(x), no activation after it; an empty shortcut hands x on. In training the body is dropped for
    /// an example with the probability `stochasticDepth`, else scaled by 1 / (1 - p).
    case residual(body: [LayerSpecification], shortcut: [LayerSpecification] = [], stochasticDepth: Double = 0)
    /// The outputs of all branches, joined along the channels (or features); an empty branch hands its input on.
    case concat(branches: [[LayerSpecification]])
    case activation(Activation)

    /// What a plain recurrent layer does to its sums.
    package enum Nonlinearity: String, Hashable, Sendable, CaseIterable {
        case tanh, relu
    }

    /// The config's word.
    package var kind: String {
        switch self {
        case .linear: "linear"
        case .conv2d: "conv2d"
        case .conv1d: "conv1d"
        case .maxPool2d: "maxPool2d"
        case .avgPool2d: "avgPool2d"
        case .maxPool1d: "maxPool1d"
        case .avgPool1d: "avgPool1d"
        case .fractionalMaxPool2d: "fractionalMaxPool2d"
        case .globalAvgPool: "globalAvgPool"
        case .batchNorm: "batchNorm"
        case .layerNorm: "layerNorm"
        case .instanceNorm: "instanceNorm"
        case .flatten: "flatten"
        case .dropout: "dropout"
        case .gaussianNoise: "gaussianNoise"
        case .rnn: "rnn"
        case .lstm: "lstm"
        case .residual: "residual"
        case .concat: "concat"
        case .activation(let activation): activation.name
        }
    }
}
