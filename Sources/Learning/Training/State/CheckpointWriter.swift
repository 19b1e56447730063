import Dispatch
import Files
import Runs
import Synchronization
import Tensors

/// Writes weights beside the training, on a queue of its own; when it is late, the newest of each kind wins.
package final class CheckpointWriter: Sendable {
    private struct State {
        var waiting: [KeptWeights: WeightsSnapshot] = [:]
        var failures: [KeptWeights: FileError] = [:]
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "checkpoints")
    private let paths: @Sendable (KeptWeights) -> String
    private let reports: ReportMailbox

    /// - Parameter paths: the file of each kind.
    package init(reports: ReportMailbox, paths: @escaping @Sendable (KeptWeights) -> String) {
        self.paths = paths
        self.reports = reports
    }

    /// What went wrong with the newest write of either kind; nil when the files hold what was submitted.
    package var failure: FileError? { state.withLock { $0.failures[.best] ?? $0.failures[.last] } }

    /// Takes a snapshot to be written soon; never waits for the disk.
    func submit(_ kind: KeptWeights, _ snapshot: WeightsSnapshot) {
        state.withLock { $0.waiting[kind] = snapshot }
        queue.async { self.write(kind) }
    }

    /// Returns when everything submitted is on the disk, or has failed.
    func finish() { queue.sync {} }

    private func write(_ kind: KeptWeights) {
        guard let snapshot = state.withLock({ $0.waiting.removeValue(forKey: kind) }) else { return }
        do throws(FileError) {
            try SafetensorsFile.write(
                snapshot.tensors, metadata: [.init(key: "step", value: "\(snapshot.position.step)")], to: paths(kind))
            state.withLock { $0.failures[kind] = nil }
        } catch {
            state.withLock { $0.failures[kind] = error }
            reports.append(.note(.disk, "\(kind.rawValue) weights not saved: \(error)", snapshot.position))
        }
    }
}
