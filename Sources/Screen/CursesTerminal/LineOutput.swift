import CNcurses
import Glibc

/// The way from ncurses to the terminal: ncurses writes into memory, and bytes leave as fast as the line takes them, so
/// that a slow line never keeps the program waiting.
///
/// A pseudo-terminal does not tell how much of what it took is still under way (`TIOCOUTQ` is always 0), and takes some
/// 17 kB at once: 18 seconds of a line of 9,600 baud. So the speed is measured whenever the line is full, and what lies in
/// it is estimated from then on. A line that tells a low speed by itself, as a serial one does, is believed from the start.
package struct LineOutput {
    /// Where ncurses writes: a file in memory, which is never full.
    let spool: Int32
    /// The terminal, opened once more so that writing without waiting is ours alone; else its plain descriptor.
    private let device: Int32
    private let isOwnDevice: Bool
    /// What has not been taken yet, from `start` on.
    private var pending: [UInt8] = []
    private var start = 0
    private var isBroken = false
    /// Bytes that the line has taken so far.
    private(set) var sent = 0

    /// Bytes a second, measured while the line was full or told by the line; nil as long as neither is so.
    package private(set) var speed: Double?
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

    /// Nil where the system has no memory to give.
    package init?(terminal: Int32) {
        spool = curses_spool()
        guard spool >= 0, fcntl(spool, F_SETFL, O_APPEND) == 0 else { return nil }
        let own = open("/proc/self/fd/\(terminal)", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        isOwnDevice = own >= 0
        device = own >= 0 ? own : terminal
        told = Self.toldSpeed(terminal)
        speed = told
    }

    /// Bytes a second by the line's own settings: ten bits a byte. Pseudo-terminals say 38,400 baud and mean nothing by it.
    private static func toldSpeed(_ terminal: Int32) -> Double? {
        var modes = termios()
        guard tcgetattr(terminal, &modes) == 0 else { return nil }
        let rates: [Int32: Double] = [
            B300: 300, B600: 600, B1200: 1_200, B1800: 1_800, B2400: 2_400, B4800: 4_800, B9600: 9_600,
            B19200: 19_200,
        ]
        return rates[Int32(truncatingIfNeeded: cfgetospeed(&modes))].map { $0 / 10 }
    }

    /// How many bytes of a frame a slow line is given at a time; nil for a line that needs no such care.
    package var budget: Int? { speed.flatMap { $0 < Self.slow ? max(120, Int($0 * Self.piece)) : nil } }

    /// Gives the terminal's second descriptor back; ncurses' stream owns the spool.
    package func close() { if isOwnDevice { Glibc.close(device) } }

    /// For `poll`, while something waits.
    var writableDescriptor: Int32? { isEmpty ? nil : device }

    /// Whether the line has taken everything.
    package var isEmpty: Bool { start == pending.count }

    /// Whether everything has, as far as one can know, arrived.
    package func hasArrived(at now: Double) -> Bool { isEmpty && now >= arrival }

    /// Takes over what ncurses has written, and text behind it, and sends what the line takes.
    package mutating func send(_ text: String = "", at now: Double) {
        let before = pending.count - start
        collect()
        pending += Array(text.utf8)
        let added = pending.count - start - before
        if added > 0 { expect(added, at: now) }
        pump(at: now)
    }

    /// Sends what the line takes now.
    package mutating func pump(at now: Double) {
        guard !isEmpty else { return }
        // After a rest the line has room again, and the time since it was full says nothing.
        if !wasFull, now - lastWrite > 1 { (burst, mark, isSteady) = (0, nil, false) }
        while !isEmpty {
            // A descriptor that waits gets pieces that it most likely takes.
            let piece = min(pending.count - start, isOwnDevice ? 65_536 : 512)
            let taken = pending.withUnsafeBytes { write(device, $0.baseAddress.map { $0 + start }, piece) }
            if taken > 0 {
                start += taken
                sent += taken
                lastWrite = now
                count(taken)
                continue
            }
            if errno == EINTR { continue }
            if errno == EAGAIN {
                measure(at: now)
            } else {
                // Nobody is there any more; the input tells so too.
                start = pending.count
                isBroken = true
            }
            break
        }
        if isEmpty { settle(at: now) }
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
        speed = measured < Self.fast ? min(measured, told ?? measured) : told
        if takenSinceMark > 2 * Self.room {
            mark = now
            takenSinceMark = 0
        }
    }

    /// Everything is in the line; if it was full it holds as much as it can.
    private mutating func settle(at now: Double) {
        pending.removeAll(keepingCapacity: pending.count < 1 << 20)
        start = 0
        guard wasFull else { return }
        wasFull = false
        arrival = speed.map { now + min(Self.longest, Double(capacity) / $0) } ?? now
        burst = 0
    }

    /// So many bytes more are on their way.
    private mutating func expect(_ bytes: Int, at now: Double) {
        guard let known = speed else { return }
        arrival = max(arrival, now) + min(Self.longest, Double(bytes) / known)
        let next = known * Self.recovery
        speed = next < Self.fast ? min(next, told ?? next) : told
    }

    /// Forgets what has not arrived, where the line is behind: for leaving. True if something may have been cut in two.
    mutating func drop(at now: Double) -> Bool {
        collect()
        guard !hasArrived(at: now) else { return false }
        pending.removeAll()
        start = 0
        (wasFull, mark, isSteady) = (false, nil, false)
        tcflush(device, TCOFLUSH)
        arrival = -.infinity
        burst = 0
        return true
    }

    /// Waits until the line has taken everything, at most so many seconds.
    mutating func finish(within seconds: Double, clock: () -> Double) {
        let end = clock() + seconds
        while !isEmpty, clock() < end {
            var writable = pollfd(fd: device, events: Int16(POLLOUT), revents: 0)
            _ = poll(&writable, 1, 50)
            pump(at: clock())
        }
    }

    private mutating func collect() {
        let size = Int(lseek(spool, 0, SEEK_END))
        guard size > 0 else { return }
        if !isBroken {
            let count = pending.count
            pending.append(contentsOf: repeatElement(0, count: size))
            let got = pending.withUnsafeMutableBytes { pread(spool, $0.baseAddress.map { $0 + count }, size, 0) }
            if got < size { pending.removeLast(size - max(0, got)) }
        }
        ftruncate(spool, 0)
    }
}
