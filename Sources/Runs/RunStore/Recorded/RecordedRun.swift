import Files
import Glibc
import History
import Machine
import Runs

/// A run that has been, read back from what it wrote: a feed to watch, in which nothing is new any more.
package struct RecordedRun: RunFeed {
    /// The folder's or the file's name.
    package let name: String
    /// What is known of it: its steps and evaluations; what was not recorded of a step is NaN.
    package let history: RunHistory

    /// Reads a run directory (its newest event file), a TensorBoard event file, or a log written with `--log`.
    ///
    /// A last record or line that a crash cut off does not count. What says nothing about a step is skipped.
    package static func read(_ path: String) throws(FileError) -> RecordedRun {
        let file = try file(of: path)
        let bytes = try FileBytes.read(file)
        return try parse(bytes, name: path.split(separator: "/").last.map(String.init) ?? path, path: file)
    }

    /// Reads the content of an event file or of a log.
    ///
    /// - Parameter path: what an error names.
    package static func parse(_ bytes: [UInt8], name: String, path: String) throws(FileError) -> RecordedRun {
        var numbers = RecordedNumbers()
        // A record begins with its length in 8 bytes, a log with a brace.
        if bytes.first == UInt8(ascii: "{") {
            numbers.readLog(bytes)
        } else {
            try numbers.readEvents(bytes, path: path)
        }
        let (steps, evaluations) = (numbers.steps, numbers.evaluations)
        guard !steps.isEmpty || !evaluations.isEmpty else {
            throw FileError(
                path: path, .malformed("no losses in it; a run directory, an event file or a file of --log is due"))
        }
        return RecordedRun(name: name, steps: steps, evaluations: evaluations)
    }

    /// - Parameters:
    ///   - steps: by their step.
    ///   - evaluations: by their step.
    private init(name: String, steps: [StepReport], evaluations: [EvaluationReport]) {
        self.name = name
        let total = max((steps.last?.step ?? -1) + 1, evaluations.last?.position.step ?? 0)
        var history = RunHistory(description: .recorded(name, total: total, steps: steps, evaluations: evaluations))
        let seconds = steps.last?.elapsedSeconds ?? 0
        history.record(steps.map { .step($0) } + evaluations.map { .evaluation($0) }, at: seconds)
        self.history = history
    }

    /// Everything to a reader who has nothing, then nil.
    package func changes(since cursor: RunCursor) -> RunChanges? { history.changes(since: cursor) }

    private static func file(of path: String) throws(FileError) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError(path: path, doing: "open") }
        guard status.st_mode & S_IFMT == S_IFDIR else { return path }
        let names: [String]
        do throws(SystemError) {
            names = try Folder.names(in: path)
        } catch {
            throw FileError(path: path, doing: "open", code: error.code)
        }
        // Their names begin with the second in which they were made.
        guard let newest = names.filter({ $0.hasPrefix("events.out.tfevents.") }).max() else {
            throw FileError(path: path, .malformed("no event file in this folder; a run directory is due"))
        }
        return path + "/" + newest
    }
}

extension RunDescription {
    /// What can be said of a run of which only numbers are left.
    fileprivate static func recorded(
        _ name: String, total: Int, steps: [StepReport], evaluations: [EvaluationReport]
    ) -> RunDescription {
        let rate = steps.last { $0.learningRate.isFinite }?.learningRate ?? 0
        return RunDescription(
            name: name, host: "", totalSteps: total, stepsPerEpoch: 0, batchSize: 0,
            schedule: Schedule(base: rate, total: total), layers: [], loss: "",
            hasAccuracy: steps.contains { $0.accuracy.isFinite }, hasValidation: !evaluations.isEmpty, classCount: nil,
            trainingExamples: 0, validationExamples: 0, blasKernel: "", threads: 0, seed: 0, runDirectory: nil)
    }
}
