import Datasets
import Diagnosis
import Files
import Foundation
import Runs
import Settings
import Synchronization
import Tensors

/// A plan's examples, read or made, split and preprocessed: what several runs on the same data share. Nothing in it changes.
package struct LoadedData: Sendable {
    /// The examples to learn from.
    package let training: Dataset
    /// nil where nothing is held out.
    package let validation: Dataset?
    /// What readers and checks found that may not be meant.
    package let warnings: [StartWarning]
    /// What is done to inputs, with the numbers that the training part gave.
    package let preprocessing: [FittedPreprocessing]
    /// What decided it: runs whose plans say the same may share it.
    let choices: DataChoices
    /// What the examples look like, once somebody has asked.
    private let looked = Looked()

    /// Reads or makes the data, splits it and preprocesses both parts with what the training part says.
    ///
    /// Where examples change from batch to batch or stay on the disk, preprocessing waits for the batch: augmentation and
    /// averaged views work on what was stored.
    package init(_ plan: RunPlan, pool: WorkerPool) throws(PreparationError) {
        try Self.checkMemory(plan)
        var training: Dataset
        var validation: Dataset?
        do throws(DatasetError) {
            (training, validation) = try Self.read(plan, pool: pool)
            if let plans = plan.validation, let share = plans.share {
                var split = ValidationSplit(fraction: share, seed: plan.seed, shuffle: plan.shuffle)
                split.fold = plans.folds.map { (plans.fold, $0) }
                (training, validation) = try split.split(training)
            }
        } catch { throw .data(error) }
        try Self.checkAugmentation(plan, training: training)
        warnings = Self.warnings(plan, training: training, validation: validation)
        if !plan.preprocessing.isEmpty { WorkProgress.current?.begin("preprocessing") }
        let fitted = try Self.fit(plan, on: training)
        training = training.preparing(by: fitted)
        validation = validation?.preparing(by: fitted)
        if plan.augmentation.isEmpty { training = training.prepared(pool: pool) }
        if plan.averaging.isEmpty { validation = validation?.prepared(pool: pool) }
        self.training = training
        self.validation = validation
        preprocessing = fitted
        choices = plan.dataChoices
    }

    /// Whether a run of a plan may have it: it says the same about data, seed and shuffling.
    package func serves(_ plan: RunPlan) -> Bool { choices == plan.dataChoices }

    /// The files that both parts came from, each once.
    package var sources: [Dataset.Source] {
        (training.sources + (validation?.sources ?? [])).reduce(into: []) { list, source in
            if !list.contains(where: { $0.path == source.path }) { list.append(source) }
        }
    }

    /// What the examples look like to a net; looked at once, whoever shares them.
    func facts(_ pool: WorkerPool) -> DataFacts {
        looked.facts.withLock { known in
            if let known { return known }
            let facts = DataFacts.of(self, seed: choices.seed, pool: pool)
            known = facts
            return facts
        }
    }

    /// What was seen of the examples, by all who share them.
    private final class Looked: Sendable {
        let facts = Mutex<DataFacts?>(nil)
    }

    /// What readers said, and what the examples themselves say once they are split; data that is made here does not lie.
    private static func warnings(_ plan: RunPlan, training: Dataset, validation: Dataset?) -> [StartWarning] {
        guard !training.sources.isEmpty else { return [] }
        // Of a split both parts carry what was said of the whole.
        let isSplit = plan.validation?.share != nil
        var warnings = training.warnings + (isSplit ? [] : validation?.warnings ?? [])
        warnings += plan.changedFiles(training.sources + (isSplit ? [] : validation?.sources ?? []))
        warnings += [training.absentClasses(in: "training")].compactMap { $0 } + training.copiedTargets()
        if let validation {
            let isFromOne = warnings.contains { $0.id == "labels.fromOne" }
            let absent = isFromOne ? nil : validation.absentClasses(in: "validation")
            warnings += [absent, validation.sharedExamples(with: training)].compactMap { $0 }
        }
        return warnings
    }

    private static func fit(
        _ plan: RunPlan, on training: Dataset
    ) throws(PreparationError) -> [FittedPreprocessing] {
        do throws(DatasetError) {
            return try FittedPreprocessing.fit(plan.preprocessing, on: training)
        } catch {
            guard error.place == "preprocessing" else { throw .data(error) }
            throw .settings(plan.setting("preprocessing").error(error.message))
        }
    }

    /// Whether the examples and the targets are such that they can be changed as the config says.
    private static func checkAugmentation(_ plan: RunPlan, training: Dataset) throws(PreparationError) {
        let entries = (try? plan.setting("augmentation").array()) ?? []
        for (index, step) in plan.augmentation.enumerated() {
            let setting = index < entries.count ? entries[index] : plan.settings
            if let problem = step.step.problem(with: training.storedShape) { throw .settings(setting.error(problem)) }
            if case .mixup = step, training.classCount != nil, plan.loss == .hinge {
                throw .settings(setting.error("mixup makes shares of classes, and hinge needs classes"))
            }
        }
        guard training.storedShape.rank != 3, plan.averaging.contains(where: { $0 != .identity }) else { return }
        throw .settings(
            plan.setting("validation").error(
                "averaging needs pictures [channels, height, width], and the examples are \(training.storedShape)"))
    }

    /// Whether built-in data fits into what it may take, and into the machine; the parts of a split are copies.
    private static func checkMemory(_ plan: RunPlan) throws(PreparationError) {
        let (numbers, limit) = (plan.data.source.options.numberCount, plan.data.memoryLimit)
        guard limit.holds(numbers) else {
            throw .settings(
                plan.setting("data").error(
                    "the examples take \(MemoryLimit.size(numbers.multipliedReportingOverflow(by: 4).partialValue)), more than the "
                        + "\(MemoryLimit.size(limit.bytes)) of data.memoryLimit, and what is made lies in memory; make fewer or "
                        + "smaller ones, or raise data.memoryLimit (in bytes)"))
        }
        let needed = 4 * Double(plan.data.source.options.numberCount) * (plan.validation == nil ? 1 : 2)
        let available = Double(ProcessInfo.processInfo.physicalMemory)
        guard needed > available else { return }
        throw .settings(
            plan.setting("data").error(
                "the examples need \(Int((needed / 0x1p30).rounded(.up))) GB, but the machine has "
                    + "\(Int(available / 0x1p30)); make fewer or smaller ones"))
    }

    private static func read(_ plan: RunPlan, pool: WorkerPool) throws(DatasetError) -> (Dataset, Dataset?) {
        let (source, limit) = (plan.data.source.options, plan.data.memoryLimit)
        let training = try source.training(limit, pool)
        guard let validation = try source.validation(like: training, limit) else { return (training, nil) }
        guard validation.storedShape == training.storedShape else {
            throw DatasetError(
                validation.name,
                "its examples are \(validation.storedShape), those of training \(training.storedShape)")
        }
        return (training, validation)
    }
}

/// Everything of a plan that its data depends on.
struct DataChoices: Hashable, Sendable {
    let data: DataPlan
    let validation: ValidationPlan?
    let isAugmented: Bool
    let preprocessing: [Preprocessing]
    let seed: UInt64
    let shuffle: Bool
}

extension RunPlan {
    /// What its data depends on.
    var dataChoices: DataChoices {
        var validation = validation
        validation?.every = nil
        return DataChoices(
            data: data, validation: validation, isAugmented: !augmentation.isEmpty, preprocessing: preprocessing,
            seed: seed, shuffle: shuffle)
    }

    /// Where a key of the config stands, or the whole where it is absent, for errors.
    func setting(_ key: String) -> Setting { (try? settings.object())?[key] ?? settings }
}
