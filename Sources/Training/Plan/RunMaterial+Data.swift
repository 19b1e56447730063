import Datasets
import Foundation
import Tensors

extension RunMaterial {
    /// Reads or makes the data, splits it and preprocesses both parts with what the training part says.
    static func load(_ plan: RunPlan, pool: WorkerPool) throws(PreparationError) -> (Dataset, Dataset?) {
        try checkMemory(plan)
        do throws(DatasetError) {
            var (training, validation) = try read(plan, pool: pool)
            if case .fraction(let share) = plan.validation {
                let split = ValidationSplit(fraction: share, seed: plan.seed, shuffle: plan.shuffle)
                (training, validation) = try split.split(training)
            }
            _ = FittedPreprocessing.fitAndApply(
                plan.preprocessing, training: training, others: validation.map { [$0] } ?? [])
            return (training, validation)
        } catch { throw .data(error) }
    }

    /// Whether built-in data fits into the machine; the parts of a split are copies.
    private static func checkMemory(_ plan: RunPlan) throws(PreparationError) {
        let needed = 4 * Double(plan.data.numberCount) * (plan.validation == nil ? 1 : 2)
        let available = Double(ProcessInfo.processInfo.physicalMemory)
        guard needed > available else { return }
        let setting = (try? plan.settings.object())?["data"] ?? plan.settings
        throw .settings(
            setting.error(
                "the examples need \(Int((needed / 0x1p30).rounded(.up))) GB, but the machine has "
                    + "\(Int(available / 0x1p30)); make fewer or smaller ones"))
    }

    private static func read(_ plan: RunPlan, pool: WorkerPool) throws(DatasetError) -> (Dataset, Dataset?) {
        switch plan.data {
        case .digits(let count, let seed): return (BuiltInData.digits(count: count, seed: seed, pool: pool), nil)
        case .spirals(let count, let classes, let noise, let turns, let seed):
            let spirals = BuiltInData.spirals(count: count, classes: classes, noise: noise, turns: turns, seed: seed)
            return (spirals, nil)
        case .blobs(let count, let classes, let features, let spread, let seed):
            let blobs = BuiltInData.blobs(
                count: count, classes: classes, features: features, spread: spread, seed: seed)
            return (blobs, nil)
        case .idx(let files):
            let training = try IDXReader.read(
                images: files.images, labels: files.labels, raw: files.raw, classCount: files.classCount)
            guard let pair = files.validation else { return (training, nil) }
            let validation = try IDXReader.read(
                images: pair.images, labels: pair.labels, raw: files.raw, classCount: training.classCount)
            guard validation.inputShape == training.inputShape else {
                throw DatasetError(
                    pair.images, "its pictures are \(validation.inputShape), those of training \(training.inputShape)")
            }
            return (training, validation)
        }
    }
}
