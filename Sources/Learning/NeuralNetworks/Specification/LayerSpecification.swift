import Fields

/// One entry of a config's `model`: the kinds of layers there are, each with its options. What a layer is stands with its type.
package enum LayerSpecification: Hashable, Sendable {
    case linear(Linear)
    case conv2d(Conv2d)
    case conv1d(Conv1d)
    case maxPool2d(MaxPool2d)
    case avgPool2d(AvgPool2d)
    case maxPool1d(MaxPool1d)
    case avgPool1d(AvgPool1d)
    case fractionalMaxPool2d(FractionalMaxPool2d)
    case globalAvgPool
    case batchNorm(BatchNorm)
    case layerNorm(LayerNorm)
    case instanceNorm(InstanceNorm)
    case flatten
    case dropout(Dropout)
    case gaussianNoise(GaussianNoise)
    case rnn(RNN)
    case lstm(LSTM)
    case residual(Residual)
    case concat(Concat)
    case activation(Activation)
}

extension LayerSpecification: Alternatives {
    package static let alternatives: [Alternative<LayerSpecification>] =
        [
            Alternative(LayerSpecification.linear),
            Alternative(LayerSpecification.conv2d),
            Alternative(LayerSpecification.conv1d),
            Alternative(LayerSpecification.maxPool2d),
            Alternative(LayerSpecification.avgPool2d),
            Alternative(LayerSpecification.maxPool1d),
            Alternative(LayerSpecification.avgPool1d),
            Alternative(LayerSpecification.fractionalMaxPool2d),
            Alternative { (_: GlobalAvgPool) in .globalAvgPool },
            Alternative(LayerSpecification.batchNorm),
            Alternative(LayerSpecification.layerNorm),
            Alternative(LayerSpecification.instanceNorm),
            Alternative { (_: Flatten) in .flatten },
            Alternative(LayerSpecification.dropout),
            Alternative(LayerSpecification.gaussianNoise),
            Alternative(LayerSpecification.rnn),
            Alternative(LayerSpecification.lstm),
            Alternative(LayerSpecification.residual),
            Alternative(LayerSpecification.concat),
        ] + Activation.alternatives.map { $0.map(LayerSpecification.activation) }

    package var chosen: any Written { layer }

    /// The layer itself.
    var layer: any Layer {
        switch self {
        case .linear(let layer): layer
        case .conv2d(let layer): layer
        case .conv1d(let layer): layer
        case .maxPool2d(let layer): layer
        case .avgPool2d(let layer): layer
        case .maxPool1d(let layer): layer
        case .avgPool1d(let layer): layer
        case .fractionalMaxPool2d(let layer): layer
        case .globalAvgPool: GlobalAvgPool()
        case .batchNorm(let layer): layer
        case .layerNorm(let layer): layer
        case .instanceNorm(let layer): layer
        case .flatten: Flatten()
        case .dropout(let layer): layer
        case .gaussianNoise(let layer): layer
        case .rnn(let layer): layer
        case .lstm(let layer): layer
        case .residual(let layer): layer
        case .concat(let layer): layer
        case .activation(let activation): activation.layer
        }
    }

    /// The config's word.
    package var kind: String { type(of: layer).word }
}
