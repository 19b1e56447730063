import Datasets
import Foundation
import NeuralNetworks
import Optimizers
import Settings

/// Reads a config into a plan, strictly: unknown keys, wrong types and values out of range are errors with a place.
package struct PlanDecoder: Sendable {
    /// The folder that relative paths of a file's settings start from, by the name the settings carry as their file.
    let folderOf: @Sendable (String) -> String

    /// - Parameter folderOf: the folder for relative paths in settings of this file; the config's own folder, or the
    ///   current one for the command line.
    package init(folderOf: @escaping @Sendable (String) -> String) { self.folderOf = folderOf }

    package static let keys = [
        "name", "screen", "data", "validation", "preprocessing", "augmentation", "model", "initializer", "loss",
        "optimizer", "gradientClipping", "schedule", "plateau", "earlyStopping", "epochs", "batchSize", "shuffle",
        "dropLast", "seed", "threads", "statistics", "recorded",
    ]

    private static let longestName = 64

    /// The plan of a whole config.
    package func plan(_ settings: Setting) throws(SettingsError) -> RunPlan {
        let config = try settings.object(keys: Self.keys)
        let data = try dataPlan(config.required("data"))
        let validation = try validationPlan(config["validation"], data: data)
        let (optimizer, learningRate) = try optimizer(config["optimizer"])
        let (initializer, bias) = try initializer(config["initializer"])
        return RunPlan(
            name: try name(config["name"], settings: settings),
            screen: try config["screen"]?.oneOf(RunPlan.screens) ?? RunPlan.screens[0],
            data: data,
            validation: validation,
            memoryLimit: try memoryLimit(config.required("data")),
            averaging: try averaging(config["validation"]),
            preprocessing: try preprocessing(config["preprocessing"]),
            augmentation: try augmentation(config["augmentation"]),
            model: try model(config.required("model")),
            modelSettings: try config.required("model").array(),
            initializer: initializer,
            biasValue: bias,
            loss: try loss(config["loss"]),
            optimizer: optimizer,
            learningRate: learningRate,
            gradientClipping: try gradientClipping(config["gradientClipping"]),
            schedule: try schedule(config["schedule"], base: learningRate),
            plateau: try plateau(config["plateau"], hasValidation: validation != nil),
            earlyStopping: try earlyStopping(config["earlyStopping"], hasValidation: validation != nil),
            epochs: try config["epochs"]?.integer(in: 1...1_000_000) ?? 10,
            batchSize: try config["batchSize"]?.integer(in: 1...1_000_000) ?? 32,
            shuffle: try config["shuffle"]?.bool() ?? true,
            dropLast: try config["dropLast"]?.bool() ?? false,
            seed: UInt64(try config["seed"]?.integer(in: 0...Int.max) ?? 0),
            threads: try config["threads"]?.integer(in: 1...256),
            statistics: try statistics(config["statistics"]),
            settings: settings)
    }

    /// The run's name: the config's, or that of its file.
    private func name(_ setting: Setting?, settings: Setting) throws(SettingsError) -> String {
        guard let setting else {
            let file = URL(fileURLWithPath: settings.place.file).deletingPathExtension().lastPathComponent
            return file.isEmpty ? "run" : String(file.prefix(Self.longestName))
        }
        let name = try setting.string()
        guard !name.isEmpty, name.count <= Self.longestName else {
            throw setting.error("a name of 1 to \(Self.longestName) characters is due")
        }
        return name
    }

    /// An absolute path, or one relative to the folder of the file it stands in.
    func path(_ setting: Setting) throws(SettingsError) -> String {
        let written = try setting.string()
        guard !written.isEmpty else { throw setting.error("a path is due, not an empty string") }
        guard !written.hasPrefix("/") else { return written }
        let folder = folderOf(setting.place.file)
        return folder.isEmpty || folder == "." ? written : "\(folder)/\(written)"
    }

    private func statistics(_ setting: Setting?) throws(SettingsError) -> StatisticsPlan {
        guard let setting else { return StatisticsPlan() }
        if case .string = setting.value {
            let isOff = try setting.oneOf(["off", "on"]) == "off"
            return isOff ? .off : StatisticsPlan()
        }
        let options = try setting.object(keys: ["every", "budget"])
        var plan = StatisticsPlan()
        if let every = options["every"] { plan.every = try every.integer(in: 1...1_000_000_000) }
        if let budget = options["budget"] { plan.budget = try budget.double(in: 0...1) }
        return plan
    }
}
