import Fields
import Files
import Glibc
import History
import Runs
import Settings

/// What the journal of a run directory says of its past, as far as a run needs it that goes on from a checkpoint.
package struct RunPast: Sendable {
    /// How the run began.
    package private(set) var begin = BeginEvent()
    /// How it ended; nil where it did not, or went on afterwards.
    package private(set) var end: EndSummary?
    /// Seconds that the run had taken at the journal's last line.
    package private(set) var seconds = 0.0
    /// Whether it stands still.
    package private(set) var isPaused = false
    /// The best evaluation so far; nil before the first.
    package var best: EvaluationReport? { bests.last }
    /// The epochs in all that were asked for while it went; nil where the config's hold.
    package var epochs: Int? {
        lengths.lazy.compactMap { if case .setEpochs(let count) = $0.command { count } else { nil } }.last
    }
    /// The best evaluations of its line, each better than the one before.
    private var bests: [EvaluationReport] = []
    /// The changes of its length and of its batches on its line.
    private var lengths: [(step: Int, command: RunCommand)] = []
    /// By their numbers.
    private var checkpoints: [Int: Checkpoint] = [:]
    /// Receipts, notes and skipped updates in order, with the place in the journal behind them.
    private var events: [(event: RunEvent, end: Int)] = []

    /// Where the files stood when a checkpoint was taken.
    private struct Checkpoint {
        var event: CheckpointEvent
        /// The log of then.
        var log: String?
        /// Bytes of the journal up to the line's end.
        var end: Int
        var seconds: Double
    }

    /// A place in a run's files from which it can go on.
    package struct Point: Sendable {
        /// The checkpoint's number.
        package let number: Int
        /// Where the run stood.
        package let position: Position
        /// Seconds that the run had taken.
        package let seconds: Double
        /// Bytes of the journal that belong to the past.
        package let journal: Int
        /// The log of then, and its bytes that belong to the past; nil where there was none.
        package let log: (path: String, length: Int)?
        /// Bytes of the event file that belong to the past; nil where there was none.
        package let eventFile: Int?
        /// What happened before.
        package let events: [RunEvent]
        /// What people changed afterwards and the run did, each to be done again before its step.
        package let commands: [Receipt]
    }

    /// Reads a journal; lines that cannot be read are passed over, and so is a last one without an end.
    package init(_ directory: RunDirectory) throws(FileError) {
        let bytes = try FileBytes.read(directory.journal)
        var begin: BeginEvent?
        var log: String?
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            defer { start = end + 1 }
            guard
                let line = try? Setting.parseLines(bytes[start..<end], file: directory.journal, allowsNonFinite: true),
                let object = try? line.first?.object(), let word = try? object["event"]?.string()
            else { continue }
            let reader = FieldReader(.records)
            let seconds = (try? object["seconds"]?.anyDouble()) ?? 0
            self.seconds = max(self.seconds, seconds)
            switch word {
            case EndSummary.word: self.end = try? reader.read(EndSummary.self, among: object)
            case PauseEvent.word:
                isPaused = (try? reader.read(PauseEvent.self, among: object))?.isPaused ?? isPaused
            case EvaluationReport.word:
                if let report = try? reader.read(EvaluationReport.self, among: object) { bests.append(report) }
            case ResumeEvent.word:
                (self.end, isPaused) = (nil, false)
                let event = try? reader.read(ResumeEvent.self, among: object)
                log = event?.log
                // The config has it from there on.
                if event?.changes?.contains("epochs=") == true {
                    lengths.removeAll { if case .setEpochs = $0.command { true } else { false } }
                }
            case BeginEvent.word:
                begin = begin ?? (try? reader.read(BeginEvent.self, among: object))
                log = begin?.log
            case CheckpointEvent.word:
                guard let event = try? reader.read(CheckpointEvent.self, among: object) else { continue }
                checkpoints[event.number] = Checkpoint(event: event, log: log, end: end + 1, seconds: seconds)
            case CommandEvent.word:
                guard let receipt = (try? reader.read(CommandEvent.self, among: object))?.receipt else { continue }
                if receipt.isAccepted {
                    switch receipt.command {
                    case .setEpochs, .setBatchSize: lengths.append((receipt.position.step, receipt.command))
                    default: break
                    }
                }
                if let branch = receipt.rewound {
                    lengths.removeAll { $0.step >= branch.step }
                    bests.removeAll { $0.position.step > branch.step }
                }
                add(.receipt(receipt), receipt.position, seconds, end)
            case NoteEvent.word:
                guard let note = try? reader.read(NoteEvent.self, among: object) else { continue }
                add(.note(note.author, note.text), note.position, seconds, end)
            case Finding.word:
                guard let finding = try? reader.read(Finding.self, among: object) else { continue }
                add(.finding(finding), finding.position, seconds, end)
            case NotFiniteEvent.word:
                guard let event = try? reader.read(NotFiniteEvent.self, among: object) else { continue }
                add(.notFinite(loss: event.loss, gradientNorm: event.gradientNorm), event.position, seconds, end)
            default: break
            }
        }
        guard let begin else {
            throw FileError(
                path: directory.journal, .malformed("says nothing of how a run began; no run can go on here"))
        }
        self.begin = begin
    }

    private mutating func add(_ content: RunEvent.Content, _ position: Position, _ seconds: Double, _ end: Int) {
        events.append((RunEvent(position: position, content: content, seconds: seconds), end + 1))
    }

    /// How long the run is with what was changed while it went.
    /// - Parameter known: as it was when the run began or went on the last time.
    package func lengths(_ known: RunLengths) -> RunLengths {
        guard let last = known.course, let first = last.stretches.first else {
            return epochs.map { known.with(totalSteps: $0 * known.stepsPerEpoch) } ?? known
        }
        var course = EpochCourse(examples: last.examples, batchSize: first.batchSize, dropLast: last.dropLast)
        for change in lengths {
            guard case .setBatchSize(let size) = change.command,
                course.refusal(ofBatches: size, from: change.step) == nil
            else { continue }
            course.change(to: size, from: change.step)
        }
        return RunLengths(course, count: epochs ?? known.epochs)
    }

    /// Receipts, notes and skipped updates, the oldest first.
    package var allEvents: [RunEvent] { events.map(\.event) }

    /// Accepted commands of people that changed what the run does.
    package var changesByHand: Int {
        events.count { entry in
            guard case .receipt(let receipt) = entry.event.content else { return false }
            return receipt.isAccepted && receipt.author == .person
                && (RateMark(receipt) != nil || receipt.command.tunes)
        }
    }

    /// Where a run goes on from a checkpoint; nil where the journal does not tell its past.
    package func point(of number: Int) -> Point? {
        guard let checkpoint = checkpoints[number] else { return nil }
        let later = events.filter { $0.end > checkpoint.end }.compactMap { event, _ -> Receipt? in
            guard case .receipt(let receipt) = event.content, receipt.isAccepted, receipt.isRepeated else { return nil }
            return receipt
        }
        return Point(
            number: number, position: checkpoint.event.position, seconds: checkpoint.seconds, journal: checkpoint.end,
            log: checkpoint.log.flatMap { path in checkpoint.event.log.map { (path, $0) } },
            eventFile: checkpoint.event.events,
            events: events.filter { $0.end <= checkpoint.end }.map(\.event), commands: later)
    }
}

extension Receipt {
    /// Whether the run's numbers depend on it and nobody else gives it again: policies and scripts do by themselves.
    fileprivate var isRepeated: Bool {
        author == .person && command.changesNumbers
    }
}
