import Machine
import Runs

/// Whole states in memory, of moments that a run can go back to: the newest, and fewer the further back; the first always stays.
struct MomentRing {
    /// Bytes that all of them may take.
    let limit: Int
    private(set) var moments: [Moment] = []
    private(set) var bytes = 0
    private let began = MonotonicClock.seconds
    private var lastAt = MonotonicClock.seconds
    /// Seconds that a copy takes, of late.
    private var cost = 0.0

    /// A state, with the course that led to it.
    struct Moment {
        let copy: CopiedState
        let course: RunCourse

        var position: Position { copy.position }
    }

    /// Copying may take a four-hundredth of the time.
    private static let leastPause = 400.0
    /// Seconds to the second moment; the pauses grow from there.
    private static let firstPause = 0.5
    private static let longestPause = 15.0

    /// - Parameter limit: bytes; 0 for no moments.
    init(limit: Int) { self.limit = limit }

    /// Whether a moment is to be kept before update `step`: at first soon, later every 15 seconds.
    func isDue(at step: Int) -> Bool {
        guard limit > 0 else { return false }
        guard let last = moments.last else { return true }
        guard step != last.position.step else { return false }
        let pause = min(Self.longestPause, max(Self.firstPause, (lastAt - began) / 16))
        return MonotonicClock.seconds - lastAt >= max(pause, Self.leastPause * cost)
    }

    /// Keeps a moment; others give way until all fit.
    mutating func keep(_ moment: Moment, copyingTook seconds: Double) {
        lastAt = MonotonicClock.seconds
        // The first copy touches memory that is new to the process.
        cost = cost == 0 ? seconds / 2 : (cost + seconds) / 2
        guard moment.copy.byteCount <= limit else { return }
        moments.append(moment)
        bytes += moment.copy.byteCount
        while bytes > limit, moments.count > 1 { drop(moments.count == 2 ? 0 : leastMissed) }
    }

    /// Forgets the moments that are not on a line any more.
    mutating func forget(after step: Int) {
        while let last = moments.last, last.position.step > step { drop(moments.count - 1) }
    }

    private mutating func drop(_ place: Int) { bytes -= moments.remove(at: place).copy.byteCount }

    /// Which of three or more is missed least, neither the first nor the newest: that which is nearest to its neighbours, as seen
    /// from now.
    private var leastMissed: Int {
        let newest = moments[moments.count - 1].position.step
        func gap(_ place: Int) -> Double {
            Double(newest - moments[place - 1].position.step + 1)
                / Double(newest - moments[place + 1].position.step + 1)
        }
        return (1..<moments.count - 1).min { gap($0) < gap($1) } ?? 0
    }
}
