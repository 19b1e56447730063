import Datasets
import Foundation
import Settings
import Tensors

/// A plan's examples, read or made, split and preprocessed: what several runs on the same data share. Nothing in it changes.
package struct LoadedData: Sendable {
    package let training: Dataset
    /// nil where nothing is held out.
    package let validation: Dataset?
    /// What decided it: runs whose plans say the same may share it.
    let choices: DataChoices

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
            if case .fraction(let share) = plan.validation {
                let split = ValidationSplit(fraction: share, seed: plan.seed, shuffle: plan.shuffle)
                (training, validation) = try split.split(training)
            }
        } catch { throw .data(error) }
        try Self.checkAugmentation(plan, training: training)
        let fitted = try Self.fit(plan, on: training)
        training = training.preparing(by: fitted)
        validation = validation?.preparing(by: fitted)
        if plan.augmentation.isEmpty { training = training.prepared(pool: pool) }
        if plan.averaging.isEmpty { validation = validation?.prepared(pool: pool) }
        self.training = training
        self.validation = validation
        choices = plan.dataChoices
    }

    /// The files that both parts came from, each once.
    package var sources: [Dataset.Source] {
        (training.sources + (validation?.sources ?? [])).reduce(into: []) { list, source in
            if !list.contains(where: { $0.path == source.path }) { list.append(source) }
        }
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
            if let problem = step.problem(with: training.storedShape) { throw .settings(setting.error(problem)) }
            if case .mixup = step, training.classCount != nil, plan.loss == .hinge {
                throw .settings(setting.error("mixup makes shares of classes, and hinge needs classes"))
            }
        }
        guard training.storedShape.rank != 3, plan.averaging.contains(where: { $0 != .identity }) else { return }
        throw .settings(
            plan.setting("validation").error(
                "averaging needs pictures [channels, height, width], and the examples are \(training.storedShape)"))
    }

    /// Whether built-in data fits into the machine; the parts of a split are copies.
    private static func checkMemory(_ plan: RunPlan) throws(PreparationError) {
        let needed = 4 * Double(plan.data.numberCount) * (plan.validation == nil ? 1 : 2)
        let available = Double(ProcessInfo.processInfo.physicalMemory)
        guard needed > available else { return }
        throw .settings(
            plan.setting("data").error(
                "the examples need \(Int((needed / 0x1p30).rounded(.up))) GB, but the machine has "
                    + "\(Int(available / 0x1p30)); make fewer or smaller ones"))
    }

    private static func read(_ plan: RunPlan, pool: WorkerPool) throws(DatasetError) -> (Dataset, Dataset?) {
        let limit = MemoryLimit(bytes: plan.memoryLimit)
        switch plan.data {
        case .digits(let count, let seed): return (BuiltInData.digits(count: count, seed: seed, pool: pool), nil)
        case .spirals(let count, let classes, let noise, let turns, let seed):
            let spirals = BuiltInData.spirals(count: count, classes: classes, noise: noise, turns: turns, seed: seed)
            return (spirals, nil)
        case .blobs(let count, let classes, let features, let spread, let seed):
            let blobs = BuiltInData.blobs(
                count: count, classes: classes, features: features, spread: spread, seed: seed)
            return (blobs, nil)
        case .sequences(let kind, let length, let count, let seed):
            return (BuiltInData.sequences(kind, length: length, count: count, seed: seed), nil)
        case .random(let count, let shape, let classes, let seed):
            let random = BuiltInData.random(
                count: count, shape: shape, classes: classes, seed: seed, pool: pool)
            return (random, nil)
        default:
            let training = try plan.data.training(limit)
            guard let validation = try plan.data.validation(like: training, limit) else { return (training, nil) }
            guard validation.storedShape == training.storedShape else {
                throw DatasetError(
                    validation.name,
                    "its examples are \(validation.storedShape), those of training \(training.storedShape)")
            }
            return (training, validation)
        }
    }
}

/// Everything of a plan that its data depends on.
struct DataChoices: Hashable, Sendable {
    let data: DataPlan
    let validation: ValidationPlan?
    let memoryLimit: Int
    let isAveraged: Bool
    let isAugmented: Bool
    let preprocessing: [Preprocessing]
    let seed: UInt64
    let shuffle: Bool
}

extension RunPlan {
    /// What its data depends on.
    var dataChoices: DataChoices {
        DataChoices(
            data: data, validation: validation, memoryLimit: memoryLimit, isAveraged: !averaging.isEmpty,
            isAugmented: !augmentation.isEmpty, preprocessing: preprocessing, seed: seed, shuffle: shuffle)
    }

    /// Where a key of the config stands, or the whole where it is absent, for errors.
    func setting(_ key: String) -> Setting { (try? settings.object())?[key] ?? settings }
}

extension DataPlan {
    /// Reads the training files.
    fileprivate func training(_ limit: MemoryLimit) throws(DatasetError) -> Dataset {
        switch self {
        case .digits, .spirals, .blobs, .sequences, .random:
            preconditionFailure("built-in data has no files")
        case .idx(let files):
            try IDXReader.read(
                images: files.images, labels: files.labels, raw: files.raw, classCount: files.classCount, limit: limit)
        case .cifar10(let files): try CIFAR10Reader.read(files: files.files, raw: files.raw, limit: limit)
        case .csv(let files): try files.reader(limit).read(files.file)
        case .npy(let files):
            try NPYReader.read(
                inputs: files.inputs, targets: files.targets, classCount: files.classCount, limit: limit)
        case .npz(let files):
            try NPYReader.read(
                archive: files.file, inputs: files.inputs, targets: files.targets, classCount: files.classCount,
                limit: limit)
        case .imageFolder(let folders): try folders.reader(limit).read(folders.folder)
        }
    }

    /// Reads the validation files, in the classes of the training set; nil where there are none.
    fileprivate func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        switch self {
        case .digits, .spirals, .blobs, .sequences, .random: return nil
        case .idx(let files):
            guard let pair = files.validation else { return nil }
            return try IDXReader.read(
                images: pair.images, labels: pair.labels, raw: files.raw, classCount: training.classCount,
                limit: limit)
        case .cifar10(let files):
            guard let paths = files.validationFiles else { return nil }
            return try CIFAR10Reader.read(files: paths, raw: files.raw, limit: limit)
        case .csv(let files):
            guard let path = files.validationFile else { return nil }
            return try files.reader(limit).read(path, like: training)
        case .npy(let files):
            guard let pair = files.validation else { return nil }
            return try NPYReader.read(
                inputs: pair.inputs, targets: pair.targets, classCount: training.classCount, limit: limit
            ).checked(like: training)
        case .npz(let files):
            guard let member = files.validation else { return nil }
            return try NPYReader.read(
                archive: member.file, inputs: member.inputs, targets: member.targets, classCount: training.classCount,
                limit: limit
            ).checked(like: training)
        case .imageFolder(let folders):
            guard let folder = folders.validationFolder else { return nil }
            return try folders.reader(limit).read(folder, like: training)
        }
    }
}

extension Dataset {
    /// Whether what is predicted is of one kind in both sets.
    fileprivate func checked(like training: Dataset) throws(DatasetError) -> Dataset {
        switch (targets, training.targets) {
        case (.classes, .classes): return self
        case (.values(_, let own), .values(_, let due)) where own == due: return self
        default:
            throw DatasetError(
                name,
                "its targets are of another kind or shape than those of training; whole numbers are classes, "
                    + "floats are numbers to predict")
        }
    }
}

extension DataPlan.CSVFiles {
    fileprivate func reader(_ limit: MemoryLimit) -> CSVReader {
        CSVReader(labels: labels, task: task, hasHeader: hasHeader, separator: separator, limit: limit)
    }
}

extension DataPlan.ImageFolders {
    fileprivate func reader(_ limit: MemoryLimit) -> ImageFolderReader {
        ImageFolderReader(resized: resized, size: size, isGrey: isGrey, limit: limit)
    }
}
