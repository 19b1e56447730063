import Datasets
import Settings

extension Augmentation {
    /// The step as a config writes it.
    var json: JSON {
        let options: JSON =
            switch self {
            case .horizontalFlip(let p): ["p": .number(p)]
            case .randomCrop(let padding): ["padding": .integer(padding)]
            case .randomResizedCrop(let scale, let ratio): ["scale": scale.json, "ratio": ratio.json]
            case .colorJitter(let brightness, let contrast, let saturation):
                [
                    "brightness": .number(brightness), "contrast": .number(contrast),
                    "saturation": .number(saturation),
                ]
            case .randAugment(let operations, let magnitude):
                ["operations": .integer(operations), "magnitude": .integer(magnitude)]
            case .cutout(let size): ["size": .integer(size)]
            case .noise(let std): ["std": .number(std)]
            case .mixup(let alpha): ["alpha": .number(alpha)]
            }
        return .object([(name, options)])
    }
}

extension AveragedView {
    /// The view as a config writes it.
    var json: JSON {
        switch self {
        case .identity: "identity"
        case .horizontalFlip: "horizontalFlip"
        case .fiveCrops(let padding): ["fiveCrops": ["padding": .integer(padding)]]
        }
    }
}

extension Preprocessing {
    /// The step as a config writes it.
    var json: JSON {
        switch self {
        case .zeroMean(let scope): return ["zeroMean": scope.json]
        case .standardize(let scope): return ["standardize": scope.json]
        case .pca(let components):
            return components.map { ["pca": ["components": .integer($0)]] } ?? "pca"
        case .whiten(let eps, let components):
            var options: [(String, JSON)] = [("eps", .number(eps))]
            if let components { options.append(("components", .integer(components))) }
            return .object([("whiten", .object(options))])
        }
    }
}

extension Preprocessing.Scope {
    fileprivate var json: JSON {
        switch self {
        case .perFeature: "features"
        case .all: "all"
        case .channels: "channels"
        }
    }
}

extension ClosedRange<Double> {
    fileprivate var json: JSON { [.number(lowerBound), .number(upperBound)] }
}
