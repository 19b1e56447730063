import Charts
import CursesTerminal
import Datasets
import Files
import Foundation
import Machine
import NeuralNetworks
import Plans
import RunStore
import Runs
import Settings
import Tensors
import Training

/// Asks the networks of runs about one set of examples, one after the other.
struct RunsEvaluator {
    private let options: EvaluateOptions
    private let directories: [RunDirectory]
    private let plans: [RunPlan]
    private let pool: WorkerPool

    /// Reads the configs.
    init(_ options: EvaluateOptions) throws {
        self.options = options
        directories = try options.runs.map { path in
            let directory = try RunDirectory.existing(path)
            guard FileStatus.exists(directory.config) else {
                throw UsageError("\(path): no run directory, it holds no config.json; sitter train --run DIR makes one")
            }
            return directory
        }
        let changes = options.threads.map { ["threads=\($0)"] } ?? []
        plans = try directories.map { try ConfigFile.plan($0.config, changes: changes).forEvaluation }
        pool = plans[0].workerPool()
    }

    /// The files and folders that the runs learned from.
    var dataPaths: [String] { plans.flatMap { $0.data.source.options.writtenPaths } }

    /// The figures; nil where somebody has asked to stop.
    func evaluate() throws -> Evaluation? {
        let first = plans[0]
        let data = try LoadedData(first, pool: pool)
        let origin = try origin(of: first)
        let set = try EvaluationSet(origin, of: first, data: data, pool: pool)
        say(data.warnings + (origin == .heldOut ? [] : set.examples.warnings))
        var sum: Sum?
        var members: [Evaluation.Member] = []
        for (directory, plan) in zip(directories, plans) {
            let own = data.suits(plan) ? data : try LoadedData(plan, pool: pool)
            try check(directory, plan, own, against: set, data)
            let weights = try weights(of: directory, plan)
            let material = try RunMaterial(plan: plan, data: own, pool: pool, weights: weights[0].path)
            let snapshots = try options.averagesSnapshots ? snapshots(of: directory, material) : weights
            for weights in snapshots {
                if options.averagesSnapshots { try material.network.load(SafetensorsFile.read(weights.path)) }
                for (views, words) in try views(plan, set.examples) {
                    guard
                        let outputs = try Predictor.outputs(
                            of: material, for: set.prepared(by: own), views: views,
                            while: { Interruption.count == 0 })
                    else { return nil }
                    let predictions = self.predictions(outputs, set, material)
                    let member = Evaluation.Member(
                        run: directory.path.showingStrayBytes, weights: weights.name + words, predictions)
                    members.append(member)
                    // Beside an average over views the examples as they are stand for comparison alone.
                    guard !options.averagesViews || !words.isEmpty else { continue }
                    if sum == nil { sum = Sum(material, count: set.examples.count) }
                    sum?.add(outputs, predictions)
                }
            }
        }
        guard let sum, let last = sum.last else { preconditionFailure("there is at least one run") }
        let whole = sum.parts == 1 ? last : predictions(sum.mean(), set, sum.material)
        return Evaluation(
            set: set, classNames: data.training.classNames, loss: plans[0].loss.name, members: members,
            averaged: sum.parts, predictions: whole, bins: options.bins)
    }

    /// The outputs of networks, added up.
    private struct Sum {
        let material: RunMaterial
        private let count: Int
        private let average: OutputAverage
        private(set) var parts = 0
        private(set) var last: Predictions?

        init(_ material: RunMaterial, count: Int) {
            (self.material, self.count) = (material, count)
            average = OutputAverage(
                loss: material.plan.loss, capacity: count, outputCount: material.network.outputShape.count)
            average.begin(examples: count)
        }

        mutating func add(_ outputs: FloatBuffer, _ predictions: Predictions) {
            average.add(UnsafePointer(outputs.pointer))
            parts += 1
            last = predictions
        }

        /// A copy of the mean.
        func mean() -> FloatBuffer {
            let result = FloatBuffer(count: count * material.network.outputShape.count)
            result.pointer.update(from: average.mean(), count: result.count)
            return result
        }
    }

    private func predictions(_ outputs: FloatBuffer, _ set: EvaluationSet, _ material: RunMaterial) -> Predictions {
        let truth: Predictions.Truth =
            switch set.examples.targets {
            case .classes(let classes, _): .classes(classes)
            case .values(let values, _): .values(values.array)
            }
        return Predictions(
            outputs: outputs, truth: truth, width: material.network.outputShape.count, loss: material.plan.loss,
            batch: material.network.maximumBatch, pool: pool)
    }

    /// What is evaluated on.
    private func origin(of plan: RunPlan) throws -> EvaluationSet.Origin {
        if !options.data.isEmpty { return .files(options.data) }
        guard options.changes.contains(where: { $0.hasPrefix("data") }) else { return .heldOut }
        return .data(try ConfigFile.plan(directories[0].config, changes: options.changes).data)
    }

    /// The views of each example that are averaged, and words for them: as the run's own evaluations, or as was asked for.
    private func views(_ plan: RunPlan, _ examples: Dataset) throws -> [(views: [PictureVariant], words: String)] {
        var averaging = plan.averaging
        if options.changes.contains(where: { $0.hasPrefix("validation") }) {
            averaging = try ConfigFile.plan(directories[0].config, changes: options.changes).averaging
        }
        let isPlain = averaging.allSatisfy { $0 == .identity }
        let isPicture = examples.storedShape.rank == 3
        guard options.averagesViews else { return [(isPlain ? [] : averaging.flatMap(\.variants), "")] }
        guard isPicture else {
            throw UsageError(
                "--augment: views are of pictures [channels, height, width], and the examples are \(examples.storedShape)"
            )
        }
        if isPlain { averaging = [.fiveCrops(padding: max(1, examples.storedShape[2] / 16))] }
        let variants = averaging.flatMap(\.variants)
        return [([], ""), (variants, ", \(variants.count) views")]
    }

    /// Whether a run's network can be averaged with the first one's on its examples.
    private func check(
        _ directory: RunDirectory, _ plan: RunPlan, _ own: LoadedData, against set: EvaluationSet, _ data: LoadedData
    ) throws {
        guard directory != directories[0] || directories.count == 1 else { return }
        let first = directories[0].path
        func refuse(_ what: String) -> UsageError { UsageError("\(directory.path): \(what)") }
        guard own.training.classCount == data.training.classCount else {
            func words(_ data: LoadedData) -> String {
                data.training.classCount.map { "\($0) classes" } ?? "numbers"
            }
            throw refuse("predicts \(words(own)), and \(first) \(words(data)); an average needs the same")
        }
        if let names = own.training.classNames, let due = data.training.classNames, names != due {
            let place = zip(names, due).enumerated().first { $0.element.0 != $0.element.1 }
            let words = place.map { ": class \($0.offset) is \"\($0.element.0)\", there \"\($0.element.1)\"" } ?? ""
            throw refuse("has other classes than \(first)\(words)")
        }
        guard plan.loss.name == plans[0].loss.name else {
            throw refuse(
                "learns by \(plan.loss.name), and \(first) by \(plans[0].loss.name); an average needs one loss")
        }
        if let problem = set.obstacle(to: own) {
            throw refuse("cannot be asked about \(set.examples.name): \(problem)")
        }
        let learned = plan.data == plans[0].data ? set.learned(by: plan, data: own) : 0
        if learned > 0 {
            say([
                StartWarning(
                    "evaluate.learned",
                    "\(directory.path): learned from \(Figure.count(learned)) of the \(Figure.count(set.examples.count)) "
                        + "examples that \(first) holds out, so it looks better than it is; the same seed holds out the same"
                )
            ])
        }
    }

    private typealias NamedWeights = (name: String, path: String)

    private func weights(of directory: RunDirectory, _ plan: RunPlan) throws -> [NamedWeights] {
        if options.averagesSnapshots {
            guard let newest = directory.states.entries.first else {
                throw UsageError("\(directory.path): keeps no checkpoints to average")
            }
            return [("", directory.states.path(newest))]
        }
        let path = try directory.path(of: options.weights)
        return switch options.weights {
        case .best: [("best", path)]
        case .last: [("last", path)]
        case .checkpoint(let number): [("checkpoint \(number)", path)]
        case .file(let file): [(file.lastPathPart.showingStrayBytes, path)]
        }
    }

    /// The checkpoints of the run's own way that are averaged, oldest first.
    private func snapshots(of directory: RunDirectory, _ material: RunMaterial) throws -> [NamedWeights] {
        let files = directory.states
        var kept: [KeptState] = []
        for entry in files.entries where entry.step > 0 {
            let path = files.path(entry)
            do {
                kept.append(try KeptState(bytes: FileBytes.read(path), path: path))
            } catch { say([StartWarning("evaluate.unsound", "passed over: \(error)")]) }
        }
        if let newest = kept.first {
            kept = kept.filter { newest.course.passed($0.position, $0.course) }.sorted {
                $0.position.step < $1.position.step
            }
        }
        // What was written twice at one step is one.
        var steps: Set<Int> = []
        kept = kept.filter { steps.insert($0.position.step).inserted }
        let schedule = material.description.schedule
        if let shape = schedule.kind as? Schedule.CosineRestarts {
            let ends = shape.ends(upTo: schedule.total - schedule.warmup).map { $0 + schedule.warmup }
            let chosen = SnapshotChoice.ends(of: ends, from: schedule.warmup, among: kept.map(\.position.step))
            kept = kept.filter { chosen.contains($0.position.step) }
        }
        guard kept.count > 1 else {
            throw UsageError(
                "\(directory.path): an average needs two checkpoints, and \(kept.count) fit\(kept.count == 1 ? "s" : ""); "
                    + "checkpoints: { steps, keep } in the config says how often they are written")
        }
        return kept.map { ("step \(Figure.count($0.position.step))", $0.path) }
    }
}

/// Which checkpoints of a schedule with restarts are averaged.
package enum SnapshotChoice {
    /// The part of a period, at its end, in which its rate is low enough: at 0.9 a cosine is at 2.4 % of its height.
    private static let late = 0.9

    /// The last step at the end of each period, where there is one late enough.
    /// - Parameters:
    ///   - ends: of the periods, rising.
    ///   - start: of the first period.
    package static func ends(of ends: [Int], from start: Int, among steps: [Int]) -> Set<Int> {
        var (chosen, begin) = (Set<Int>(), start)
        for end in ends {
            let earliest = Double(begin) + late * Double(end - begin)
            if let step = steps.filter({ Double($0) >= earliest && $0 <= end }).max() { chosen.insert(step) }
            begin = end
        }
        return chosen
    }
}
