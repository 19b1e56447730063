import Diagnosis
import Foundation
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

extension TrainingState {
    /// A copy of the state with memory of its own, ready to be written by another thread. O(bytes of the state).
    ///
    /// As a safetensors file the network's tensors stand under PyTorch's names, so that it is one of weights too; those of the best
    /// evaluation follow under `best.`, the optimizer's under `optimizer.` and PyTorch's name of the slot, the sound snapshot's of
    /// both under `snapshot.`. All else is JSON in the metadata, each number with as many digits as give its bits again.
    /// - Parameter waiting: commands that wait to be acted on.
    package func copied(waiting: [CommandMailbox.Entry]) -> CopiedState {
        var tensors = network.tensors()
        if best.report != nil, let network = best.network {
            tensors += network.tensors(prefix: NetworkState.bestPrefix)
        }
        for (layout, slot) in slotPlaces(of: optimizer) { tensors += SafetensorsTensor.segments(of: layout, in: slot) }
        if snapshot.memory.point != nil {
            let prefix = NetworkState.snapshotPrefix
            tensors += snapshot.network.tensors(prefix: prefix)
            for (layout, slot) in slotPlaces(of: snapshot.optimizer, prefix: prefix) {
                tensors += SafetensorsTensor.segments(of: layout, in: slot)
            }
        }
        return CopiedState(
            position: position, number: checkpointCount, tensors: tensors,
            record: String(decoding: Record(self, waiting).json, as: UTF8.self))
    }

    /// The state that bytes hold, in the memory of the material's network; on an error the network stays as it was.
    ///
    /// - Parameters:
    ///   - material: of a run with the same plan and data.
    ///   - path: where the bytes come from, for errors.
    package convenience init(
        _ material: RunMaterial, bytes: [UInt8], path: String
    ) throws(TrainingStateError) {
        self.init(material)
        let file: SafetensorsFile
        do throws(SafetensorsError) {
            file = try SafetensorsFile(bytes: bytes, path: path)
        } catch { throw .tensors(error) }
        try read(file, isWhole: CopiedState.isWhole(bytes))
    }

    /// Stands where a copy was taken of the same run; what never goes back (the count of checkpoints, what was told) stays.
    func stand(at copy: CopiedState) {
        do throws(TrainingStateError) {
            try stand(at: copy.bytes(), path: "a moment in memory")
        } catch { preconditionFailure("a copy of the state does not read back: \(error)") }
    }

    /// The same from a file's bytes; on an error the network stays as it was.
    package func stand(at bytes: [UInt8], path: String) throws(TrainingStateError) {
        let (checkpointCount, hasTold) = (checkpointCount, hasToldReadingFailure)
        let file: SafetensorsFile
        do throws(SafetensorsError) {
            file = try SafetensorsFile(bytes: bytes, path: path)
        } catch { throw .tensors(error) }
        try read(file, isWhole: CopiedState.isWhole(bytes))
        self.checkpointCount = checkpointCount
        hasToldReadingFailure = hasToldReadingFailure || hasTold
        waiting = []
    }

    private func read(_ file: SafetensorsFile, isWhole: Bool) throws(TrainingStateError) {
        guard let metadatum = file.metadata.first(where: { $0.key == CopiedState.recordKey }) else {
            throw .noState(path: file.path)
        }
        guard isWhole else { throw .damaged(path: file.path) }
        let record: Record
        do {
            record = try Record(json: Data(metadatum.value.utf8))
        } catch {
            throw .unreadable(path: file.path, Record.describe(error))
        }
        if let problem = record.problem(with: self) { throw .doesNotFit(path: file.path, problem) }
        var networks = [(state: network, prefix: "", counts: [String: Int]())]
        if record.best != nil, let best = best.network { networks.append((best, NetworkState.bestPrefix, [:])) }
        let hasSnapshot = record.snapshot.point != nil
        if hasSnapshot { networks.append((snapshot.network, NetworkState.snapshotPrefix, [:])) }
        for index in networks.indices {
            let (state, prefix) = (networks[index].state, networks[index].prefix)
            let counts = RunningStatistics.batchCounts(of: file, prefix: prefix)
            for name in state.statistics.batchesTracked.keys.sorted() where (counts[name] ?? -1) < 0 {
                throw .doesNotFit(path: file.path, "\(prefix)\(name) is missing")
            }
            networks[index].counts = counts
        }
        do throws(SafetensorsError) {
            try file.load(
                into: networks.flatMap { $0.state.places(prefix: $0.prefix) } + slotPlaces(of: optimizer)
                    + (hasSnapshot ? slotPlaces(of: snapshot.optimizer, prefix: NetworkState.snapshotPrefix) : []))
        } catch { throw .tensors(error) }
        for (state, _, counts) in networks { state.statistics.batchesTracked = counts }
        record.restore(self)
    }

    /// Where the optimizer's tensors go: `optimizer.exp_avg.0.weight`.
    private func slotPlaces(
        of optimizer: OptimizerState, prefix: String = ""
    ) -> [(layout: ParameterLayout, buffer: FloatBuffer)] {
        zip(optimizer.names, optimizer.slots).map { name, slot in
            (network.layout.named("\(prefix)\(NetworkState.optimizerPrefix)\(name)."), slot)
        }
    }
}

/// All of a state but its tensors, as it is written.
private struct Record: Codable {
    /// Changes when what is written does.
    static let currentFormat = 4
    /// Without what was changed by hand beside the rate.
    static let oldestFormat = 3

    var format = currentFormat
    var updateCount: Int
    var slots: [String]
    var position: Position
    /// Nil in states of older versions.
    var course: RunCourse?
    /// Nil in states of older versions, and where a run is not diagnosed.
    var examination: Examiner.Memory?
    var rate: RateSteering
    var tuning: Tuning?
    var snapshot: SoundSnapshot.Memory
    /// Updates that the snapshot's optimizer has made.
    var snapshotUpdateCount: Int
    var plateau: PlateauPolicy.Memory?
    var earlyStopping: EarlyStoppingPolicy.Memory?
    var best: EvaluationReport?
    var standing: RunLifecycle.Standing
    var isNearOverflow: Bool
    var hasToldReadingFailure: Bool
    var checkpointCount: Int
    var waiting: [CommandMailbox.Entry]

    init(_ state: TrainingState, _ waiting: [CommandMailbox.Entry]) {
        updateCount = state.optimizer.updateCount
        slots = state.optimizer.names
        position = state.position
        course = state.course
        examination = state.examiner?.memory
        rate = state.rate
        tuning = state.tuning
        snapshot = state.snapshot.memory
        snapshotUpdateCount = state.snapshot.optimizer.updateCount
        plateau = state.policies.plateau?.memory
        earlyStopping = state.policies.earlyStopping?.memory
        best = state.best.report
        standing = state.lifecycle.resumable
        isNearOverflow = state.isNearOverflow
        hasToldReadingFailure = state.hasToldReadingFailure
        checkpointCount = state.checkpointCount
        self.waiting = waiting
    }

    init(json: Data) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        self = try decoder.decode(Record.self, from: json)
    }

    var json: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            return try encoder.encode(self)
        } catch { preconditionFailure("the state of a run has no JSON: \(error)") }
    }

    /// Puts everything back into a state of the same run.
    func restore(_ state: TrainingState) {
        state.optimizer.updateCount = updateCount
        state.position = position
        state.course = course ?? RunCourse()
        if let examination { state.examiner?.stand(at: examination) }
        state.rate = rate
        state.tuning = tuning ?? Tuning()
        state.snapshot.adopt(snapshot)
        state.snapshot.optimizer.updateCount = snapshotUpdateCount
        if let plateau { state.policies.plateau?.memory = plateau }
        if let earlyStopping { state.policies.earlyStopping?.memory = earlyStopping }
        state.best.report = best
        state.lifecycle = RunLifecycle(limits: state.lifecycle.limits, standing: standing)
        state.isNearOverflow = isNearOverflow
        state.hasToldReadingFailure = hasToldReadingFailure
        state.checkpointCount = checkpointCount
        state.waiting = waiting
    }

    /// Why it cannot be the state of a run; nil where it can.
    func problem(with state: TrainingState) -> String? {
        let limits = state.lifecycle.limits
        guard (Self.oldestFormat...Self.currentFormat).contains(format) else {
            return "it has format \(format), and only \(Self.oldestFormat) to \(Self.currentFormat) are read"
        }
        guard tuning?.isSound != false else { return "what was changed in it by hand makes no sense" }
        if slots != state.optimizer.names {
            return "its optimizer remembers \(Self.listed(slots)), not \(Self.listed(state.optimizer.names))"
        }
        guard let course = state.course(of: tuning) else { return "its batches cannot be those of this run" }
        if let reason = state.refusal(of: course, at: position.step) { return reason }
        let totalSteps = state.totalSteps(of: course, tuning)
        guard (0...totalSteps).contains(position.step), position.branch >= 0 else {
            return "it stands at step \(position.step) of \(totalSteps)"
        }
        if examination?.isSound == false { return "what its diagnosis remembers makes no sense" }
        if let way = self.course, !way.isSound(at: position) { return "how it came to where it is makes no sense" }
        for count in [updateCount, snapshotUpdateCount] where !(0...position.step).contains(count) {
            return "it made \(count) updates in \(position.step) steps"
        }
        guard (0...Self.mostCounted).contains(checkpointCount) else { return "it was written \(checkpointCount) times" }
        guard snapshot.isSound(before: position.step) else { return "what it remembers of its losses makes no sense" }
        guard (plateau == nil) == (state.policies.plateau == nil),
            (earlyStopping == nil) == (state.policies.earlyStopping == nil)
        else {
            return "it has other policies"
        }
        guard limits.hasValidation || (best == nil && !standing.isEvaluationAsked) else {
            return "it was evaluated, and there is no validation set"
        }
        let counters = [
            plateau?.badEvaluations, plateau?.coolingDown, earlyStopping?.waited, standing.stepsAllowed,
            standing.leftOut, standing.rewinds,
        ]
        guard counters.allSatisfy({ (0...Self.mostCounted).contains($0 ?? 0) }) else { return "a counter is too large" }
        guard (rate.undoable.map(\.rests) + [rate.rests]).allSatisfy({ $0.allSatisfy(isSound) }) else {
            return "what stands in place of its schedule makes no sense"
        }
        guard waiting.allSatisfy({ ($0.step ?? 0) >= 0 }) else { return "a command waits for a step below 0" }
        return nil
    }

    private static func listed(_ slots: [String]) -> String {
        slots.isEmpty ? "nothing" : slots.joined(separator: " and ")
    }

    private func isSound(_ rest: Schedule.Rest) -> Bool {
        guard (0...position.step).contains(rest.start) else { return false }
        guard let schedule = rest.schedule else { return true }
        let lengths = 0...Self.mostCounted
        return schedule.rests.isEmpty && lengths.contains(schedule.total) && lengths.contains(schedule.warmup)
    }

    /// Above what any run counts, and far from where sums would overflow.
    private static let mostCounted = 1_000_000_000_000

    /// What is wrong with the JSON, in one line.
    static func describe(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
            .dataCorrupted(let found):
            context = found
        @unknown default: return "\(error)"
        }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        let text = path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        return String(text.map { $0.isNewline ? " " : $0 })
    }
}
