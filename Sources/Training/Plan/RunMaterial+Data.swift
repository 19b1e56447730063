import Datasets
import Settings
import Tensors

extension RunMaterial {
    /// Reads or makes the data, splits it and preprocesses both parts with what the training part says.
    static func load(_ plan: RunPlan, pool: WorkerPool) throws(PreparationError) -> (Dataset, Dataset?) {
        do throws(DatasetError) {
            var (training, validation) = try read(plan, pool: pool)
            if case .fraction(let share) = plan.validation {
                let split = ValidationSplit(
                    count: training.count, fraction: share, shuffle: plan.shuffle, seed: plan.seed)
                guard split.training.count > 0, split.validation.count > 0 else {
                    let setting = (try? plan.settings.object())?["validation"] ?? plan.settings
                    throw PreparationError.settings(
                        setting.error("a share of \(share) of \(training.count) examples leaves one part empty"))
                }
                (training, validation) = (
                    training.subset(split.training), training.subset(split.validation)
                )
            }
            let fitted = FittedPreprocessing(plan.preprocessing, on: training)
            fitted.apply(to: &training)
            if validation != nil { fitted.apply(to: &validation!) }
            return (training, validation)
        } catch { throw .data(error) }
    }

    private static func read(_ plan: RunPlan, pool: WorkerPool) throws(DatasetError) -> (Dataset, Dataset?) {
        switch plan.data {
        case .builtIn(let data): return (data.make(pool: pool), nil)
        case .idx(let files):
            let training = try IDXReader.read(
                images: files.images, labels: files.labels, raw: files.raw, classCount: files.classCount)
            guard let pair = files.validation else { return (training, nil) }
            let validation = try IDXReader.read(
                images: pair.images, labels: pair.labels, raw: files.raw, classCount: training.targets.classCount)
            guard validation.inputShape == training.inputShape else {
                throw DatasetError(
                    pair.images, "its pictures are \(validation.inputShape), those of training \(training.inputShape)")
            }
            return (training, validation)
        }
    }
}
