import NeuralNetworks
import Settings

extension LayerSpecification {
    /// The layer as a config writes it.
    var json: JSON {
        switch self {
        case .linear(let units, let bias, let dropConnect, let initializer):
            named(
                [("units", .integer(units)), ("bias", .bool(bias)), ("dropConnect", .number(dropConnect))], initializer)
        case .conv2d(let filters, let kernel, let stride, let padding, let bias, let initializer):
            named(
                [
                    ("filters", .integer(filters)), ("kernel", kernel.json), ("stride", stride.json),
                    ("padding", padding.json), ("bias", .bool(bias)),
                ], initializer)
        case .conv1d(let filters, let kernel, let stride, let padding, let bias, let initializer):
            named(
                [
                    ("filters", .integer(filters)), ("kernel", .integer(kernel)), ("stride", .integer(stride)),
                    ("padding", .integer(padding)), ("bias", .bool(bias)),
                ], initializer)
        case .maxPool2d(let size, let stride, let padding), .avgPool2d(let size, let stride, let padding):
            named([("size", size.json), ("stride", (stride ?? size).json), ("padding", padding.json)])
        case .maxPool1d(let size, let stride, let padding), .avgPool1d(let size, let stride, let padding):
            named([("size", .integer(size)), ("stride", .integer(stride ?? size)), ("padding", .integer(padding))])
        case .fractionalMaxPool2d(let size, let heightRatio, let widthRatio):
            named([("size", size.json), ("outputRatio", [.number(heightRatio), .number(widthRatio)])])
        case .batchNorm(let momentum, let eps, let initialScale):
            named([("momentum", .number(momentum)), ("eps", .number(eps)), ("initialScale", .number(initialScale))])
        case .layerNorm(let eps), .instanceNorm(let eps): named([("eps", .number(eps))])
        case .dropout(let p): named([("p", .number(p))])
        case .gaussianNoise(let std): named([("std", .number(std))])
        case .rnn(let units, let nonlinearity, let returnSequences, let initializer):
            named(
                [
                    ("units", .integer(units)), ("nonlinearity", .string(nonlinearity.rawValue)),
                    ("returnSequences", .bool(returnSequences)),
                ], initializer)
        case .lstm(let units, let returnSequences, let initializer):
            named([("units", .integer(units)), ("returnSequences", .bool(returnSequences))], initializer)
        case .residual(let body, let shortcut, let stochasticDepth):
            named([
                ("body", .array(body.map(\.json))), ("shortcut", .array(shortcut.map(\.json))),
                ("stochasticDepth", .number(stochasticDepth)),
            ])
        case .concat(let branches):
            named([("branches", .array(branches.map { .array($0.map(\.json)) }))])
        case .activation(.leakyRelu(let slope)): named([("slope", .number(slope))])
        case .activation(.elu(let alpha)): named([("alpha", .number(alpha))])
        case .activation(.maxout(let pieces)): named([("pieces", .integer(pieces))])
        case .flatten, .globalAvgPool, .activation: .string(kind)
        }
    }

    private func named(_ options: [(String, JSON)], _ initializer: LayerInitializer? = nil) -> JSON {
        let own = initializer.map { [("initializer", $0.weights.json(bias: $0.bias))] } ?? []
        return .object([(kind, .object(options + own))])
    }
}

extension Extent2 {
    fileprivate var json: JSON { height == width ? .integer(height) : [.integer(height), .integer(width)] }
}
