import NeuralNetworks
import Settings

extension PlanDecoder {
    /// A layer with weights.
    func weightedLayer(_ choice: Choice) throws(SettingsError) -> LayerSpecification {
        switch choice.name {
        case "linear":
            let options = try choice.options(keys: ["units", "bias", "dropConnect", "initializer"], main: "units")
            return .linear(
                units: try units(options, of: choice), bias: try options["bias"]?.bool() ?? true,
                dropConnect: try options["dropConnect"]?.double(in: 0..<1) ?? 0,
                initializer: try layerInitializer(options["initializer"]))
        case "rnn":
            let options = try choice.options(
                keys: ["units", "nonlinearity", "returnSequences", "initializer"], main: "units")
            return .rnn(
                units: try units(options, of: choice),
                nonlinearity: try options["nonlinearity"]?.oneOf(LayerSpecification.Nonlinearity.self) ?? .tanh,
                returnSequences: try options["returnSequences"]?.bool() ?? false,
                initializer: try layerInitializer(options["initializer"]))
        case "lstm":
            let options = try choice.options(keys: ["units", "returnSequences", "initializer"], main: "units")
            return .lstm(
                units: try units(options, of: choice), returnSequences: try options["returnSequences"]?.bool() ?? false,
                initializer: try layerInitializer(options["initializer"]))
        default: return try convolution(choice)
        }
    }

    private func units(_ options: SettingObject, of choice: Choice) throws(SettingsError) -> Int {
        try required(options["units"], "units", of: choice, example: "{ \(choice.name): 128 }")
            .integer(in: 1...10_000_000)
    }

    private func convolution(_ choice: Choice) throws(SettingsError) -> LayerSpecification {
        let options = try choice.options(keys: ["filters", "kernel", "stride", "padding", "bias", "initializer"])
        let example = "{ \(choice.name): { filters: 32, kernel: 3 } }"
        let filters = try required(options["filters"], "filters", of: choice, example: example)
            .integer(in: 1...1_000_000)
        let kernel = try required(options["kernel"], "kernel", of: choice, example: example)
        let bias = try options["bias"]?.bool() ?? true
        let initializer = try layerInitializer(options["initializer"])
        guard choice.name == "conv2d" else {
            return .conv1d(
                filters: filters, kernel: try kernel.integer(in: 1...65_535),
                stride: try options["stride"]?.integer(in: 1...65_535) ?? 1,
                padding: try options["padding"]?.integer(in: 0...65_535) ?? 0, bias: bias, initializer: initializer)
        }
        return .conv2d(
            filters: filters, kernel: try extent(kernel, from: 1),
            stride: try optionalExtent(options["stride"], from: 1) ?? 1,
            padding: try optionalExtent(options["padding"], from: 0) ?? 0, bias: bias, initializer: initializer)
    }

    /// A layer that pools windows.
    func pool(_ choice: Choice) throws(SettingsError) -> LayerSpecification {
        guard choice.name != "fractionalMaxPool2d" else { return try fractionalPool(choice) }
        let options = try choice.options(keys: ["size", "stride", "padding"], main: "size")
        let window = try required(options["size"], "size", of: choice, example: "{ \(choice.name): 2 }")
        guard choice.name.hasSuffix("2d") else {
            let size = try window.integer(in: 1...65_535)
            let stride = try options["stride"]?.integer(in: 1...65_535) ?? size
            let padding = try options["padding"]?.integer(in: 0...65_535) ?? 0
            return choice.name == "maxPool1d"
                ? .maxPool1d(size: size, stride: stride, padding: padding)
                : .avgPool1d(size: size, stride: stride, padding: padding)
        }
        let size = try extent(window, from: 1)
        let stride = try optionalExtent(options["stride"], from: 1) ?? size
        let padding = try optionalExtent(options["padding"], from: 0) ?? 0
        return choice.name == "maxPool2d"
            ? .maxPool2d(size: size, stride: stride, padding: padding)
            : .avgPool2d(size: size, stride: stride, padding: padding)
    }

    private func fractionalPool(_ choice: Choice) throws(SettingsError) -> LayerSpecification {
        let options = try choice.options(keys: ["size", "outputRatio"])
        let example = "{ fractionalMaxPool2d: { size: 2, outputRatio: 0.7 } }"
        let size = try extent(required(options["size"], "size", of: choice, example: example), from: 1)
        let ratio = try required(options["outputRatio"], "outputRatio", of: choice, example: example)
        guard case .array(let entries) = ratio.value else {
            let both = try self.ratio(ratio)
            return .fractionalMaxPool2d(size: size, heightRatio: both, widthRatio: both)
        }
        guard entries.count == 2 else { throw ratio.error("one number or [height, width] is due") }
        return .fractionalMaxPool2d(
            size: size, heightRatio: try self.ratio(entries[0]), widthRatio: try self.ratio(entries[1]))
    }

    private func ratio(_ setting: Setting) throws(SettingsError) -> Double {
        let ratio = try setting.double()
        guard ratio > 0, ratio < 1 else { throw setting.error("a ratio above 0 and below 1 is due, not \(ratio)") }
        return ratio
    }

    /// A layer that holds others.
    func block(_ choice: Choice) throws(SettingsError) -> LayerSpecification {
        if choice.name == "residual" {
            let options = try choice.options(keys: ["body", "shortcut", "stochasticDepth"], main: "body")
            let body = try required(
                options["body"], "body", of: choice, example: "{ residual: { body: [{ linear: 64 }, \"relu\"] } }")
            let shortcut = try options["shortcut"].map { setting throws(SettingsError) in try layers(setting) }
            return .residual(
                body: try layers(body), shortcut: shortcut ?? [],
                stochasticDepth: try options["stochasticDepth"]?.double(in: 0..<1) ?? 0)
        }
        let options = try choice.options(keys: ["branches"], main: "branches")
        let branches = try required(
            options["branches"], "branches", of: choice, example: "{ concat: { branches: [[...], [...]] } }")
        var lists: [[LayerSpecification]] = []
        for branch in try branches.array() { lists.append(try layers(branch)) }
        return .concat(branches: lists)
    }
}
