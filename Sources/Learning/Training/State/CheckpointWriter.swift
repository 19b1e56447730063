import Files
import Machine
import Runs
import Synchronization
import Tensors

/// Writes weights and checkpoints beside the training, on a thread of its own; when it is late, the newest of each kind wins.
package final class CheckpointWriter: Sendable {
    /// Where files go.
    package struct Places: Sendable {
        /// The file of the weights of each kind.
        package let weights: @Sendable (KeptWeights) -> String
        /// The file of a checkpoint; nil where none are kept.
        package let checkpoint: (@Sendable (_ number: Int, _ step: Int) -> String)?
        /// What stands in the metadata of every file beside its step.
        package var metadata: [SafetensorsFile.Metadatum] = []
        /// Called after each checkpoint that was written.
        package let wasWritten: @Sendable () -> Void
        /// The checkpoints that are there; nil where none are kept.
        package var earlier: (@Sendable () -> [Earlier])?

        /// Places of weights, and of checkpoints where those are kept.
        package init(
            weights: @escaping @Sendable (KeptWeights) -> String,
            checkpoint: (@Sendable (_ number: Int, _ step: Int) -> String)? = nil,
            wasWritten: @escaping @Sendable () -> Void = {}
        ) {
            self.weights = weights
            self.checkpoint = checkpoint
            self.wasWritten = wasWritten
        }
    }

    /// A checkpoint on the disk.
    package struct Earlier: Hashable, Sendable {
        let step: Int
        let path: String

        /// - Parameter step: updates before it.
        package init(step: Int, path: String) { (self.step, self.path) = (step, path) }
    }

    private struct State {
        var waiting: [KeptWeights: WeightsSnapshot] = [:]
        var failures: [KeptWeights: FileError] = [:]
        var checkpoint: (copy: CopiedState, isAsked: Bool)?
        /// What writing took the last time.
        var seconds: [KeptWeights: Double] = [:]
        var checkpointFailure: FileError?
        /// Checkpoints that were asked for and are written, or have failed.
        var answers = 0
    }

    private let state = Mutex(State())
    private let thread = SerialThread("checkpoints")
    private let places: Places
    private let reports: ReportMailbox

    /// A writer that tells what fails through the reports of its run.
    package init(reports: ReportMailbox, places: Places) {
        self.places = places
        self.reports = reports
    }

    /// - Parameter paths: the file of each kind of weights.
    package convenience init(reports: ReportMailbox, paths: @escaping @Sendable (KeptWeights) -> String) {
        self.init(reports: reports, places: Places(weights: paths))
    }

    /// What went wrong with the newest weights of a kind; nil where the file holds what was submitted.
    package func failure(of kind: KeptWeights) -> FileError? { state.withLock { $0.failures[kind] } }

    /// What went wrong with the newest write of anything; nil when the files hold what was submitted.
    package var failure: FileError? {
        state.withLock { $0.failures[.best] ?? $0.failures[.last] ?? $0.checkpointFailure }
    }

    /// How many checkpoints that somebody asked for are written or have failed, and why the last one did; nil where it did not.
    package var answers: (count: Int, failure: FileError?) { state.withLock { ($0.answers, $0.checkpointFailure) } }

    /// What stands in the metadata of every file beside its step.
    var metadata: [SafetensorsFile.Metadatum] { places.metadata }

    /// Whether there is a place for checkpoints.
    var keepsCheckpoints: Bool { places.checkpoint != nil }

    /// Whether checkpoints can be read again.
    var hasEarlier: Bool { places.earlier != nil }

    /// The checkpoints up to a step, the latest steps first; waits for those under way.
    func earlier(upTo step: Int) -> [Earlier] {
        finish()
        return (places.earlier?() ?? []).filter { $0.step <= step }.sorted { $0.step > $1.step }
    }

    /// Takes a snapshot to be written soon; never waits for the disk.
    func submit(_ kind: KeptWeights, _ snapshot: WeightsSnapshot) {
        state.withLock { $0.waiting[kind] = snapshot }
        thread.begin { self.write(kind) }
        retry()
    }

    /// Takes a whole state to be written soon; never waits for the disk.
    /// - Parameter isAsked: whether somebody wants to know when it is written.
    func submit(_ copy: CopiedState, isAsked: Bool) {
        state.withLock { $0.checkpoint = (copy, isAsked || $0.checkpoint?.isAsked == true) }
        thread.begin { self.writeCheckpoint() }
        retry()
    }

    /// Returns when everything submitted is on the disk, or has failed.
    func finish() {
        thread.finish()
        retry()
        thread.finish()
    }

    /// Tries again what could not be written: the best weights may never be submitted again.
    private func retry() {
        for kind in state.withLock({ $0.failures.keys.filter($0.waiting.keys.contains) }) {
            thread.begin { self.write(kind) }
        }
    }

    /// Seconds that writing weights of a kind took the last time; 0 before the first.
    func seconds(for kind: KeptWeights) -> Double { state.withLock { $0.seconds[kind] ?? 0 } }

    private func write(_ kind: KeptWeights) {
        guard let snapshot = state.withLock({ $0.waiting.removeValue(forKey: kind) }) else { return }
        let begin = MonotonicClock.seconds
        defer { state.withLock { $0.seconds[kind] = MonotonicClock.seconds - begin } }
        do throws(FileError) {
            try SafetensorsFile.write(
                snapshot.tensors, metadata: [.init(key: "step", value: "\(snapshot.position.step)")] + places.metadata,
                to: places.weights(kind))
            let hadFailed = state.withLock { $0.failures.removeValue(forKey: kind) != nil }
            if hadFailed { reports.append(.note(.disk, "\(kind.rawValue) weights saved", snapshot.position)) }
        } catch {
            let isNew = state.withLock { state in
                // A newer one that came meanwhile wins.
                if state.waiting[kind] == nil { state.waiting[kind] = snapshot }
                defer { state.failures[kind] = error }
                return state.failures[kind] == nil
            }
            guard isNew else { return }
            reports.append(.note(.disk, "\(kind.rawValue) weights not saved: \(error)", snapshot.position))
        }
    }

    private func writeCheckpoint() {
        let waiting = state.withLock { state in
            defer { state.checkpoint = nil }
            return state.checkpoint
        }
        guard let (copy, isAsked) = waiting, let place = places.checkpoint else { return }
        do throws(FileError) {
            try AtomicFile.write(copy.bytes(with: places.metadata), to: place(copy.number, copy.position.step))
            let hadFailed = state.withLock { state in
                defer {
                    state.checkpointFailure = nil
                    if isAsked { state.answers += 1 }
                }
                return state.checkpointFailure != nil
            }
            if isAsked || hadFailed { reports.append(.note(.disk, "checkpoint written", copy.position)) }
            places.wasWritten()
        } catch {
            let isNew = state.withLock { state in
                defer {
                    state.checkpointFailure = error
                    if isAsked { state.answers += 1 }
                }
                return state.checkpointFailure == nil
            }
            if isNew || isAsked { reports.append(.note(.disk, "checkpoint not written: \(error)", copy.position)) }
        }
    }
}
