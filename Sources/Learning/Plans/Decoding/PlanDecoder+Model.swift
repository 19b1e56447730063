import NeuralNetworks
import Settings

extension PlanDecoder {
    private static let layers = [
        "linear", "conv2d", "conv1d", "maxPool2d", "avgPool2d", "maxPool1d", "avgPool1d", "fractionalMaxPool2d",
        "globalAvgPool", "batchNorm", "layerNorm", "instanceNorm", "flatten", "dropout", "gaussianNoise", "rnn", "lstm",
        "residual", "concat", "relu", "leakyRelu", "prelu", "elu", "selu", "gelu", "sigmoid", "tanh", "softmax",
        "maxout",
    ]

    func model(_ setting: Setting) throws(SettingsError) -> [LayerSpecification] {
        guard try !setting.array().isEmpty else { throw setting.error("a model needs at least one layer") }
        return try layers(setting)
    }

    /// A list of layers: the model, or a part of a block.
    func layers(_ setting: Setting) throws(SettingsError) -> [LayerSpecification] {
        var layers: [LayerSpecification] = []
        for entry in try setting.array() { layers.append(try layer(entry)) }
        return layers
    }

    private func layer(_ setting: Setting) throws(SettingsError) -> LayerSpecification {
        let choice = try setting.choice(Self.layers)
        switch choice.name {
        case "linear", "conv2d", "conv1d", "rnn", "lstm": return try weightedLayer(choice)
        case "maxPool2d", "avgPool2d", "maxPool1d", "avgPool1d", "fractionalMaxPool2d": return try pool(choice)
        case "residual", "concat": return try block(choice)
        case "globalAvgPool":
            _ = try choice.options(keys: [])
            return .globalAvgPool
        case "batchNorm":
            let options = try choice.options(keys: ["momentum", "eps", "initialScale"])
            return .batchNorm(
                momentum: try options["momentum"]?.double(in: 0...1) ?? 0.1,
                eps: try options["eps"]?.positiveDouble() ?? 1e-5,
                initialScale: try options["initialScale"]?.double(in: -1e6...1e6) ?? 1)
        case "layerNorm", "instanceNorm":
            let eps = try choice.options(keys: ["eps"])["eps"]?.positiveDouble() ?? 1e-5
            return choice.name == "layerNorm" ? .layerNorm(eps: eps) : .instanceNorm(eps: eps)
        case "flatten":
            _ = try choice.options(keys: [])
            return .flatten
        case "dropout":
            let options = try choice.options(keys: ["p"], main: "p")
            return .dropout(p: try options["p"]?.double(in: 0..<1) ?? 0.5)
        case "gaussianNoise":
            let options = try choice.options(keys: ["std"], main: "std")
            return .gaussianNoise(
                std: try required(options["std"], "std", of: choice, example: "{ gaussianNoise: 0.1 }")
                    .double(in: 0...1e6))
        default:
            return .activation(try activation(choice))
        }
    }

    private func activation(_ choice: Choice) throws(SettingsError) -> Activation {
        switch choice.name {
        case "leakyRelu":
            let options = try choice.options(keys: ["slope"], main: "slope")
            return .leakyRelu(slope: try options["slope"]?.double(in: 0...1) ?? 0.01)
        case "elu":
            let options = try choice.options(keys: ["alpha"], main: "alpha")
            return .elu(alpha: try options["alpha"]?.double(in: 0...100) ?? 1)
        case "maxout":
            let options = try choice.options(keys: ["pieces"], main: "pieces")
            return .maxout(pieces: try options["pieces"]?.integer(in: 2...1_000) ?? 2)
        default:
            _ = try choice.options(keys: [])
            let plain: [String: Activation] = [
                "relu": .relu, "prelu": .prelu, "selu": .selu, "gelu": .gelu, "sigmoid": .sigmoid, "tanh": .tanh,
                "softmax": .softmax,
            ]
            guard let activation = plain[choice.name] else { preconditionFailure("\(choice.name) is no layer") }
            return activation
        }
    }

    func required(
        _ setting: Setting?, _ key: String, of choice: Choice, example: String
    ) throws(SettingsError) -> Setting {
        guard let setting else {
            throw (choice.option ?? choice.setting).error("\(choice.name) needs \(key), as in \(example)")
        }
        return setting
    }

    /// A height and a width, written as one number for both or as a list of two.
    func extent(_ setting: Setting, from least: Int) throws(SettingsError) -> Extent2 {
        guard case .array(let entries) = setting.value else {
            let both = try setting.integer(in: least...65_535)
            return Extent2(height: both, width: both)
        }
        guard entries.count == 2 else { throw setting.error("one number or [height, width] is due") }
        return Extent2(
            height: try entries[0].integer(in: least...65_535), width: try entries[1].integer(in: least...65_535))
    }

    func optionalExtent(_ setting: Setting?, from least: Int) throws(SettingsError) -> Extent2? {
        guard let setting else { return nil }
        return try extent(setting, from: least)
    }

    /// How weights begin, and the value biases begin with where the config gives one.
    func initializer(_ setting: Setting?) throws(SettingsError) -> (Initializer, bias: Double?) {
        guard let setting else { return (.standard, nil) }
        let choice = try setting.choice([
            "standard", "constant", "normal", "xavierNormal", "xavierUniform", "kaimingNormal", "kaimingUniform",
            "zero",
        ])
        let main = ["constant": "value", "normal": "std", "xavierNormal": "mode", "xavierUniform": "mode"][choice.name]
        let options = try choice.options(keys: (main.map { [$0] } ?? []) + ["bias"], main: main)
        return (try initializer(choice, options), try options["bias"]?.double(in: -1e6...1e6))
    }

    private func initializer(_ choice: Choice, _ options: SettingObject) throws(SettingsError) -> Initializer {
        switch choice.name {
        case "constant":
            return .constant(
                try required(options["value"], "value", of: choice, example: "{ constant: 0.1 }")
                    .double(in: -1e6...1e6))
        case "normal":
            return .normal(
                std: try required(options["std"], "std", of: choice, example: "{ normal: 0.01 }").double(in: 0...1e6))
        case "xavierNormal":
            return .xavierNormal(mode: try options["mode"]?.oneOf(Initializer.FanMode.self) ?? .average)
        case "xavierUniform":
            return .xavierUniform(mode: try options["mode"]?.oneOf(Initializer.FanMode.self) ?? .average)
        case "kaimingNormal": return .kaimingNormal
        case "kaimingUniform": return .kaimingUniform
        case "zero": return .zero
        default: return .standard
        }
    }

    /// A layer's own initializer; nil for the network's.
    func layerInitializer(_ setting: Setting?) throws(SettingsError) -> LayerInitializer? {
        guard let setting else { return nil }
        let (weights, bias) = try initializer(setting)
        return LayerInitializer(weights, bias: bias)
    }

    func loss(_ setting: Setting?) throws(SettingsError) -> Loss {
        guard let setting else { return .crossEntropy }
        let choice = try setting.choice(Loss.allCases.map(\.rawValue))
        guard let loss = Loss(rawValue: choice.name) else { preconditionFailure("\(choice.name) is no loss") }
        guard case .crossEntropy = loss else {
            _ = try choice.options(keys: [])
            return loss
        }
        let options = try choice.options(keys: ["labelSmoothing"])
        return .crossEntropy(labelSmoothing: try options["labelSmoothing"]?.double(in: 0..<1) ?? 0)
    }
}
