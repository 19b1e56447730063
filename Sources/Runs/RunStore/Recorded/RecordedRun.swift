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
    /// What is known of it: its steps and evaluations; what was not recorded of a step is `Double.notRecorded`.
    package private(set) var history: RunHistory
    /// Steps at which a number was recorded as no finite one, rising: gaps, where what was not recorded is none.
    package private(set) var notFinite: [Metric: [Int]] = [:]
    /// Which tags its numbers are, and what could not be read.
    package private(set) var warnings: [StartWarning] = []

    /// Reads a run directory (all its event files, in the order of their times), a TensorBoard event file, or a log written with
    /// `--log`.
    ///
    /// A last record or line that a crash cut off does not count. What says nothing about a step is skipped.
    ///
    /// - Parameters:
    ///   - wholly: whether what a dashboard shows beside curves is read too: histograms, and what the journal tells.
    ///   - tags: tags of event files that somebody wants for a number.
    package static func read(
        _ path: String, wholly: Bool = false, tags: RecordedTags = RecordedTags()
    ) throws(FileError) -> RecordedRun {
        var reading: EventFileReading?
        return try read(path, wholly: wholly, tags: tags, goingOn: &reading)
    }

    /// The same, where files may have been read before: only what is new in them is read then.
    static func read(
        _ path: String, wholly: Bool, tags: RecordedTags, goingOn reading: inout EventFileReading?
    ) throws(FileError) -> RecordedRun {
        let files = try files(of: path)
        var log: RecordedLog?
        if try FileBytes.prefix(1, of: files[0]).first == Self.logMark {
            log = RecordedLog(try FileBytes.read(files[0]))
        } else {
            var known = reading
            reading = nil
            if known?.goesOn(with: files) != true { known = EventFileReading(readsHistograms: wholly) }
            try known?.read(files)
            reading = known
        }
        let directory = files != [path] ? try? RunDirectory.existing(path) : nil
        let past = wholly ? directory.flatMap { try? RunPast($0) } : nil
        var description = wholly ? directory?.readDescription() : nil
        if let past, let lengths = description?.lengths { description?.lengths = past.lengths(lengths) }
        var run = try parse(
            log, reading?.events ?? EventFiles(), name: description?.name ?? name(of: path),
            path: files.count == 1 ? files[0] : path,
            wholly: wholly, tags: tags, description: description)
        if let directory, description == nil { run.take(config: directory.config) }
        if let directory, let past { run.take(past, of: directory) }
        return run
    }

    /// Takes what the journal of a run directory tells.
    private mutating func take(_ past: RunPast, of directory: RunDirectory) {
        let seconds = max(past.seconds, history.status.latestStep?.elapsedSeconds ?? 0)
        let position = past.end?.position ?? history.status.position
        history = history.continued(
            as: history.description, at: position, with: past.allEvents, best: past.best, after: seconds)
        if let end = past.end {
            history.record([.end(end)], at: seconds)
        } else if RunLock.isHeld(directory) {
            // It is alive where its socket cannot be reached.
            history.status.untold = .recorded
            history.record([.phase(.finished(.interrupted), position)], at: seconds)
        } else {
            history.status.untold = .gone
            history.record(
                [
                    .note(.run, "its process has gone; sitter train --resume \(directory.path) goes on", position),
                    .phase(.finished(.interrupted), position),
                ], at: seconds)
        }
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
        let log = bytes.first == logMark ? RecordedLog(bytes) : nil
        var events = EventFiles()
        if log == nil { try events.read(bytes, path: path) }
        return try parse(
            log, events, name: name, path: path, wholly: false, tags: RecordedTags(), description: nil)
    }

    /// A record begins with its length in 8 bytes, a log with a brace.
    private static let logMark = UInt8(ascii: "{")

    private static func parse(
        _ log: RecordedLog?, _ read: EventFiles, name: String, path: String, wholly: Bool, tags: RecordedTags,
        description: RunDescription?
    ) throws(FileError) -> RecordedRun {
        var branches = log?.branches ?? [:]
        var events = read
        if log == nil {
            // What grows may have nothing but its head yet, or not even that.
            let isYoung = wholly && events.tagNames.isEmpty
            branches[0] = try events.numbers(
                isValidation: isOfValidation(path), path: path, chosen: isYoung ? [:] : tags.chosen)
        }
        let parts = branches.sorted { $0.key < $1.key }.map { branch, numbers in
            Part(branch: branch, numbers: numbers, evaluations: numbers.evaluations(of: branch))
        }
        let isYoung = wholly && log == nil && events.tagNames.isEmpty
        guard isYoung || parts.contains(where: { $0.numbers.last != nil || !$0.evaluations.isEmpty }) else {
            let tags = events.tagNames
            let shown = tags.prefix(8).joined(separator: ", ") + (tags.count > 8 ? ", ... (\(tags.count))" : "")
            throw FileError(
                path: path,
                .malformed(
                    "no losses in it\(tags.isEmpty ? "" : " (its tags are \(shown))"); a run directory, an event file or a file "
                        + "of --log is due"))
        }
        let (layers, reports) = events.layers(of: description?.layers ?? [])
        var run = RecordedRun(
            name: name, parts: parts, end: log?.end, description: description, layers: layers, reports: reports)
        if let last = branches.max(by: { $0.key < $1.key })?.value {
            for metric in Metric.allCases {
                let steps = last.notFiniteSteps(of: metric)
                if !steps.isEmpty { run.notFinite[metric] = steps }
            }
        }
        run.warnings = events.warnings
        if wholly, log == nil { run.history.description.tags = events.tagSeries }
        if wholly { run.history.description.origin.beganTimeOfDay = events.began.flatMap(Self.timeOfDay) }
        return run
    }

    /// Seconds since midnight, local time, of a moment in seconds since 1970.
    private static func timeOfDay(_ moment: Double) -> Double? {
        guard moment.isFinite, abs(moment) < 1e12 else { return nil }
        var seconds = time_t(moment)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return nil }
        return Double(parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec)
    }

    /// Whether a file or folder is called, or lies in one that is called, what others put the numbers of a validation set into.
    private static func isOfValidation(_ path: String) -> Bool {
        let parts = path.pathParts.filter { !$0.hasPrefix(RunDirectory.eventPrefix) }
        return parts.last.map { TagWords.validation.contains($0.lowercased()) } ?? false
    }

    /// What was recorded of one branch, by its step.
    private struct Part {
        var branch: Int
        var numbers: RecordedNumbers
        var evaluations: [(report: EvaluationReport, seconds: Double)]
        var end: Int { max((numbers.last?.step ?? -1) + 1, evaluations.last?.report.position.step ?? 0) }
    }

    private init(
        name: String, parts: [Part], end: EndReason?, description: RunDescription?, layers: [LayerDescription],
        reports: [LayersReport]
    ) {
        self.name = name
        var known =
            description ?? .recorded(name, parts.map(\.numbers), parts.flatMap { $0.evaluations.map(\.report) })
        known.layers = layers
        let lengths = known.lengths
        var history = RunHistory(description: known)
        let seconds = parts.last?.numbers.last?.seconds ?? 0
        for part in parts {
            part.numbers.forEachBlock(of: part.branch) { steps in
                let reports = steps.map { step in
                    var step = step
                    step.epoch = lengths.epoch(of: step.step)
                    return Report.step(step)
                }
                history.record(reports, at: seconds)
            }
            for (report, seconds) in part.evaluations {
                var report = report
                report.epoch = lengths.epoch(of: max(0, report.position.step - 1))
                history.record([.evaluation(report)], at: seconds)
            }
        }
        history.record(reports.map { .layers($0, logged: true) }, at: seconds)
        // Only a log says how its run ended; of others nobody knows.
        history.record(
            [
                .phase(
                    .finished(end ?? .completed),
                    Position(branch: history.status.position.branch, step: parts.last?.end ?? 0))
            ],
            at: seconds)
        if end == nil { history.status.untold = .recorded }
        self.history = history
    }

    /// Everything to a reader who has nothing, then nil.
    package func changes(since cursor: RunCursor) -> RunChanges? { history.changes(since: cursor) }

    private static func name(of path: String) -> String {
        var name = path.lastPathPart.showingStrayBytes[...]
        for suffix in [".gz", ".log", ".jsonl"] where name.hasSuffix(suffix) && name.count > suffix.count {
            name = name.dropLast(suffix.count)
        }
        return String(name)
    }

    /// The files to read, the oldest first.
    private static func files(of path: String) throws(FileError) -> [String] {
        guard let status = FileStatus(path) else { throw FileError(path: path, doing: "open") }
        guard status.isFolder else { return [path] }
        let names: [String]
        do throws(SystemError) {
            names = try Folder.names(in: path)
        } catch {
            throw FileError(path: path, doing: "open", code: error.code)
        }
        let events = names.filter { $0.hasPrefix(RunDirectory.eventPrefix) }
        guard !events.isEmpty else {
            let runs = runs(below: path, depth: 3).sorted()
            guard !runs.isEmpty else {
                throw FileError(path: path, .malformed("no event file in this folder; a run directory is due"))
            }
            let shown = runs.prefix(8).joined(separator: ", ") + (runs.count > 8 ? ", ... (\(runs.count))" : "")
            let whole = path.hasSuffix("/") ? path + runs[0] : "\(path)/\(runs[0])"
            throw FileError(
                path: path,
                .malformed("no event file in this folder; it holds the runs \(shown): give one of them, as in \(whole)")
            )
        }
        return events.sorted { (time(of: $0), $0) < (time(of: $1), $1) }.map { path + "/" + $0 }
    }

    /// The second in which an event file was made, with which its name goes on.
    private static func time(of name: String) -> Double {
        Double(name.dropFirst(RunDirectory.eventPrefix.count).prefix { $0.isNumber }) ?? .infinity
    }

    /// Folders below that hold event files, as paths from there.
    private static func runs(below path: String, depth: Int) -> [String] {
        guard depth > 0, let names = try? Folder.names(in: path) else { return [] }
        return names.filter { !$0.hasPrefix(".") && Folder.exists("\(path)/\($0)") }.prefix(256).flatMap { name in
            let inside = "\(path)/\(name)"
            let isRun = ((try? Folder.names(in: inside)) ?? []).contains { $0.hasPrefix(RunDirectory.eventPrefix) }
            return (isRun ? [name] : []) + runs(below: inside, depth: depth - 1).map { "\(name)/\($0)" }
        }
    }
}

extension RunDescription {
    /// What can be said of a run of which only numbers are left.
    fileprivate static func recorded(
        _ name: String, _ numbers: [RecordedNumbers], _ evaluations: [EvaluationReport]
    ) -> RunDescription {
        let rate = numbers.reversed().lazy.compactMap { $0.lastFinite(.learningRate) }.first ?? 0
        let total = max(
            (numbers.compactMap { $0.last?.step }.max() ?? -1) + 1, evaluations.map(\.position.step).max() ?? 0)
        return RunDescription(
            name: name,
            lengths: RunLengths(totalSteps: total, stepsPerEpoch: 0, batchSize: 0),
            schedule: Schedule(base: rate, total: total),
            layers: [],
            task: RunTask(
                loss: "", hasAccuracy: numbers.contains { $0.lastFinite(.accuracy) != nil },
                hasValidation: !evaluations.isEmpty,
                classCount: nil, trainingExamples: 0, validationExamples: 0),
            origin: RunOrigin(host: "", blasKernel: "", threads: 0, seed: 0, directory: nil))
    }
}
