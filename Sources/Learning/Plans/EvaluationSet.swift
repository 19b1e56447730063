import Datasets
import Tensors

/// Examples to evaluate networks on, as they are stored: each run prepares them as its own.
package struct EvaluationSet: Sendable {
    /// Nothing has been done to them.
    package let examples: Dataset
    /// The place of each among the run's data, of which they are a part; nil where they are a set of their own.
    package let places: [Int]?

    /// Where examples come from that are not the run's own.
    package enum Origin: Hashable, Sendable {
        /// What the run holds out.
        case heldOut
        /// Files in the format of the run's data.
        case files([String])
        /// Changed data of the run's kind: its validation files, or all that it makes.
        case data(DataPlan)
    }

    /// What a run holds out, or others of the same classes and shape.
    ///
    /// - Parameter data: of `plan.forEvaluation`.
    package init(_ origin: Origin, of plan: RunPlan, data: LoadedData, pool: WorkerPool) throws(PreparationError) {
        let template = data.training.emptied(
            storedShape: data.preprocessing.first?.inputShape ?? data.training.storedShape)
        do throws(DatasetError) {
            switch origin {
            case .heldOut:
                guard let validation = data.validation else {
                    throw DatasetError(
                        plan.settings.place.file,
                        "the run holds no examples out; --data says which others to evaluate on, or --set data..., as in "
                            + "--set data.digits.seed=9")
                }
                examples = validation.preparing(onlyBy: [])
                if let fraction = plan.validation?.fraction {
                    let split = ValidationSplit(fraction: fraction, seed: plan.seed, shuffle: plan.shuffle)
                    places = try split.indices(count: data.training.count + validation.count).validation
                } else {
                    places = nil
                }
            case .files(let files):
                examples = try Self.read(files, plan, like: template)
                places = nil
            case .data(let changed):
                examples = try Self.make(changed, like: template, pool)
                places = nil
            }
            try Self.check(examples, like: template)
        } catch { throw .data(error) }
    }

    private static func read(
        _ files: [String], _ plan: RunPlan, like template: Dataset
    ) throws(DatasetError) -> Dataset {
        let source = plan.data.source.options
        let (word, due) = (type(of: source).word, type(of: source).filesToValidateOn)
        guard !due.isEmpty else {
            throw DatasetError(
                "--data \(files[0])",
                "the run's data (\(word)) is made, not read; --set data.\(word).seed=9 makes others")
        }
        guard let other = source.validating(on: files),
            let set = try other.validation(like: template, plan.data.memoryLimit)
        else {
            throw DatasetError(
                "--data \(files[0])",
                "the run's data (\(word)) takes " + due.map { "--data \($0)" }.joined(separator: " "))
        }
        return set
    }

    private static func make(
        _ data: DataPlan, like template: Dataset, _ pool: WorkerPool
    ) throws(DatasetError) -> Dataset {
        let source = data.source.options
        if source.numberCount > 0 {
            guard data.memoryLimit.holds(source.numberCount) else {
                throw DatasetError("--set data", "the examples take more than data.memoryLimit; make fewer of them")
            }
            return try source.training(data.memoryLimit, pool)
        }
        guard let set = try source.validation(like: template, data.memoryLimit) else {
            throw DatasetError(
                "--set data",
                "names no validation files; --data with "
                    + type(of: source).filesToValidateOn.joined(separator: " and ") + " says what to evaluate on")
        }
        return set
    }

    /// Whether the examples are of the shape and the classes that a run learned from.
    private static func check(_ examples: Dataset, like template: Dataset) throws(DatasetError) {
        guard examples.storedShape == template.storedShape else {
            throw DatasetError(
                examples.name,
                "its examples are \(examples.storedShape), those that the run learned from \(template.storedShape)")
        }
        guard examples.count > 0 else { throw DatasetError(examples.name, "has no examples to evaluate on") }
        switch (examples.targets, template.targets) {
        case (.classes(let classes, _), .classes(_, let due)):
            if let place = classes.firstIndex(where: { $0 >= due }) {
                throw DatasetError(
                    examples.name,
                    "example \(place) is of class \(classes[place]), and the run knows the classes 0...\(due - 1)")
            }
        case (.values(_, let shape), .values(_, let due)) where shape == due: break
        default:
            throw DatasetError(
                examples.name, "its targets are of another kind or shape than those that the run learned from")
        }
    }

    /// The examples as a run prepares them.
    package func prepared(by data: LoadedData) -> Dataset { examples.preparing(onlyBy: data.preprocessing) }

    /// Why a run cannot be asked about these examples; nil where it can.
    package func obstacle(to data: LoadedData) -> String? {
        let template = data.training.emptied(
            storedShape: data.preprocessing.first?.inputShape ?? data.training.storedShape)
        do throws(DatasetError) {
            try Self.check(examples, like: template)
        } catch { return error.message }
        return nil
    }

    /// How many of them another run of the same data learned from, which holds out others.
    package func learned(by plan: RunPlan, data: LoadedData) -> Int {
        guard let places, let count = data.validation?.count, let fraction = plan.validation?.fraction else {
            return places?.count ?? 0
        }
        let split = ValidationSplit(fraction: fraction, seed: plan.seed, shuffle: plan.shuffle)
        let held = Set((try? split.indices(count: data.training.count + count).validation) ?? [])
        return places.count { !held.contains($0) }
    }
}

extension RunPlan {
    /// The same plan with its validation examples left as they are stored until a batch is made.
    package var forEvaluation: RunPlan {
        var plan = self
        var validation = plan.validation ?? ValidationPlan()
        if validation.averaging.isEmpty { validation.averaging = [.identity] }
        plan.validation = validation
        return plan
    }
}

extension LoadedData {
    /// Whether a plan's own data would be the same.
    package func suits(_ plan: RunPlan) -> Bool { choices == plan.dataChoices }
}
