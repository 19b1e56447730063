import Datasets
import Settings
import Tensors

extension PlanDecoder {
    private static let dataNames = [
        "digits", "spirals", "blobs", "idx", "cifar10", "csv", "npy", "npz", "imageFolder", "sequences",
        "random",
    ]

    func dataPlan(_ setting: Setting) throws(SettingsError) -> DataPlan {
        let choice = try setting.choice(Self.dataNames, beside: ["memoryLimit"])
        switch choice.name {
        case "digits":
            let options = try choice.options(keys: ["count", "seed"], main: "count")
            return .digits(
                count: try options["count"]?.integer(in: 1...2_000_000) ?? 20_000, seed: try seed(options["seed"]))
        case "spirals":
            let options = try choice.options(keys: ["count", "classes", "noise", "turns", "seed"], main: "count")
            return .spirals(
                count: try options["count"]?.integer(in: 1...10_000_000) ?? 3_000,
                classes: try options["classes"]?.integer(in: 2...100) ?? 3,
                noise: try options["noise"]?.double(in: 0...10) ?? 0.2,
                turns: try options["turns"]?.double(in: 0...20) ?? 0.64, seed: try seed(options["seed"]))
        case "blobs":
            let options = try choice.options(keys: ["count", "classes", "features", "spread", "seed"], main: "count")
            return .blobs(
                count: try options["count"]?.integer(in: 1...10_000_000) ?? 3_000,
                classes: try options["classes"]?.integer(in: 2...1_000) ?? 3,
                features: try options["features"]?.integer(in: 1...10_000) ?? 2,
                spread: try options["spread"]?.double(in: 0...1_000) ?? 1, seed: try seed(options["seed"]))
        case "sequences":
            let options = try choice.options(keys: ["kind", "length", "count", "seed"], main: "kind")
            return .sequences(
                kind: try options["kind"]?.oneOf(BuiltInData.SequenceKind.self) ?? .copy,
                length: try options["length"]?.integer(in: 2...100_000) ?? 20,
                count: try options["count"]?.integer(in: 1...10_000_000) ?? 3_000, seed: try seed(options["seed"]))
        case "random":
            let options = try choice.options(keys: ["count", "shape", "classes", "seed"], main: "count")
            return .random(
                count: try options["count"]?.integer(in: 1...10_000_000) ?? 3_000,
                shape: try options["shape"].map(exampleShape) ?? [1, 28, 28],
                classes: try options["classes"]?.integer(in: 2...100_000) ?? 10, seed: try seed(options["seed"]))
        default: return try fileData(choice)
        }
    }

    /// `[features]`, `[steps, features]` or `[channels, height, width]`.
    private func exampleShape(_ setting: Setting) throws(SettingsError) -> Shape {
        let list = try setting.array()
        guard (1...3).contains(list.count) else {
            throw setting.error("one to three extents are due, as in [3, 32, 32]")
        }
        var extents: [Int] = []
        for entry in list { extents.append(try entry.integer(in: 1...4_096)) }
        return Shape(extents)
    }

    private func seed(_ setting: Setting?) throws(SettingsError) -> UInt64 {
        UInt64(try setting?.integer(in: 0...Int.max) ?? 0)
    }

    /// `data: { ..., memoryLimit: BYTES }`.
    func memoryLimit(_ setting: Setting) throws(SettingsError) -> Int {
        guard case .object(let members) = setting.value else { return MemoryLimit.standard.bytes }
        let limit = members.first { $0.name == "memoryLimit" }?.setting
        return try limit?.integer(in: 0...Int.max) ?? MemoryLimit.standard.bytes
    }

    func validationPlan(_ setting: Setting?, data: DataPlan) throws(SettingsError) -> ValidationPlan? {
        let hasFiles = data.hasValidationFiles
        guard let setting else { return hasFiles ? .files : nil }
        guard case .object = setting.value else {
            _ = try setting.choice(["fraction"])
            throw setting.error("write { fraction: 0.2 }")
        }
        guard let fraction = try setting.object(keys: ["fraction", "averaging"])["fraction"] else {
            guard hasFiles else {
                throw setting.error("the data names no validation files, so a fraction is due: { fraction: 0.2 }")
            }
            return .files
        }
        guard !hasFiles else {
            throw setting.error("the data names validation files of its own; drop the fraction or the files")
        }
        let share = try fraction.double()
        guard share > 0, share < 1 else {
            throw fraction.error("a share above 0 and below 1 is due, not \(JSON(fraction).compact)")
        }
        return .fraction(share)
    }

    /// `validation: { averaging: ["identity", "horizontalFlip", { fiveCrops: 4 }] }`.
    func averaging(_ setting: Setting?) throws(SettingsError) -> [AveragedView] {
        guard let setting, case .object = setting.value, let list = try setting.object()["averaging"] else { return [] }
        var views: [AveragedView] = []
        for entry in try list.array() {
            let choice = try entry.choice(["identity", "horizontalFlip", "fiveCrops"])
            switch choice.name {
            case "fiveCrops":
                let options = try choice.options(keys: ["padding"], main: "padding")
                views.append(.fiveCrops(padding: try options["padding"]?.integer(in: 1...1_000) ?? 4))
            default:
                _ = try choice.options(keys: [])
                views.append(choice.name == "identity" ? .identity : .horizontalFlip)
            }
        }
        return views
    }

    func preprocessing(_ setting: Setting?) throws(SettingsError) -> [Preprocessing] {
        guard let setting else { return [] }
        var steps: [Preprocessing] = []
        for entry in try setting.array() { steps.append(try preprocessingStep(entry)) }
        return steps
    }

    private func preprocessingStep(_ setting: Setting) throws(SettingsError) -> Preprocessing {
        let choice = try setting.choice(["zeroMean", "standardize", "pca", "whiten"])
        switch choice.name {
        case "pca":
            let options = try choice.options(keys: ["components"], main: "components")
            return .pca(components: try options["components"]?.integer(in: 1...FittedPreprocessing.mostFeatures))
        case "whiten":
            let options = try choice.options(keys: ["eps", "components"], main: "eps")
            return .whiten(
                eps: try options["eps"]?.positiveDouble() ?? 1e-5,
                components: try options["components"]?.integer(in: 1...FittedPreprocessing.mostFeatures))
        default:
            let options = try choice.options(keys: ["over"], main: "over")
            let scopes: [String: Preprocessing.Scope] = [
                "features": .perFeature, "all": .all, "channels": .channels,
            ]
            let scope = try options["over"]?.oneOf(scopes) ?? .perFeature
            return choice.name == "zeroMean" ? .zeroMean(scope) : .standardize(scope)
        }
    }
}
