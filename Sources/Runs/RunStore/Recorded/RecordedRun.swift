import Files
import Glibc
import History
import Machine
import Runs
import Settings

/// A run that has been, read back from what it wrote: a feed to watch, in which nothing is new any more.
package struct RecordedRun: RunFeed {
    /// The folder's name, or the file's without what says how it is written.
    package let name: String
    /// What is known of it: its steps and evaluations; what was not recorded of a step is NaN.
    package private(set) var history: RunHistory

    /// Reads a run directory (its newest event file), a TensorBoard event file, or a log written with `--log`.
    ///
    /// A last record or line that a crash cut off does not count. What says nothing about a step is skipped.
    package static func read(_ path: String) throws(FileError) -> RecordedRun {
        let file = try file(of: path)
        let bytes = try FileBytes.read(file)
        var run = try parse(bytes, name: name(of: path), path: file)
        if file != path, let directory = try? RunDirectory.existing(path) { run.take(config: directory.config) }
        return run
    }

    /// Takes from a run directory's config what it learns; one that cannot be read says nothing.
    private mutating func take(config: String) {
        guard let bytes = try? FileBytes.read(config, limit: 64 << 20),
            let members = try? Setting.parse(bytes, file: config).object()
        else { return }
        let loss = members["loss"]
        let name = (try? loss?.string()) ?? (try? loss?.object())?.members.first?.name
        // The standard is the one that a config need not name.
        history.description.task.loss = name ?? "crossEntropy"
        let classes = try? (try? members["recorded"]?.object())?["classes"]?.integer(in: 1...)
        history.description.task.classCount = classes ?? nil
    }

    /// Reads the content of an event file or of a log.
    ///
    /// - Parameter path: what an error names.
    package static func parse(_ bytes: [UInt8], name: String, path: String) throws(FileError) -> RecordedRun {
        // A record begins with its length in 8 bytes, a log with a brace.
        let log = bytes.first == UInt8(ascii: "{") ? RecordedLog(bytes) : nil
        var branches = log?.branches ?? [:]
        if log == nil {
            var numbers = RecordedNumbers()
            try numbers.readEvents(bytes, path: path)
            branches[0] = numbers
        }
        let parts = branches.sorted { $0.key < $1.key }.map { branch, numbers in
            Part(steps: numbers.steps(of: branch), evaluations: numbers.evaluations(of: branch))
        }
        guard parts.contains(where: { !$0.steps.isEmpty || !$0.evaluations.isEmpty }) else {
            throw FileError(
                path: path, .malformed("no losses in it; a run directory, an event file or a file of --log is due"))
        }
        return RecordedRun(name: name, parts: parts, end: log?.end)
    }

    /// What was recorded of one branch, by its step.
    private struct Part {
        var steps: [StepReport]
        var evaluations: [EvaluationReport]
        var end: Int { max((steps.last?.step ?? -1) + 1, evaluations.last?.position.step ?? 0) }
    }

    private init(name: String, parts: [Part], end: EndReason?) {
        self.name = name
        var history = RunHistory(description: .recorded(name, parts.flatMap(\.steps), parts.flatMap(\.evaluations)))
        let seconds = parts.last?.steps.last?.elapsedSeconds ?? 0
        for part in parts {
            history.record(part.steps.map { .step($0) } + part.evaluations.map { .evaluation($0) }, at: seconds)
        }
        // Only a log says how its run ended; but none that was recorded goes on.
        history.record(
            [
                .phase(
                    .finished(end ?? .completed),
                    Position(branch: history.status.position.branch, step: parts.last?.end ?? 0))
            ],
            at: seconds)
        self.history = history
    }

    /// Everything to a reader who has nothing, then nil.
    package func changes(since cursor: RunCursor) -> RunChanges? { history.changes(since: cursor) }

    private static func name(of path: String) -> String {
        var name = path.split(separator: "/").last ?? Substring(path)
        for suffix in [".gz", ".log", ".jsonl"] where name.hasSuffix(suffix) && name.count > suffix.count {
            name = name.dropLast(suffix.count)
        }
        return String(name)
    }

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
        _ name: String, _ steps: [StepReport], _ evaluations: [EvaluationReport]
    ) -> RunDescription {
        let rate = steps.last { $0.learningRate.isFinite }?.learningRate ?? 0
        let total = max((steps.map(\.step).max() ?? -1) + 1, evaluations.map(\.position.step).max() ?? 0)
        return RunDescription(
            name: name,
            lengths: RunLengths(totalSteps: total, stepsPerEpoch: 0, batchSize: 0),
            schedule: Schedule(base: rate, total: total),
            layers: [],
            task: RunTask(
                loss: "", hasAccuracy: steps.contains { $0.accuracy.isFinite }, hasValidation: !evaluations.isEmpty,
                classCount: nil, trainingExamples: 0, validationExamples: 0),
            origin: RunOrigin(host: "", blasKernel: "", threads: 0, seed: 0, directory: nil))
    }
}
