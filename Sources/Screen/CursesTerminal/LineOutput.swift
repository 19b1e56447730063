import CNcurses
import Glibc

/// The way from ncurses to the terminal: ncurses writes into memory, and bytes leave as fast as the line takes them, so
/// that a slow line never keeps the program waiting.
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

    /// How fast the line is, and what is still under way.
    private var line: LineSpeed

    /// Nil where the system has no memory to give.
    package init?(terminal: Int32) {
        spool = curses_spool()
        guard spool >= 0, fcntl(spool, F_SETFL, O_APPEND) == 0 else { return nil }
        let own = open("/proc/self/fd/\(terminal)", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        isOwnDevice = own >= 0
        device = own >= 0 ? own : terminal
        line = LineSpeed(told: Self.toldSpeed(terminal))
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

    /// Bytes a second, nil as long as the line has neither told nor shown that it is slow.
    package var speed: Double? { line.bytesPerSecond }

    /// How many bytes of a frame a slow line is given at a time; nil for a line that needs no such care.
    package var budget: Int? { line.budget }

    /// Gives the terminal's second descriptor back; ncurses' stream owns the spool.
    package func close() { if isOwnDevice { Glibc.close(device) } }

    /// For `poll`, while something waits.
    var writableDescriptor: Int32? { isEmpty ? nil : device }

    /// Whether the line has taken everything.
    package var isEmpty: Bool { start == pending.count }

    /// Whether everything has, as far as one can know, arrived.
    package func hasArrived(at now: Double) -> Bool { isEmpty && line.hasArrived(at: now) }

    /// Takes over what ncurses has written, and text behind it, and sends what the line takes.
    package mutating func send(_ text: String = "", at now: Double) {
        let before = pending.count - start
        collect()
        pending += Array(text.utf8)
        let added = pending.count - start - before
        if added > 0 { line.handle(.added(added), at: now) }
        pump(at: now)
    }

    /// Sends what the line takes now.
    package mutating func pump(at now: Double) {
        guard !isEmpty else { return }
        line.handle(.offered, at: now)
        while !isEmpty {
            // A descriptor that waits gets pieces that it most likely takes.
            let piece = min(pending.count - start, isOwnDevice ? 65_536 : 512)
            let taken = pending.withUnsafeBytes { write(device, $0.baseAddress.map { $0 + start }, piece) }
            if taken > 0 {
                start += taken
                sent += taken
                line.handle(.took(taken), at: now)
                continue
            }
            if errno == EINTR { continue }
            if errno == EAGAIN {
                line.handle(.full, at: now)
            } else {
                // Nobody is there any more; the input tells so too.
                start = pending.count
                isBroken = true
            }
            break
        }
        guard isEmpty else { return }
        pending.removeAll(keepingCapacity: pending.count < 1 << 20)
        start = 0
        line.handle(.settled, at: now)
    }

    /// Forgets what has not arrived, where the line is behind: for leaving. True if something may have been cut in two.
    mutating func drop(at now: Double) -> Bool {
        collect()
        guard !hasArrived(at: now) else { return false }
        pending.removeAll()
        start = 0
        line.handle(.dropped, at: now)
        tcflush(device, TCOFLUSH)
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
