import Datasets
import Settings

extension PlanDecoder {
    func dataPlan(_ setting: Setting) throws(SettingsError) -> DataPlan {
        let choice = try setting.choice(["digits", "spirals", "blobs", "idx"])
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
        default:
            return .idx(try idxFiles(choice))
        }
    }

    private func seed(_ setting: Setting?) throws(SettingsError) -> UInt64 {
        UInt64(try setting?.integer(in: 0...Int.max) ?? 0)
    }

    private func idxFiles(_ choice: Choice) throws(SettingsError) -> DataPlan.IDXFiles {
        let options = try choice.options(
            keys: ["images", "labels", "validationImages", "validationLabels", "raw", "classes"])
        guard choice.option != nil else {
            throw choice.setting.error("idx needs its files: { idx: { images: \"...\", labels: \"...\" } }")
        }
        let validation: DataPlan.IDXFiles.Pair?
        switch (options["validationImages"], options["validationLabels"]) {
        case (nil, nil): validation = nil
        case (let images?, let labels?): validation = .init(images: try path(images), labels: try path(labels))
        case (let images?, nil): throw images.error("validationLabels is missing beside it")
        case (nil, let labels?): throw labels.error("validationImages is missing beside it")
        }
        return DataPlan.IDXFiles(
            images: try path(options.required("images")), labels: try path(options.required("labels")),
            validation: validation, raw: try options["raw"]?.bool() ?? false,
            classCount: try options["classes"]?.integer(in: 2...256))
    }

    func validationPlan(_ setting: Setting?, data: DataPlan) throws(SettingsError) -> ValidationPlan? {
        let hasFiles = if case .idx(let files) = data { files.validation != nil } else { false }
        guard let setting else { return hasFiles ? .files : nil }
        let options = try setting.choice(["fraction"])
        guard let fraction = options.option else { throw setting.error("write { fraction: 0.2 }") }
        guard !hasFiles else {
            throw setting.error("the data names validation files of its own; drop the fraction or the files")
        }
        let share = try fraction.double()
        guard share > 0, share < 1 else {
            throw fraction.error("a share above 0 and below 1 is due, not \(JSON(fraction).compact)")
        }
        return .fraction(share)
    }

    func preprocessing(_ setting: Setting?) throws(SettingsError) -> [Preprocessing] {
        guard let setting else { return [] }
        var steps: [Preprocessing] = []
        for entry in try setting.array() {
            let choice = try entry.choice(["zeroMean", "standardize"])
            let options = try choice.options(keys: ["over"], main: "over")
            let scopes: [String: Preprocessing.Scope] = [
                "features": .perFeature, "all": .all, "channels": .channels,
            ]
            let scope = try options["over"]?.oneOf(scopes) ?? .perFeature
            steps.append(choice.name == "zeroMean" ? .zeroMean(scope) : .standardize(scope))
        }
        return steps
    }
}
