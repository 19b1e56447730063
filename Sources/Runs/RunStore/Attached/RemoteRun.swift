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
    /// What the run is called, and the process that it lives in.
    package let name: String
    package let process: Int32

    private let directory: RunDirectory
    private let channel: LineChannel
    private let history: Mutex<RunHistory>
    private let commands = Mutex<[RunCommand]>([])
    private let wake = DispatchSemaphore(value: 0)
    private let isLost = Atomic<Bool>(false)

    /// Seconds between two questions for news.
    private static let interval = 0.05
    /// Bytes of an answer: the buckets of some hundred million steps.
    private static let longestAnswer = 1 << 30
    /// Milliseconds that a run has for an answer.
    private static let patience = 10_000

    /// Reaches a run and takes all that has happened in it.
    /// - Parameter attends: whether somebody is here who can answer what the run asks.
    /// - Throws: where no process has the run.
    package init(_ directory: RunDirectory, attends: Bool) throws {
        guard RunLock.isHeld(directory) else {
            throw FileError.notAlive(directory)
        }
        self.directory = directory
        let channel = LineChannel(try RunSocket.connect(to: directory), longest: Self.longestAnswer)
        self.channel = channel
        let greeting: RunTalk.Greeting = try Self.answer(on: channel, directory)
        guard greeting.sitter == RunTalk.version else {
            throw FileError(
                path: directory.socket,
                .malformed(
                    "speaks version \(greeting.sitter) of the protocol and this sitter \(RunTalk.version); "
                        + "use the sitter that trains it"))
        }
        (name, process) = (greeting.name, greeting.process)
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
        self.history = Mutex(history)
        let begun = followed
        SystemThread.start("attached", stackSize: 2 << 20) { self.follow(begun) }
    }

    /// Where the run stands, as far as it was told.
    package var status: RunStatus { history.withLock { $0.status } }

    /// What the run is.
    package var description: RunDescription { history.withLock { $0.description } }

    /// Whether the run's process has gone without its end having been told.
    package var hasLostRun: Bool { isLost.load(ordering: .acquiring) }

    /// What happened since the cursor; see `RunHistory.changes(since:)`.
    package func changes(since cursor: RunCursor) -> RunChanges? { history.withLock { $0.changes(since: cursor) } }

    /// Hands a command on; whoever asks, it is a person at the other end.
    package func send(_ command: RunCommand, from author: Author) {
        commands.withLock { $0.append(command) }
        wake.signal()
    }

    /// Hands on what was sent, and leaves the run to itself.
    package func leave() {
        let limit = MonotonicClock.seconds + 1
        while commands.withLock({ !$0.isEmpty }), !hasLostRun, MonotonicClock.seconds < limit { usleep(5_000) }
        channel.shutDown()
    }

    private func follow(_ begun: Followed) {
        var followed = begun
        while true {
            _ = wake.wait(timeout: .now() + Self.interval)
            let sent = commands.withLock { $0 }
            for command in sent {
                let written = JSON(FieldValue.member(command.name, command.kind.argument(command)))
                let line = JSON.object([("send", written)])
                guard channel.write(line: Array(line.compact.utf8)) else { return lose() }
            }
            commands.withLock { $0.removeFirst(sent.count) }
            do {
                while let changes = try followed.ask(channel, directory, within: nil) {
                    history.withLock { $0.apply(changes) }
                    if !changes.steps.hasMore { break }
                }
            } catch { return lose() }
        }
    }

    /// Says that the process has gone, where the run had not ended.
    private func lose() {
        history.withLock { history in
            guard !history.status.phase.isFinished else { return }
            let (position, seconds) = (history.status.position, history.status.secondsElapsed)
            history.record(
                [
                    .note(.run, "its process has gone; sitter train --resume \(directory.path) goes on", position),
                    .phase(.finished(.interrupted), position),
                ], at: seconds)
        }
        isLost.store(true, ordering: .releasing)
    }

    /// How far it is followed.
    private struct Followed {
        var cursor = RunCursor()
        /// Steps after the last whole chunk of the line.
        var tail: [StepReport] = []
        var line = 0

        /// Asks for what is new; nil where nothing is.
        /// - Parameter patience: milliseconds; nil waits as long as the process is there.
        mutating func ask(
            _ channel: LineChannel, _ directory: RunDirectory, within patience: Int? = RemoteRun.patience
        ) throws -> RunChanges? {
            struct Question: Encodable { var watch: RunTalk.Watch }
            let question = Question(
                watch: RunTalk.Watch(cursor: cursor, tail: tail.count, lastStep: tail.last?.step))
            guard channel.write(line: RunTalk.line(question)) else { throw FileError.silent(directory) }
            let news: RunTalk.News = try RemoteRun.answer(on: channel, directory, within: patience)
            guard var changes = news.changes else { return nil }
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
            return try RunTalk.decoder.decode(Value.self, from: Data(line))
        } catch {
            let refusal = try? RunTalk.decoder.decode(Refusal.self, from: Data(line))
            throw FileError(
                path: directory.socket, .malformed(refusal?.error ?? "answers what this sitter does not understand"))
        }
    }

    private struct Refusal: Decodable { var error: String }
}
