import CNcurses
import CTerminalRescue
import Cells
import Glibc
import Machine

extension Terminal {
    /// Waits until something happens, at most so many milliseconds, and returns all of it.
    ///
    /// Empty after the time, and early when a signal came (look at `Interruption.count`). A stop signal from outside arrives
    /// as Ctrl-Z. After `endOfInput` each call waits and returns it again.
    package func nextEvents(timeout milliseconds: Int) -> [TerminalEvent] {
        guard !isClosed, !isHungUp else {
            usleep(UInt32(clamping: max(0, milliseconds)) &* 1_000)
            return [.endOfInput]
        }
        let end = MonotonicClock.seconds + Double(max(0, milliseconds)) / 1_000
        var events: [TerminalEvent] = []
        repeat {
            if followSize() { events.append(.resized(size)) }
            let now = MonotonicClock.seconds
            let until = events.isEmpty ? min(end, decoder.deadline ?? end) : now
            switch wait(seconds: max(0, until - now)) {
            case .input: events += readInput()
            case .signal:
                let (notices, isResized) = takeNotices()
                events += notices
                // Who attaches another terminal of the same size sends the signal too, and its screen is blank.
                if followSize() || isResized, !events.contains(.resized(size)) {
                    shown = nil
                    if let window { clearok(window, true) }
                    events.append(.resized(size))
                }
                return events
            case .room: break
            case .nothing: events += decoder.expire(at: MonotonicClock.seconds).map(TerminalEvent.input)
            case .hangUp: isHungUp = true
            }
            if isHungUp { return events + [.endOfInput] }
        } while events.isEmpty && MonotonicClock.seconds < end
        return events
    }

    private enum Arrival { case input, signal, nothing, room, hangUp }

    private func wait(seconds: Double) -> Arrival {
        var watched = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: rescue_wake_descriptor(), events: Int16(POLLIN), revents: 0),
            // Negative descriptors are passed over.
            pollfd(fd: line.writableDescriptor ?? -1, events: Int16(POLLOUT), revents: 0),
        ]
        let ready = poll(&watched, 3, Int32(clamping: Int((seconds * 1_000).rounded(.up))))
        if ready < 0 { return errno == EINTR ? .signal : .hangUp }
        if watched[1].revents != 0 { return .signal }
        if watched[0].revents & Int16(POLLIN) != 0 { return .input }
        if watched[0].revents == 0, watched[2].revents != 0 {
            line.pump(at: MonotonicClock.seconds)
            return .room
        }
        return watched[0].revents == 0 ? .nothing : .hangUp
    }

    /// Everything that waits in the line, so that no sequence is torn by our own slowness.
    private func readInput() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        for _ in 0..<64 {
            let count = read(input, &buffer, buffer.count)
            guard count > 0 else {
                isHungUp = count == 0 || (errno != EINTR && errno != EAGAIN)
                break
            }
            events += decoder.feed(buffer[..<count], at: MonotonicClock.seconds).map(TerminalEvent.input)
            var more = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            guard poll(&more, 1, 0) > 0, more.revents & Int16(POLLIN) != 0 else { break }
        }
        return events
    }

    private func takeNotices() -> (events: [TerminalEvent], isResized: Bool) {
        rescue_drain_wake()
        let notices = Int(rescue_take_notices())
        if notices & Int(RESCUE_NOTICE_CONTINUED) != 0 {
            // After our own suspend this is old news.
            if isResumed { isResumed = false } else { reclaim() }
        }
        return (
            notices & Int(RESCUE_NOTICE_STOP) != 0 ? [.input(.key(.control("z")))] : [],
            notices & Int(RESCUE_NOTICE_RESIZED) != 0
        )
    }
}
