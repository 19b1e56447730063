import Fields
import Machine
import Runs
import Settings

/// Reads a config into a plan by its tables, strictly: unknown keys, wrong types, values out of range and what does not go together
/// are errors with a place.
package struct PlanDecoder: Sendable {
    private let reader: FieldReader

    /// - Parameter folderOf: the folder for relative paths in settings of this file; the config's own folder, or the
    ///   current one for the command line.
    package init(folderOf: @escaping @Sendable (String) -> String) { reader = FieldReader(folderOf: folderOf) }

    /// The keys of a config: those of a plan, and what a run directory adds to it.
    package static let keys = RunPlan.keys + recorded
    private static let recorded = ["recorded"]

    /// The plan of a whole config.
    package func plan(_ written: Setting) throws(SettingsError) -> RunPlan {
        let settings = written.readingAsText("name")
        let config = try settings.object(keys: Self.keys)
        if let range = try settings.firstRange {
            throw range.error("this config has ranges, and a run needs a value; sitter search tries several")
        }
        if let validation = config["validation"] { try checkForm(ofValidation: validation) }
        var plan = try reader.read(RunPlan.self, from: settings, beside: Self.recorded)
        plan.settings = settings
        plan.modelSettings = try config.required("model").array()
        plan.name = config["name"] == nil ? Self.name(of: settings.place.file) : plan.name.showingStrayBytes
        plan.validation = try checked(plan.validation, config["validation"], data: plan.data)
        try checkMixup(plan, config["augmentation"])
        plan.schedule = plan.schedule.completed(base: plan.learningRate)
        guard plan.validation == nil else { return plan }
        for (key, isOn) in [("plateau", plan.plateau != nil), ("earlyStopping", plan.earlyStopping != nil)] where isOn {
            throw (config[key] ?? settings)
                .error("it watches the validation set, and there is none; add validation: { fraction: 0.2 }")
        }
        return plan
    }

    /// The run's name where the config has none: that of its file.
    private static func name(of file: String) -> String {
        var name = file.lastPathPart.showingStrayBytes
        // A name that is nothing but a dot and more has no ending.
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        return name.isEmpty ? "run" : String(name.prefix(RunPlan.longestName))
    }

    /// Whoever writes `"fraction"` is told how.
    private func checkForm(ofValidation setting: Setting) throws(SettingsError) {
        if case .object = setting.value { return }
        _ = try setting.choice(["fraction"])
        throw setting.error("write { fraction: 0.2 }")
    }

    /// Data that names validation files leaves no fraction to be held out, and other data needs one.
    private func checked(
        _ plan: ValidationPlan?, _ setting: Setting?, data: DataPlan
    ) throws(SettingsError) -> ValidationPlan? {
        let hasFiles = data.source.options.hasValidationFiles
        guard let plan, let setting else { return hasFiles ? ValidationPlan() : nil }
        if plan.folds == nil, plan.fold != 0 { throw setting.error("a fold is one of several; say of how many: folds") }
        if let folds = plan.folds {
            guard plan.fold < folds else { throw setting.error("the folds are 0 to \(folds - 1), not \(plan.fold)") }
            guard plan.fraction == nil else { throw setting.error("a fold is a share already; drop the fraction") }
        }
        switch (plan.share, hasFiles) {
        case (nil, false):
            throw setting.error("the data names no validation files, so a fraction is due: { fraction: 0.2 }")
        case (.some, true):
            throw setting.error(
                "the data names validation files of its own; drop the \(plan.folds == nil ? "fraction" : "folds") or the files"
            )
        default: return plan
        }
    }

    private func checkMixup(_ plan: RunPlan, _ setting: Setting?) throws(SettingsError) {
        var isMixed = false
        for (index, step) in plan.augmentation.enumerated() {
            guard case .mixup = step else { continue }
            if isMixed, let entry = try setting?.array()[index] { throw entry.error("one mixup is enough") }
            isMixed = true
        }
    }
}
