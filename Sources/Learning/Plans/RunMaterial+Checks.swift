import Datasets
import Foundation
import NeuralNetworks
import Runs
import Settings
import Tensors

/// Whether data, network, loss and batches fit together.
extension RunMaterial {
    /// Whether the network ends with what the data wants.
    static func check(_ plan: RunPlan, network: Network, training: Dataset) throws(PreparationError) {
        let outputs = network.outputShape.count
        let last = plan.modelSettings[plan.modelSettings.count - 1]
        switch training.targets {
        case .classes(let classes, let classCount) where outputs != classCount:
            var message = "the model ends with \(outputs) outputs, and the data has \(classCount) classes"
            if outputs == classCount - 1, !classes.contains(0) {
                message += ", of which class 0 never occurs: the labels are 1...\(outputs), and classes count from 0"
            }
            throw .settings(last.error(message))
        case .values(let values, let shape) where outputs != shape.count || plan.loss != .meanSquaredError:
            let hint = classesHint(values, shape)
            guard outputs == shape.count else {
                throw .settings(
                    last.error("the model ends with \(outputs) outputs, and the targets are \(shape)\(hint)"))
            }
            throw .settings(
                plan.setting("loss").error(
                    "\(plan.loss.name) needs classes, and the targets are numbers; write \"mse\"\(hint)"))
        default: break
        }
    }

    /// The same error with what was found of the data that may be its reason.
    static func hinting(_ error: PreparationError, _ warnings: [StartWarning]) -> PreparationError {
        guard case .settings(let wrong) = error,
            let found = warnings.first(where: { $0.id == Dataset.channelsLastID })?.sentence,
            let question = found.range(of: "channels last?")
        else { return error }
        let message = "\(wrong.message); \(found[question.lowerBound...])"
        return .settings(SettingsError(place: wrong.place, path: wrong.path, message: message))
    }

    /// Floats that look like classes.
    private static func classesHint(_ values: FloatBuffer, _ shape: Shape) -> String {
        let looksWhole = (0..<min(1000, values.count)).allSatisfy { place in
            let value = values.pointer[place]
            return value == value.rounded() && value >= 0 && value < Float(Dataset.mostClasses)
        }
        if shape.count > 1, isOneHot(values, width: shape.count) {
            return "; they are one-hot, and array.argmax(1) makes classes of them"
        }
        guard shape.count == 1, looksWhole else { return "" }
        return "; floats are numbers to predict, and classes are whole numbers: array.astype(\"int64\"), or "
            + "task: \"classification\" of a table"
    }

    /// Whether each example is one 1 among zeros.
    private static func isOneHot(_ values: FloatBuffer, width: Int) -> Bool {
        (0..<min(100, values.count / width)).allSatisfy { row in
            let numbers = (0..<width).map { values.pointer[row * width + $0] }
            return numbers.allSatisfy { $0 == 0 || $0 == 1 } && numbers.reduce(0, +) == 1
        }
    }

    /// How many examples make an update: all where a batch is larger, as of a DataLoader.
    static func batchSize(
        _ plan: RunPlan, training: Dataset, _ warnings: inout [StartWarning]
    ) throws(PreparationError) -> Int {
        guard plan.batchSize > training.count else { return plan.batchSize }
        let words = "a batch of \(plan.batchSize) is larger than the \(training.count) training examples"
        guard training.count > 0 else { throw .settings(plan.setting("batchSize").error(words)) }
        guard !plan.dropLast else {
            throw .settings(
                plan.setting("batchSize").error(
                    "\(words), and dropLast leaves out a batch that is not full; at most "
                        + "\(training.count) fit"))
        }
        warnings.append(StartWarning("batch.whole", .notice, "batchSize: \(words), so each batch is the whole set"))
        return training.count
    }

    /// Why there can be no batches of a size from update `step` of a course on, one clause without a full stop; nil where there can.
    package func refusal(ofBatches batchSize: Int, from step: Int, in course: EpochCourse) -> String? {
        if let reason = course.refusal(ofBatches: batchSize, from: step) { return reason }
        var course = course
        course.change(to: batchSize, from: step)
        return Self.statisticsRefusal(network, course, from: step) ?? network.refusal(ofBatch: batchSize)
    }

    /// Why batch normalization has no more than one value to normalize over in some batch, which PyTorch refuses too; nil where it has.
    static func statisticsRefusal(_ network: Network, _ course: EpochCourse, from step: Int) -> String? {
        guard course.smallestBatch(from: step) == 1 else { return nil }
        let layer = network.summary.first { layer in
            let shape = layer.outputShape
            return layer.kind == BatchNorm.word && shape.count == (shape.rank > 1 ? shape[0] : shape.count)
        }
        guard let layer else { return nil }
        let need = "batchNorm (layer \(layer.name)) needs more than one value of each feature to normalize over"
        let size = course.batchSize(at: step)
        if size == 1 { return "\(need), and a batch of 1 has one; take at least 2 examples, or layerNorm" }
        let left = course.examples - course.place(of: step).examples.lowerBound
        let count = left % size == 1 ? left : course.examples
        return "\(need), and the last batch of \(count == course.examples ? "an" : "this") epoch is 1 example "
            + "(\(count) = \(count / size) x \(size) + 1)\(step == 0 ? "; dropLast: true leaves it out" : "")"
    }
}
