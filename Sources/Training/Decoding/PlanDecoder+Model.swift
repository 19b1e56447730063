import NeuralNetworks
import Settings

extension PlanDecoder {
    private static let layers = [
        "linear", "conv2d", "conv1d", "maxPool2d", "avgPool2d", "globalAvgPool", "batchNorm", "flatten", "dropout",
        "relu", "leakyRelu", "prelu", "elu", "selu",
        "gelu", "sigmoid", "tanh", "softmax",
    ]

    func model(_ setting: Setting) throws(SettingsError) -> [LayerSpecification] {
        let entries = try setting.array()
        guard !entries.isEmpty else { throw setting.error("a model needs at least one layer") }
        var layers: [LayerSpecification] = []
        for entry in entries { layers.append(try layer(entry)) }
        return layers
    }

    private func layer(_ setting: Setting) throws(SettingsError) -> LayerSpecification {
        let choice = try setting.choice(Self.layers)
        switch choice.name {
        case "linear":
            let options = try choice.options(keys: ["units", "bias"], main: "units")
            let units = try required(options["units"], "units", of: choice, example: "{ linear: 128 }")
            return .linear(
                units: try units.integer(in: 1...10_000_000), bias: try options["bias"]?.bool() ?? true)
        case "conv2d":
            let options = try choice.options(keys: ["filters", "kernel", "stride", "padding", "bias"])
            let example = "{ conv2d: { filters: 32, kernel: 3 } }"
            return .conv2d(
                filters: try required(options["filters"], "filters", of: choice, example: example)
                    .integer(in: 1...1_000_000),
                kernel: try extent(required(options["kernel"], "kernel", of: choice, example: example), from: 1),
                stride: try optionalExtent(options["stride"], from: 1) ?? 1,
                padding: try optionalExtent(options["padding"], from: 0) ?? 0,
                bias: try options["bias"]?.bool() ?? true)
        case "conv1d":
            let options = try choice.options(keys: ["filters", "kernel", "stride", "padding", "bias"])
            let example = "{ conv1d: { filters: 32, kernel: 3 } }"
            return .conv1d(
                filters: try required(options["filters"], "filters", of: choice, example: example)
                    .integer(in: 1...1_000_000),
                kernel: try required(options["kernel"], "kernel", of: choice, example: example).integer(in: 1...65_535),
                stride: try options["stride"]?.integer(in: 1...65_535) ?? 1,
                padding: try options["padding"]?.integer(in: 0...65_535) ?? 0,
                bias: try options["bias"]?.bool() ?? true)
        case "maxPool2d", "avgPool2d":
            let options = try choice.options(keys: ["size", "stride", "padding"], main: "size")
            let example = "{ \(choice.name): 2 }"
            let size = try extent(required(options["size"], "size", of: choice, example: example), from: 1)
            let stride = try optionalExtent(options["stride"], from: 1) ?? size
            let padding = try optionalExtent(options["padding"], from: 0) ?? 0
            return choice.name == "maxPool2d"
                ? .maxPool2d(size: size, stride: stride, padding: padding)
                : .avgPool2d(size: size, stride: stride, padding: padding)
        case "globalAvgPool":
            _ = try choice.options(keys: [])
            return .globalAvgPool
        case "batchNorm":
            let options = try choice.options(keys: ["momentum", "eps"])
            return .batchNorm(
                momentum: try options["momentum"]?.double(in: 0...1) ?? 0.1,
                eps: try options["eps"]?.positiveDouble() ?? 1e-5)
        case "flatten":
            _ = try choice.options(keys: [])
            return .flatten
        case "dropout":
            let options = try choice.options(keys: ["p"], main: "p")
            return .dropout(p: try options["p"]?.double(in: 0..<1) ?? 0.5)
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

    private func required(
        _ setting: Setting?, _ key: String, of choice: Choice, example: String
    ) throws(SettingsError) -> Setting {
        guard let setting else {
            throw (choice.option ?? choice.setting).error("\(choice.name) needs \(key), as in \(example)")
        }
        return setting
    }

    /// A height and a width, written as one number for both or as a list of two.
    private func extent(_ setting: Setting, from least: Int) throws(SettingsError) -> Extent2 {
        guard case .array(let entries) = setting.value else {
            let both = try setting.integer(in: least...65_535)
            return Extent2(height: both, width: both)
        }
        guard entries.count == 2 else { throw setting.error("one number or [height, width] is due") }
        return Extent2(
            height: try entries[0].integer(in: least...65_535), width: try entries[1].integer(in: least...65_535))
    }

    private func optionalExtent(_ setting: Setting?, from least: Int) throws(SettingsError) -> Extent2? {
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

    func loss(_ setting: Setting?) throws(SettingsError) -> Loss {
        guard let setting else { return .crossEntropy }
        let choice = try setting.choice(Loss.allCases.map(\.rawValue))
        _ = try choice.options(keys: [])
        return Loss(rawValue: choice.name) ?? .crossEntropy
    }
}
