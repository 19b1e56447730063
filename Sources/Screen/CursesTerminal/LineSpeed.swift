/// How fast a terminal's line is, and what of all that was sent is still under way: an estimate from when the line took how
/// much, and when it was full. Times are monotonic seconds, speeds bytes a second.
///
/// A pseudo-terminal does not tell how much of what it took is still under way (`TIOCOUTQ` is always 0), and takes some
/// 17 kB at once: 18 seconds of a line of 9,600 baud. So the speed is measured whenever the line is full, and what lies in
/// it is estimated from then on. A line that tells a low speed by itself, as a serial one does, is believed from the start.
package struct LineSpeed: Hashable, Sendable {
    /// What happens between the program and its line.
    package enum Event: Hashable, Sendable {
        /// So many bytes more are to go.
        case added(Int)
        /// Bytes wait, and the line is asked to take them.
        case offered
        /// The line took so many of them.
        case took(Int)
        /// It takes no more for now.
        case full
        /// It has taken everything.
        case settled
        /// What had not arrived was taken back.
        case dropped
    }

    /// Bytes a second, measured while the line was full or told by the line; nil as long as neither is so.
    package private(set) var bytesPerSecond: Double?
    /// What the line tells, nil where it is fast or pretends nothing.
    private let told: Double?
    /// Whether the line was full since all was sent the last time.
    private var wasFull = false
    /// A moment at which the line was full, and what it has taken since: when it is full again, as much has arrived.
    private var mark: Double?
    private var isSteady = false
    private var takenSinceMark = 0
    /// What it has taken since it was full the last time.
    private var takenSinceFull = 0
    /// What it took before it was full: what lies in it then.
    private var burst = 0
    private var capacity = 0
    private var lastWrite = -Double.infinity
    /// When everything sent should have arrived.
    private var arrival = -Double.infinity

    /// Lines faster than this need no care, in bytes a second.
    private static let fast = 200_000.0
    /// How much the estimate of a speed grows with each frame, so that a line that was held up for a while recovers.
    private static let recovery = 1.03
    /// Lines slower than this get their frames in pieces, in bytes a second; on others a whole frame comes soon enough.
    private static let slow = 4_000.0
    /// No pseudo-terminal holds more.
    private static let most = 20_000
    /// More than a line that is nearly full makes room for at once; it holds some 17 kB.
    private static let room = 8192
    /// Seconds that are waited for what was sent.
    private static let longest = 20.0
    /// Seconds of the line that one piece of a frame may take.
    private static let piece = 0.25

    /// - Parameter told: what the line tells of its speed, nil where it is fast or pretends nothing.
    package init(told: Double? = nil) {
        self.told = told
        bytesPerSecond = told
    }

    /// How many bytes of a frame a slow line is given at a time; nil for a line that needs no such care.
    package var budget: Int? { bytesPerSecond.flatMap { $0 < Self.slow ? max(120, Int($0 * Self.piece)) : nil } }

    /// Whether all that the line has taken has, as far as one can know, arrived.
    package func hasArrived(at now: Double) -> Bool { now >= arrival }

    /// Takes in what happened at a moment.
    package mutating func handle(_ event: Event, at now: Double) {
        switch event {
        case .added(let bytes): expect(bytes, at: now)
        case .offered:
            // After a rest the line has room again, and the time since it was full says nothing.
            if !wasFull, now - lastWrite > 1 { (burst, mark, isSteady) = (0, nil, false) }
        case .took(let bytes):
            lastWrite = now
            count(bytes)
        case .full: measure(at: now)
        case .settled: settle(at: now)
        case .dropped:
            (wasFull, mark, isSteady) = (false, nil, false)
            arrival = -.infinity
            burst = 0
        }
    }

    private mutating func count(_ taken: Int) {
        if !wasFull { burst += taken }
        takenSinceMark += taken
        takenSinceFull += taken
        // So much room was not made bit by bit: the line has been empty meanwhile.
        if takenSinceFull > Self.room { (mark, isSteady) = (nil, false) }
    }

    /// The line is full. Between two such moments has arrived what was taken, if it never was empty meanwhile: a reader that
    /// was busy for a moment is no slow line.
    private mutating func measure(at now: Double) {
        if !wasFull { capacity = max(capacity, min(burst, Self.most)) }
        wasFull = true
        guard takenSinceFull > 0 || mark == nil else { return }
        takenSinceFull = 0
        guard let began = mark, isSteady else {
            // At first the system hands bytes on and takes more of them, whoever reads.
            isSteady = mark != nil
            mark = now
            takenSinceMark = 0
            return
        }
        guard now - began >= 0.3, takenSinceMark >= 1024 else { return }
        let measured = Double(takenSinceMark) / (now - began)
        believe(measured)
        if takenSinceMark > 2 * Self.room {
            mark = now
            takenSinceMark = 0
        }
    }

    /// Everything is in the line; if it was full it holds as much as it can.
    private mutating func settle(at now: Double) {
        guard wasFull else { return }
        wasFull = false
        arrival = bytesPerSecond.map { now + min(Self.longest, Double(capacity) / $0) } ?? now
        burst = 0
    }

    /// So many bytes more are on their way.
    private mutating func expect(_ bytes: Int, at now: Double) {
        guard let known = bytesPerSecond else { return }
        arrival = max(arrival, now) + min(Self.longest, Double(bytes) / known)
        believe(known * Self.recovery)
    }

    private mutating func believe(_ speed: Double) {
        bytesPerSecond = speed < Self.fast ? min(speed, told ?? speed) : told
    }
}
