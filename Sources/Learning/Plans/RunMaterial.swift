import Datasets
import Files
import Foundation
import NeuralNetworks
import Optimizers
import Runs
import Settings
import Tensors

/// A plan with its data and its network: everything the loop needs. Data and threads may be shared with other runs, the network
/// is this run's own.
package struct RunMaterial {
    /// What the run was asked to be; a batch larger than the set is the set.
    package let plan: RunPlan
    /// Its examples, which other runs may share.
    package let data: LoadedData
    /// Its network, with the weights it begins with.
    package let network: Network
    /// The threads it computes on, which other runs may use when it does not.
    package let pool: WorkerPool
    /// In which order each epoch takes its examples.
    package let order: BatchOrder
    /// Which of them each update takes, as planned.
    package let epochs: EpochCourse
    /// Examples of an evaluation that are looked at together, whatever becomes of the batches of the training.
    package let evaluationBatch: Int
    /// What is said of the run before it begins: its lengths, layers, task and origin.
    package let description: RunDescription
    /// Whether its weights are those that its initializer drew.
    let beginsFresh: Bool

    /// The examples to learn from.
    package var training: Dataset { data.training }
    /// The examples held out; nil where there are none.
    package var validation: Dataset? { data.validation }

    /// Reads the data and builds the network, with threads of its own.
    ///
    /// - Parameters:
    ///   - weights: a safetensors file to start from.
    ///   - runDirectory: where the run's files go, for the description.
    ///   - warnings: what else somebody should know before the first step.
    package init(
        plan: RunPlan, weights: String? = nil, runDirectory: String? = nil, warnings: [StartWarning] = []
    ) throws(PreparationError) {
        let pool = plan.workerPool()
        try self.init(
            plan: plan, data: LoadedData(plan, pool: pool), pool: pool, weights: weights, runDirectory: runDirectory,
            warnings: warnings)
    }

    /// Builds the network over data and threads that other runs may use too, though not at the same time.
    ///
    /// - Parameters:
    ///   - data: read for a plan that says the same about data, seed and shuffling; else it traps.
    ///   - pool: its number of threads changes no bit.
    package init(
        plan: RunPlan, data: LoadedData, pool: WorkerPool, weights: String? = nil, runDirectory: String? = nil,
        warnings more: [StartWarning] = []
    ) throws(PreparationError) {
        precondition(data.choices == plan.dataChoices, "the data was read for a plan of other data")
        self.data = data
        self.pool = pool
        let (training, validation) = (data.training, data.validation)
        var (plan, warnings) = (plan, more)
        plan.batchSize = try Self.batchSize(plan, training: training, &warnings)
        self.plan = plan
        order = BatchOrder(seed: plan.seed, count: training.count, shuffle: plan.shuffle)
        epochs = EpochCourse(examples: training.count, batchSize: plan.batchSize, dropLast: plan.dropLast)
        // Evaluations use larger batches than training where that is small.
        evaluationBatch = max(plan.batchSize, validation.map { min(256, $0.count) } ?? 0)
        WorkProgress.current?.begin("building the network")
        do throws(PreparationError) {
            network = try plan.network(
                inputShape: training.inputShape, maximumBatch: evaluationBatch, pool: pool)
        } catch {
            throw Self.hinting(error, data.warnings)
        }
        try Self.check(plan, network: network, training: training)
        if let reason = Self.statisticsRefusal(network, epochs, from: 0) {
            throw .settings(plan.setting("batchSize").error(reason))
        }
        beginsFresh = weights == nil
        if let weights { try Self.load(weights, into: network, &warnings) }
        warnings += Self.structureConcerns(plan, training: training)
        let lengths = RunLengths(epochs, count: plan.epochs)
        let schedule = plan.schedule.resolved(
            base: plan.learningRate, total: lengths.totalSteps, stepsPerEpoch: lengths.stepsPerEpoch)
        description = RunDescription(
            name: plan.name,
            lengths: lengths,
            schedule: schedule,
            layers: network.watched.map { layer in
                LayerDescription(
                    name: layer.name, kind: layer.kind, outputShape: layer.outputShape.extents,
                    activation: layer.activation, parameterCount: layer.parameterCount)
            },
            task: RunTask(
                loss: plan.loss.name, hasAccuracy: training.classCount != nil, hasValidation: validation != nil,
                classCount: training.classCount, trainingExamples: training.count,
                validationExamples: validation?.count ?? 0),
            origin: RunOrigin(
                host: ProcessInfo.processInfo.hostName, blasKernel: MatrixProduct.kernelName, threads: pool.threadCount,
                seed: plan.seed, directory: runDirectory?.showingStrayBytes),
            gradientBounds: plan.gradientClipping?.bounds ?? GradientBounds(),
            warnings: (data.warnings + warnings + schedule.concerns(stepsPerEpoch: lengths.stepsPerEpoch)).map {
                StartWarning($0.id, $0.weight, $0.sentence.showingStrayBytes)
            })
    }

    /// The schedule as planned, for so many epochs of a course.
    package func schedule(epochs: Int, of course: EpochCourse) -> Schedule {
        plan.schedule.resolved(
            base: plan.learningRate, total: course.firstStep(ofEpoch: epochs), stepsPerEpoch: course.stepsPerEpoch)
    }

    /// Refuses weights with which nothing can be learned: not finite, or beyond single precision.
    private static func checkFinite(_ network: Network, _ path: String) throws(SafetensorsError) {
        for (layout, buffer) in network.state.places() {
            for segment in layout.segments {
                let place = (0..<segment.shape.count).first { !buffer.pointer[segment.offset + $0].isFinite }
                guard let place else { continue }
                throw SafetensorsError(
                    path: path, tensor: segment.name,
                    "number \(place) of \(segment.shape.count) is \(buffer.pointer[segment.offset + place]) in single "
                        + "precision; weights to begin with are finite")
            }
        }
    }

    private static func load(
        _ path: String, into network: Network, _ warnings: inout [StartWarning]
    ) throws(PreparationError) {
        do throws(SafetensorsError) {
            let prefix = try network.load(SafetensorsFile.read(path))
            try checkFinite(network, path)
            guard let prefix else { return }
            warnings.append(
                StartWarning(
                    "weights.prefix", .notice,
                    "\(path): the names of its tensors begin with \"\(prefix)\", which is taken off"))
        } catch { throw .weights(error) }
    }
}

extension RunPlan {
    /// How many threads compute: as the plan wants, one for each core unless it says otherwise.
    package var threadCount: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// The threads that compute; the linear algebra keeps to them.
    package func workerPool() -> WorkerPool {
        MatrixProduct.useOneThread()
        MatrixProduct.reserveMemory(threads: threadCount)
        return WorkerPool(threadCount: threadCount)
    }
}

extension GradientClipping {
    /// The bound as a run's description tells it.
    package var bounds: GradientBounds {
        switch self {
        case .norm(let most): GradientBounds(norm: most)
        case .value(let most): GradientBounds(value: most)
        }
    }
}
