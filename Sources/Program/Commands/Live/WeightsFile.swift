import Dashboard
import Foundation
import Machine
import Synchronization

/// Writes the weights of a run without a directory where a person wants them, and remembers how that went.
///
/// Writing takes as long as the disk does, so a thread of its own does it; all else belongs to the thread that asks.
package final class WeightsFile {
    private let run: LiveSession
    private let inputs: InputFiles
    /// The file that holds them now.
    package private(set) var path: String?
    /// Why the last attempt failed; nil where it did not, or there was none.
    package private(set) var failure: String?
    /// What is being written, until its answer is taken.
    private var writing: Writing?

    /// One attempt on its thread.
    private final class Writing: Sendable {
        let request: SaveRequest
        let path: String
        let failure = Mutex<String?>(nil)
        let isDone = Atomic<Bool>(false)

        init(_ request: SaveRequest, path: String) { (self.request, self.path) = (request, path) }
    }

    /// - Parameters:
    ///   - run: one whose weights go nowhere else.
    ///   - inputs: what may not be replaced, even when asked twice.
    package init(_ run: LiveSession, sparing inputs: InputFiles = InputFiles()) {
        self.run = run
        self.inputs = inputs
    }

    /// Puts the weights of a run that is over in their place and reads them back; of one that is alive it looks whether they can go
    /// there.
    package func save(_ request: SaveRequest, isOver: Bool) -> SaveAnswer {
        let path = ExportFile.resolved(request.path)
        switch ExportFile.obstacle(at: path, mayReplace: request.mayReplace, sparing: inputs) {
        case .refused(let reason): return .failed(reason)
        case .exists: return .exists
        case nil: break
        }
        guard path.folder.withPathBytes({ access($0, W_OK) }) == 0 else {
            return .failed(OneLine.of("\(path.folder): \(SystemError(code: errno))"))
        }
        guard isOver else { return .possible }
        guard writing == nil else { return .writing }
        let attempt = Writing(request, path: path)
        writing = attempt
        SystemThread.start("saving") { [run] in
            do {
                try run.writeWeights(to: attempt.path)
            } catch {
                attempt.failure.withLock { $0 = OneLine.of("\(error)") }
            }
            attempt.isDone.store(true, ordering: .releasing)
        }
        return .writing
    }

    /// What became of weights that were being written, once.
    package func takeAnswer() -> (request: SaveRequest, answer: SaveAnswer)? {
        guard let attempt = writing, attempt.isDone.load(ordering: .acquiring) else { return nil }
        writing = nil
        failure = attempt.failure.withLock { $0 }
        if let failure { return (attempt.request, .failed(failure)) }
        path = attempt.path
        return (attempt.request, .written(path: attempt.path.showingStrayBytes))
    }

    /// Waits until nothing is being written any more.
    package func finish() {
        while writing != nil {
            if takeAnswer() == nil { usleep(10_000) }
        }
    }
}
