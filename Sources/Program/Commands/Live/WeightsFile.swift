import Dashboard
import Foundation
import Machine

/// Writes the weights of a run without a directory where a person wants them, and remembers how that went.
package final class WeightsFile {
    private let run: LiveSession
    private let inputs: InputFiles
    /// The file that holds them now.
    package private(set) var path: String?
    /// Why the last attempt failed; nil where it did not, or there was none.
    package private(set) var failure: String?

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
        do {
            try run.writeWeights(to: path)
            (self.path, failure) = (path, nil)
            return .written(path: path.showingStrayBytes)
        } catch {
            failure = OneLine.of("\(error)")
            return .failed(OneLine.of("\(error)"))
        }
    }
}
