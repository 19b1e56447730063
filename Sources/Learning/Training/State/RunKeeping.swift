import Files
import Machine
import Plans
import Runs

/// What a run leaves on the disk while it goes on, and when: weights and checkpoints.
///
/// What clocks say here decides when a file is written, never what is in it.
struct RunKeeping {
    private let writer: CheckpointWriter?
    private let plan: CheckpointPlan
    /// Writes files of somebody's choice, once there is one.
    private var elsewhere: SerialThread?
    private let began = MonotonicClock.seconds
    /// When the last checkpoint was taken, by the monotonic clock.
    private var lastAt = MonotonicClock.seconds
    /// Updates before the last checkpoint; nil before the first.
    private var lastStep: Int?
    /// Seconds that copying took at most.
    private var cost = 0.0
    /// Whether somebody asked for a checkpoint that was not taken yet.
    private var isAsked = false
    /// Whether the next boundary is to be in a checkpoint, whoever asked.
    private var isNeeded = false
    /// Before these moments no weights of a kind are handed over again, so that short epochs cost no more than long ones.
    private var pauses: [KeptWeights: Double] = [:]
    /// Whether the best weights so far have still to be handed over.
    private var owesBest = false
    /// The moments in memory that the run can go back to.
    private(set) var moments: MomentRing

    /// Copying may take a four-hundredth of the time at most, and so may writing weights of a kind.
    private static let leastPause = 400.0
    /// Seconds to the second checkpoint; the pauses grow from there, since a young run is soon worth twice as much.
    private static let firstPause = 5.0

    /// - Parameters:
    ///   - writer: nil where nothing is kept.
    ///   - step: of the checkpoint that the run goes on from; nil for its beginning.
    ///   - keepsMoments: whether somebody may want to go back.
    init(_ writer: CheckpointWriter?, _ plan: CheckpointPlan, goingOnFrom step: Int?, keepsMoments: Bool) {
        moments = MomentRing(limit: keepsMoments ? plan.memory * 1_000_000 : 0)
        self.writer = writer
        self.plan = plan
        lastStep = step
    }

    /// Whether there is a place for checkpoints.
    var keepsCheckpoints: Bool { writer?.keepsCheckpoints == true }

    /// A checkpoint is due at the next boundary between two updates.
    mutating func ask() { isAsked = true }

    /// Whether a checkpoint is due before update `step`: the first at once, later ones as the plan has it, each step once; and what
    /// was asked for.
    func isDue(at step: Int) -> Bool {
        guard keepsCheckpoints else { return false }
        if isAsked || isNeeded { return true }
        guard let lastStep else { return true }
        guard step != lastStep else { return false }
        if let steps = plan.steps, step % steps == 0 { return true }
        let pause = min(60 * plan.minutes, max(Self.firstPause, lastAt - began))
        return MonotonicClock.seconds - lastAt >= max(pause, Self.leastPause * cost)
    }

    /// Keeps a state at a boundary in memory where that is due.
    mutating func keepMoment(of state: TrainingState) {
        guard moments.isDue(at: state.position.step) else { return }
        let begin = MonotonicClock.seconds
        let copy = state.copied(waiting: [])
        moments.keep(.init(copy: copy, course: state.course), copyingTook: MonotonicClock.seconds - begin)
    }

    /// The run has gone back: what was kept of the line that it left is no way to it any more, and a checkpoint is due.
    mutating func leave(from step: Int) {
        moments.forget(after: step)
        isNeeded = true
    }

    /// What can be gone back to; nil where nobody is to go back.
    var momentsKept: MomentsKept? {
        guard moments.limit > 0 || writer?.hasEarlier == true else { return nil }
        // The run's beginning stays on the disk.
        let earliest = writer?.hasEarlier == true ? 0 : moments.moments.first?.position.step
        return MomentsKept(
            count: moments.moments.count, bytes: moments.bytes, limit: moments.limit, earliest: earliest)
    }

    /// The checkpoints on the disk up to a step, the latest steps first.
    func earlier(upTo step: Int) -> [CheckpointWriter.Earlier] { writer?.earlier(upTo: step) ?? [] }

    /// Copies a state at a boundary, with the commands that wait, for the thread that writes it, and marks the place in the reports.
    mutating func takeCheckpoint(of state: TrainingState, _ waiting: [CommandMailbox.Entry], reports: ReportMailbox) {
        let begin = MonotonicClock.seconds
        let copy = state.copied(waiting: waiting)
        reports.append(.checkpoint(number: state.checkpointCount, state.position))
        state.checkpointCount += 1
        writer?.submit(copy, isAsked: isAsked)
        (isAsked, isNeeded) = (false, false)
        lastAt = MonotonicClock.seconds
        lastStep = state.position.step
        cost = max(cost, lastAt - begin)
    }

    /// Copies a state for a thread that writes it to a file of somebody's choice, and tells how that went.
    mutating func save(
        _ state: TrainingState, to path: String, _ waiting: [CommandMailbox.Entry], reports: ReportMailbox
    ) {
        let copy = state.copied(waiting: waiting)
        let metadata = writer?.metadata ?? []
        let thread = elsewhere ?? SerialThread("save")
        elsewhere = thread
        thread.begin {
            do throws(FileError) {
                let isNew = try AtomicFile.create(copy.bytes(with: metadata), at: path)
                let words =
                    isNew
                    ? "state of step \(copy.position.step) written to \(path)"
                    : "state not written: \(path): there is a file already"
                reports.append(.note(.disk, words, copy.position))
            } catch { reports.append(.note(.disk, "state not written: \(error)", copy.position)) }
        }
    }

    /// Hands the weights of now to the thread that writes them.
    func save(_ kind: KeptWeights, of state: TrainingState) {
        writer?.submit(kind, WeightsSnapshot(of: state.network, position: state.position))
    }

    /// Hands the weights at the end of an epoch over, unless the last ones were so a moment ago.
    mutating func saveLast(of state: TrainingState) {
        guard let writer, isFree(.last) else { return }
        let begin = MonotonicClock.seconds
        save(.last, of: state)
        pause(.last, writer, since: begin)
    }

    /// The weights of now are the best ones: they are handed over when it is time, those that come meanwhile in their place.
    mutating func oweBest() { owesBest = writer != nil }

    /// Hands over the best weights so far where they have still to be.
    /// - Parameter isLast: whether there is no later time.
    mutating func payBest(of state: TrainingState, isLast: Bool = false) {
        guard owesBest, let writer, isLast || isFree(.best) else { return }
        owesBest = false
        let begin = MonotonicClock.seconds
        saveBest(of: state)
        pause(.best, writer, since: begin)
    }

    private func isFree(_ kind: KeptWeights) -> Bool { MonotonicClock.seconds >= pauses[kind] ?? 0 }

    private mutating func pause(_ kind: KeptWeights, _ writer: CheckpointWriter, since begin: Double) {
        let now = MonotonicClock.seconds
        pauses[kind] = now + Self.leastPause * (now - begin + writer.seconds(for: kind))
    }

    /// Hands the weights of the best evaluation so far to the thread that writes them, if there was one.
    func saveBest(of state: TrainingState) {
        guard let report = state.best.report, let best = state.best.network else { return }
        writer?.submit(.best, WeightsSnapshot(of: best, position: report.position))
    }

    /// Returns when everything is on the disk, or has failed.
    func finish() {
        elsewhere?.finish()
        writer?.finish()
    }
}
