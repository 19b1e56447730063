import Files
import Glibc
import Machine
import Runs
import Settings
import Synchronization

/// Lets other processes of the same user watch and steer a run through the socket in its directory.
///
/// Each viewer has a thread that answers what it asks; one that asks for nothing, reads nothing or sends rubbish costs the
/// trainer nothing.
package final class RunServer: Sendable {
    private let run: any RunFeed
    private let control: any RunControl
    private let directory: RunDirectory
    /// Told how many more or fewer are there who can answer what the run asks.
    private let attendance: @Sendable (Int) -> Void
    private let listener: Int32
    private let viewers = Mutex<[ObjectIdentifier: LineChannel]>([:])
    private let isClosing = Atomic<Bool>(false)
    /// Whether the run goes on in another process once it ends in this one.
    private let goesOn = Atomic<Bool>(false)
    /// Seconds without a question after which nobody counts as being there.
    private let attention: Double

    /// Viewers at once.
    private static let mostViewers = 16
    /// Bytes of a request.
    private static let longestRequest = 1 << 16
    /// Seconds for which an answer may wait to be read.
    private static let patience = 5
    /// Chunks that a new viewer gets in full; it sees those before as buckets of 256 steps.
    private static let wholeChunks = 16
    /// Seconds for which a receipt is waited for.
    private static let receiptPatience = 30.0

    /// Opens the socket and waits for viewers on a thread of its own.
    /// - Parameters:
    ///   - attention: seconds without a question after which nobody counts as being there: a viewer may be stopped.
    ///   - attendance: told how many more or fewer are there who can answer what the run asks.
    package init(
        _ directory: RunDirectory, run: any RunFeed, control: any RunControl, attention: Double = 10,
        attendance: @escaping @Sendable (Int) -> Void
    ) throws(FileError) {
        self.directory = directory
        self.run = run
        self.control = control
        self.attendance = attendance
        self.attention = attention
        listener = try RunSocket.listen(in: directory)
        SystemThread.start("socket", stackSize: 1 << 20) { self.accept() }
    }

    /// From here on viewers are told that the run goes on in another process once it ends in this one.
    package func announceLeaving() { goesOn.store(true, ordering: .releasing) }

    /// Ends all connections once viewers have seen the end, or have had a moment for it, and takes the socket away.
    package func close() {
        guard !isClosing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        _ = directory.socket.withPathBytes { unlink($0) }
        shutdown(listener, Int32(SHUT_RDWR))
        let limit = MonotonicClock.seconds + 1
        while viewers.withLock({ !$0.isEmpty }), MonotonicClock.seconds < limit { usleep(5_000) }
        viewers.withLock { viewers in for viewer in viewers.values { viewer.shutDown() } }
    }

    private func accept() {
        while !isClosing.load(ordering: .acquiring) {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else {
                // Nobody more can be let in for the moment.
                if [EINTR, ECONNABORTED, EMFILE, ENFILE, ENOMEM, ENOBUFS].contains(errno) {
                    usleep(100_000)
                    continue
                }
                break
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let channel = LineChannel(descriptor, longest: Self.longestRequest, patience: Self.patience)
            let isLetIn =
                RunSocket.isOwn(descriptor)
                && viewers.withLock { viewers in
                    guard viewers.count < Self.mostViewers else { return false }
                    viewers[ObjectIdentifier(channel)] = channel
                    return true
                }
            guard isLetIn else {
                _ = channel.write(line: Self.refusal("the run has all the viewers it can have, or is another user's"))
                continue
            }
            SystemThread.start("viewer", stackSize: 1 << 20) {
                // Whoever trains comes first.
                SystemThread.lowerPriority()
                self.serve(channel)
                self.viewers.withLock { $0[ObjectIdentifier(channel)] = nil }
            }
        }
        Glibc.close(listener)
    }

    private func serve(_ channel: LineChannel) {
        // Who said that somebody is there, and who counts as being there.
        var (attends, isAttended) = (false, false)
        var askedAt = MonotonicClock.seconds
        var watches = false
        // What the viewer was told of what the run is.
        var described: RunDescription?
        defer { if isAttended { attendance(-1) } }
        guard let description = run.changes(since: RunCursor())?.description,
            channel.write(line: RunTalk.line(RunTalk.Greeting(name: description.name, process: getpid())))
        else { return }
        while true {
            switch channel.readLine(within: 100) {
            case .nothing:
                // Who watches asks once more, and sees the end.
                if !watches, isClosing.load(ordering: .acquiring) { return }
                if isAttended, MonotonicClock.seconds - askedAt > attention {
                    isAttended = false
                    attendance(-1)
                }
            case .gone: return
            case .tooLong:
                _ = channel.write(line: Self.refusal("a request may have \(Self.longestRequest >> 10) KB"))
                return
            case .line(let line):
                askedAt = MonotonicClock.seconds
                let request: RunRequest
                do {
                    request = try RunRequest(line)
                } catch {
                    // Who says what nobody understands may say anything.
                    _ = channel.write(line: Self.refusal("\(error)"))
                    return
                }
                if case .attend = request { attends = true }
                if case .watch = request { watches = true }
                if attends, !isAttended {
                    isAttended = true
                    attendance(1)
                }
                let (answer, isEnd) = answer(request, &described)
                guard answer.map(channel.write(line:)) ?? true, !isEnd || !isClosing.load(ordering: .acquiring) else {
                    return
                }
            }
        }
    }

    /// - Returns: a line, nil for none, and whether it tells of the run's end.
    private func answer(_ request: RunRequest, _ described: inout RunDescription?) -> (line: [UInt8]?, isEnd: Bool) {
        switch request {
        case .attend: return (nil, false)
        case .send(let command):
            control.send(command, from: .person)
            return (nil, false)
        case .command(let command): return (receipt(of: command), false)
        case .status: return (Array(StatusAnswer(run).json.compact.utf8), false)
        case .watch(let watch):
            var news = news(since: watch, beside: watch.isDescribed == true ? described : nil)
            if goesOn.load(ordering: .acquiring) { news.goesOn = true }
            if let description = news.changes?.description { described = description }
            return (RunTalk.line(news), news.changes.map { $0.status.phase.isFinished && !$0.steps.hasMore } ?? true)
        }
    }

    private func news(since watch: RunTalk.Watch, beside known: RunDescription?) -> RunTalk.News {
        guard var changes = run.changes(since: watch.cursor) else { return RunTalk.News() }
        let line = watch.cursor.line
        // Who comes late gets all old steps at once, as buckets.
        if watch.cursor.chunks == 0, changes.steps.line.number == line {
            while changes.steps.hasMore, changes.cursor.line == line,
                let more = run.changes(since: changes.cursor), more.steps.line.number == line,
                more.steps.buckets.isEmpty
            {
                changes.cursor = more.cursor
                changes.status = more.status
                changes.steps.sealed += more.steps.sealed
                changes.steps.tail = more.steps.tail
                changes.steps.hasMore = more.steps.hasMore
                changes.layers += more.layers
                changes.events += more.events
                changes.samples += more.samples
            }
            changes.steps = changes.steps.condensed(keeping: Self.wholeChunks)
        }
        var news = RunTalk.News(changes: RunTalk.ToldChanges(changes, beside: known))
        let tail = changes.steps.tail
        if watch.tail > 0, watch.tail <= tail.count, changes.steps.sealed.isEmpty, changes.steps.buckets.isEmpty,
            changes.steps.line.number == line, tail[watch.tail - 1].step == watch.lastStep
        {
            news.known = watch.tail
            news.changes?.steps.tail.removeFirst(watch.tail)
        }
        return news
    }

    /// Sends a command and waits for what the run says to it.
    private func receipt(of command: RunCommand) -> [UInt8] {
        var cursor = RunCursor()
        while let changes = run.changes(since: cursor) { cursor = changes.cursor }
        control.send(command, from: .person)
        let limit = MonotonicClock.seconds + Self.receiptPatience
        while true {
            // A run that ends has said all that it says before it closes.
            let isLast = isClosing.load(ordering: .acquiring) || MonotonicClock.seconds > limit
            while let changes = run.changes(since: cursor) {
                cursor = changes.cursor
                for event in changes.events {
                    if let line = Self.line(of: event, answering: command) { return line }
                }
            }
            if isLast { break }
            usleep(10_000)
        }
        return Self.refusal("the run has not answered yet; its journal will")
    }

    private static func line(of event: RunEvent, answering command: RunCommand) -> [UInt8]? {
        var bytes: [UInt8] = []
        switch event.content {
        case .receipt(let receipt) where receipt.command == command && receipt.author == .person:
            bytes.event(CommandEvent(receipt), seconds: event.seconds)
        case .note(let author, let text) where command == .note(text) && author == .person:
            bytes.event(NoteEvent(author, text, at: event.position), seconds: event.seconds)
        default: return nil
        }
        return bytes.dropLast()
    }

    private static func refusal(_ sentence: String) -> [UInt8] {
        Array(JSON.object([("error", .string(sentence))]).compact.utf8)
    }
}
