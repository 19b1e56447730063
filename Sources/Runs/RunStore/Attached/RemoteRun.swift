import Fields
import Files
import Foundation
import Glibc
import History
import Machine
import Runs
import Settings
import Synchronization

/// A run in another process, reached through the socket in its directory: to watch and to steer as if it were here.
package final class RemoteRun: RunFeed, RunControl {
    /// What the run is called.
    package let name: String

    private let directory: RunDirectory
    private let attends: Bool
    private let state: Mutex<State>
    private let commands = Mutex<[RunCommand]>([])
    private let wake = DispatchSemaphore(value: 0)
    /// Whether somebody here wants no more of it.
    private let isLeft = Atomic<Bool>(false)
    /// Whether the connection has ended.
    private let isGone = Atomic<Bool>(false)
    /// Whether it ended before the run's end was told.
    private let isLost = Atomic<Bool>(false)

    /// Seconds between two questions for news while nothing is asked of the run: as often as screens are drawn that nobody
    /// steers by. All that is asked costs the trainer a part of a step.
    private static let interval = 0.2
    /// Seconds between two questions while an answer to a command is due, and for how long one is.
    private static let quickInterval = 0.05
    private static let attention = 3.0
    /// Bytes of an answer: the buckets of some hundred million steps.
    private static let longestAnswer = 1 << 30
    /// Milliseconds that a run has for an answer.
    private static let patience = 10_000
    /// Seconds in which a run that was left is taken up by another process.
    private static let leavingPatience = 120.0

    private struct State {
        var history: RunHistory
        var process: Int32
        var channel: LineChannel
        /// How often it was reached.
        var telling = 0
    }

    /// Reaches a run and takes all that has happened in it.
    /// - Parameter attends: whether somebody is here who can answer what the run asks.
    /// - Throws: where no process has the run.
    package init(_ directory: RunDirectory, attends: Bool) throws {
        self.directory = directory
        self.attends = attends
        let (state, name, followed) = try Self.reach(directory, attends: attends)
        self.name = name
        self.state = Mutex(state)
        SystemThread.start("attached", stackSize: 2 << 20) { self.follow(followed) }
    }

    private static func reach(
        _ directory: RunDirectory, attends: Bool
    ) throws -> (state: State, name: String, followed: Followed) {
        guard RunLock.isHeld(directory) else {
            throw FileError.notAlive(directory)
        }
        let channel = LineChannel(try RunSocket.connect(to: directory), longest: Self.longestAnswer)
        let greeting: RunTalk.Greeting = try Self.answer(on: channel, directory)
        guard greeting.sitter == RunTalk.version else {
            throw FileError(
                path: directory.socket,
                .malformed(
                    "speaks version \(greeting.sitter) of the protocol and this sitter \(RunTalk.version); "
                        + "use the sitter that trains it"))
        }
        if attends { _ = channel.write(line: Array(#"{"attend":true}"#.utf8)) }
        var followed = Followed()
        guard let first = try followed.ask(channel, directory) else {
            throw FileError(path: directory.socket, .malformed("tells nothing of its run"))
        }
        var history = RunHistory(description: first.description)
        history.apply(first)
        var hasMore = first.steps.hasMore
        while hasMore, let changes = try followed.ask(channel, directory) {
            history.apply(changes)
            hasMore = changes.steps.hasMore
        }
        return (State(history: history, process: greeting.process, channel: channel), greeting.name, followed)
    }

    /// The process that it lives in.
    package var process: Int32 { state.withLock { $0.process } }

    /// Where the run stands, as far as it was told.
    package var status: RunStatus { state.withLock { $0.history.status } }

    /// What the run is.
    package var description: RunDescription { state.withLock { $0.history.description } }

    /// Whether the run's process has gone without its end having been told.
    package var hasLostRun: Bool { isLost.load(ordering: .acquiring) }

    /// What happened since the cursor; everything anew where another process has taken the run up since.
    package func changes(since cursor: RunCursor) -> RunChanges? {
        state.withLock { $0.history.changes(since: cursor, telling: $0.telling) }
    }

    /// Hands a command on; whoever asks, it is a person at the other end.
    package func send(_ command: RunCommand, from author: Author) {
        commands.withLock { $0.append(command) }
        wake.signal()
    }

    /// Hands on what was sent, and leaves the run to itself.
    package func leave() {
        let limit = MonotonicClock.seconds + 1
        while commands.withLock({ !$0.isEmpty }), !isGone.load(ordering: .acquiring), MonotonicClock.seconds < limit {
            usleep(5_000)
        }
        isLeft.store(true, ordering: .releasing)
        state.withLock { $0.channel }.shutDown()
    }

    private func follow(_ begun: Followed) {
        var followed = begun
        var sentAt = -Double.infinity
        while true {
            let isQuick = MonotonicClock.seconds - sentAt < Self.attention
            if wake.wait(timeout: .now() + (isQuick ? Self.quickInterval : Self.interval)) == .success {
                sentAt = MonotonicClock.seconds
            }
            guard (try? exchange(&followed)) == nil else { continue }
            guard followed.goesOn, !status.phase.isFinished, let next = reachAgain() else { return lose() }
            followed = next
        }
    }

    /// Hands on what was sent, and takes what is new.
    /// - Throws: where the connection has ended, or the run goes on elsewhere.
    private func exchange(_ followed: inout Followed) throws {
        let channel = state.withLock { $0.channel }
        let sent = commands.withLock { $0 }
        for command in sent {
            let written = JSON(FieldValue.member(command.name, command.kind.argument(command)))
            let line = JSON.object([("send", written)])
            guard channel.write(line: Array(line.compact.utf8)) else { throw FileError.silent(directory) }
        }
        commands.withLock { $0.removeFirst(sent.count) }
        while let changes = try followed.ask(channel, directory, within: nil) {
            // Its end there is none.
            if followed.goesOn, changes.status.phase == .finished(.interrupted) { throw FileError.silent(directory) }
            state.withLock { $0.history.apply(changes) }
            if !changes.steps.hasMore { break }
        }
    }

    /// Waits until another process has the run that was left, and takes all that has happened in it from there.
    private func reachAgain() -> Followed? {
        state.withLock { $0.channel }.shutDown()
        let limit = MonotonicClock.seconds + Self.leavingPatience
        while !isLeft.load(ordering: .acquiring), MonotonicClock.seconds < limit {
            if let (fresh, _, followed) = try? Self.reach(directory, attends: attends), !followed.goesOn {
                state.withLock { state in
                    let telling = state.telling + 1
                    state = fresh
                    state.telling = telling
                }
                return followed
            }
            usleep(50_000)
        }
        return nil
    }

    /// Says that the process has gone, where the run had not ended.
    private func lose() {
        defer { isGone.store(true, ordering: .releasing) }
        state.withLock { state in
            guard !state.history.status.phase.isFinished else { return }
            isLost.store(true, ordering: .releasing)
            let status = state.history.status
            state.history.status.untold = .gone
            state.history.record(
                [
                    .note(
                        .run, "its process has gone; sitter train --resume \(directory.path) goes on", status.position),
                    .phase(.finished(.interrupted), status.position),
                ], at: status.secondsElapsed)
        }
    }

    /// How far it is followed.
    private struct Followed {
        var cursor = RunCursor()
        /// Steps after the last whole chunk of the line.
        var tail: [StepReport] = []
        /// Whether the run, once it ends there, goes on in another process.
        var goesOn = false
        /// What the run is, as it was told last.
        private var description: RunDescription?

        /// Asks for what is new; nil where nothing is.
        /// - Parameter patience: milliseconds; nil waits as long as the process is there.
        mutating func ask(
            _ channel: LineChannel, _ directory: RunDirectory, within patience: Int? = RemoteRun.patience
        ) throws -> RunChanges? {
            struct Question: Encodable { var watch: RunTalk.Watch }
            let question = Question(
                watch: RunTalk.Watch(
                    cursor: cursor, tail: tail.count, lastStep: tail.last?.step, isDescribed: description != nil))
            guard channel.write(line: RunTalk.line(question)) else { throw FileError.silent(directory) }
            let news: RunTalk.News = try RemoteRun.answer(on: channel, directory, within: patience)
            goesOn = goesOn || news.goesOn == true
            guard let told = news.changes else { return nil }
            guard var changes = told.changes(of: description) else { throw FileError.silent(directory) }
            description = changes.description
            guard 0...tail.count ~= news.known else { throw FileError.silent(directory) }
            changes.steps.tail.insert(contentsOf: tail.prefix(news.known), at: 0)
            cursor = changes.cursor
            tail = changes.steps.line.number == cursor.line && !changes.steps.hasMore ? changes.steps.tail : []
            return changes
        }
    }

    private static func answer<Value: Decodable>(
        on channel: LineChannel, _ directory: RunDirectory, within patience: Int? = patience
    ) throws -> Value {
        guard case .line(let line) = channel.readLine(within: patience) else { throw FileError.silent(directory) }
        do {
            return try RunTalk.value(of: line)
        } catch {
            let refusal = try? RunTalk.decoder.decode(Refusal.self, from: Data(line))
            throw FileError(
                path: directory.socket, .malformed(refusal?.error ?? "answers what this sitter does not understand"))
        }
    }

    private struct Refusal: Decodable { var error: String }
}
