import Files
import Foundation
import Glibc
import History
import RunStore
import Runs
import Synchronization
import TestSupport
import Testing

/// A run in another process, and what it may be asked through the socket in its directory.
@Suite struct AttachedRunTests {
    private let folder = ScratchFolder()
    private let run = LiveRun(Sample.description)
    private let control = Taken()
    private let directory: RunDirectory
    private let lock: RunLock

    init() throws {
        directory = try RunDirectory.prepare(folder / "run")
        lock = try RunLock(directory)
    }

    /// Commands that came, answered at once.
    private final class Taken: RunControl {
        let commands = Mutex<[RunCommand]>([])
        let attending = Atomic<Int>(0)
        let answer = Mutex<(@Sendable (RunCommand) -> Void)?>(nil)

        func send(_ command: RunCommand, from author: Author) {
            commands.withLock { $0.append(command) }
            answer.withLock { $0 }?(command)
        }
    }

    private func serve(attention: Double = 10) throws -> RunServer {
        control.answer.withLock { answer in
            answer = { [run] command in
                run.record(
                    [
                        .receipt(
                            Receipt(
                                position: Position(step: 3), author: .person, command: command,
                                outcome: command == .pause ? .refused("it stands still") : .accepted(old: 0.1, new: 0.2)
                            ))
                    ], at: 2)
            }
        }
        return try RunServer(directory, run: run, control: control, attention: attention) { [control] in
            control.attending.add($0, ordering: .relaxed)
        }
    }

    /// Waits for what another thread does.
    private func wait(_ isSo: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<2_000 {
            if try isSo() { return true }
            usleep(5_000)
        }
        return false
    }

    private func expectSame(_ remote: RemoteRun) {
        let (here, there) = (RunHistory(of: run), RunHistory(of: remote))
        #expect(there.description == here.description)
        #expect(there.events == here.events && there.samples == here.samples)
        #expect(there.series.stepRange == here.series.stepRange)
        let report = there.latestLayers?.layers, due = here.latestLayers?.layers
        #expect(report == due)
        guard let range = here.series.stepRange else { return }
        for metric in Metric.allCases {
            let span = Double(range.lowerBound)...Double(range.upperBound)
            #expect(
                there.series.columns(metric, over: span, count: 70)
                    == here.series.columns(metric, over: span, count: 70))
        }
    }

    @Test(arguments: [1, 7, 64, 900, 1_024, 1_300])
    func `a viewer knows every step, layer, event and sample, whatever the rhythm`(rhythm: Int) throws {
        let server = try serve()
        defer { server.close() }
        let remote = try RemoteRun(directory, attends: true)
        var noise = SplitMix64(seed: UInt64(rhythm))
        var step = 0
        for round in 0..<12 {
            let reports: [Report] = (0..<rhythm).map { offset in
                let loss: Double =
                    switch noise.next() % 50 {
                    case 0: .nan
                    case 1: .infinity
                    default: Double(noise.next() % 1_000) / 100
                    }
                return .step(Sample.step(step + offset, loss: loss))
            }
            step += rhythm
            run.record(reports, at: Double(round))
            run.record([.layers(Sample.layersReport(step), logged: false)], at: Double(round))
            run.record(
                [.evaluation(Sample.evaluation(step)), .note(.person, "ä\n\"", Position(step: step))], at: Double(round)
            )
            run.sample(ProcessMemory(resident: round, peak: round), at: Double(round))
            usleep(UInt32(noise.next() % 30_000))
        }
        #expect(wait { RunHistory(of: remote).samples.count == 12 && remote.status.position == run.status.position })
        expectSame(remote)
        expectSame(try RemoteRun(directory, attends: false))
    }

    @Test func `branches are followed, by who was there and by who comes late`() throws {
        let server = try serve()
        defer { server.close() }
        let remote = try RemoteRun(directory, attends: true)
        func record(_ steps: Range<Int>, branch: Int) {
            run.record(
                steps.map { step in
                    var report = Sample.step(step, loss: Double(branch * 1_000 + step))
                    report.branch = branch
                    return .step(report)
                }, at: 1)
        }
        record(0..<3_000, branch: 0)
        usleep(80_000)
        record(1_500..<2_000, branch: 1)
        usleep(10_000)
        record(100..<5_000, branch: 2)
        run.record([.note(.run, "here", Position(branch: 2, step: 5_000))], at: 2)
        // Events come with the first line, steps line by line.
        #expect(wait { RunHistory(of: remote).series.stepRange == 0...4_999 })
        for viewer in [remote, try RemoteRun(directory, attends: false)] {
            expectSame(viewer)
            let (here, there) = (RunHistory(of: run), RunHistory(of: viewer))
            for branch in 0...2 {
                #expect(there.series(of: branch)?.stepRange == here.series(of: branch)?.stepRange)
            }
        }
    }

    @Test func `who comes late to a long run sees its spikes without being sent its steps`() throws {
        let server = try serve()
        defer { server.close() }
        for first in stride(from: 0, to: 400_000, by: 50_000) {
            run.record(
                (first..<first + 50_000).map { .step(Sample.step($0, loss: $0 == 123_456 ? 1e9 : 1)) }, at: 1)
        }
        let remote = try RemoteRun(directory, attends: false)
        let changes = try #require(remote.changes(since: RunCursor()))
        #expect(changes.steps.buckets.count > 1_400 && changes.steps.sealed.count <= 16)
        let history = RunHistory(of: remote)
        #expect(history.series.stepRange == 0...399_999)
        let columns = history.series.columns(.loss, over: 0...399_999, count: 100)
        #expect(columns.compactMap { $0?.high }.max() == 1e9)
    }

    @Test func `commands arrive in their order, and whoever attends is counted`() throws {
        let server = try serve()
        defer { server.close() }
        var remote: RemoteRun? = try RemoteRun(directory, attends: true)
        let watcher = try RemoteRun(directory, attends: false)
        let sent: [RunCommand] = [
            .pause, .setLearningRate(0.1 + 0.2), .note("\u{1F600} \"\n"), .stop(keep: .best),
            .setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 1e-5), rate: 0.05)),
        ]
        for command in sent { remote?.send(command, from: .person) }
        #expect(wait { control.commands.withLock { $0 } == sent })
        #expect(wait { control.attending.load(ordering: .relaxed) == 1 })
        #expect(wait { RunHistory(of: watcher).events.count == sent.count })
        remote?.leave()
        remote = nil
        #expect(wait { control.attending.load(ordering: .relaxed) == 0 })
    }

    @Test func `a sender gets the receipt, and is refused what is no command`() throws {
        let server = try serve()
        defer { server.close() }
        let sender = try RunSender(directory)
        let accepted = try sender.ask("{ setLearningRate: 0.01 }")
        #expect(accepted.text.contains(#""command":{"setLearningRate":0.01},"accepted":true,"old":0.1,"new":0.2"#))
        #expect(!accepted.isRefusal)
        let refused = try sender.ask(#"{"pause":true}"#)
        #expect(refused.isRefusal && refused.text.contains("it stands still"))
        #expect(try sender.ask(#"{"status":true}"#).text.contains(#""phase":"preparing","step":0"#))
        for text in [
            "", "pause", "{}", "[1]", #"{"pause":true,"resume":true}"#, #"{"watch":{}}"#, #"{"send":{"pause":true}}"#,
            #"{"setLearningRate":"x"}"#, #"{"step":{}}"#, #"{"foo":1}"#,
        ] {
            #expect(throws: (any Error).self, "\(text)") { try sender.ask(text) }
        }
        #expect(control.commands.withLock { $0 } == [.setLearningRate(0.01), .pause])
    }

    @Test func `a sender that finds no place is told so`() throws {
        let server = try serve()
        defer { server.close() }
        let viewers = try (0..<16).map { _ in try RemoteRun(directory, attends: false) }
        let said = #expect(throws: FileError.self) { try RunSender(directory) }
        #expect(said?.description.contains("the run has all the viewers it can have") == true)
        for viewer in viewers { viewer.leave() }
    }

    /// A connection of a program that knows nothing of the protocol.
    private func connectBarely() throws -> FileHandle {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: directory.socket.utf8.prefix(107)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0, "\(directory.socket)")
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    @Test func `rubbish ends that connection alone`() throws {
        signal(SIGPIPE, SIG_IGN)
        let server = try serve()
        defer { server.close() }
        let remote = try RemoteRun(directory, attends: true)
        var noise = SplitMix64(seed: 7)
        for kind in 0..<12 {
            let handle = try connectBarely()
            var bytes = Data((0..<(kind % 3 == 0 ? 1 << 20 : 200)).map { _ in UInt8(truncatingIfNeeded: noise.next()) })
            if kind % 3 == 1 { bytes = Data((String(repeating: "[", count: 50_000) + "\n").utf8) }
            if kind % 3 == 2 {
                bytes = Data(#"{"watch":{"cursor":{"line":-9,"chunks":-1,"events":1e99}}}"#.utf8) + [10]
            }
            try? handle.write(contentsOf: bytes)
            shutdown(handle.fileDescriptor, Int32(SHUT_WR))
            _ = try? handle.readToEnd()
        }
        run.record([.note(.run, "still here", Position(step: 0))], at: 1)
        #expect(wait { RunHistory(of: remote).events.count == 1 })
    }

    @Test func `cursors from nowhere are answered`() throws {
        let server = try serve()
        defer { server.close() }
        run.record((0..<5_000).map { .step(Sample.step($0)) }, at: 1)
        let handle = try connectBarely()
        let wild = [-1, 0, 3, 4, 5, 99, Int.max, Int.min]
        var noise = SplitMix64(seed: 3)
        func any() -> Int { wild[Int(noise.next() % UInt64(wild.count))] }
        for _ in 0..<200 {
            let line =
                #"{"watch":{"cursor":{"line":\#(any()),"chunks":\#(any()),"events":\#(any()),"layers":\#(any()),"#
                + #""samples":\#(any()),"stamp":\#(any())},"tail":\#(any()),"lastStep":\#(any())}}"# + "\n"
            try handle.write(contentsOf: Data(line.utf8))
        }
        shutdown(handle.fileDescriptor, Int32(SHUT_WR))
        let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        #expect(text.split(separator: "\n").count == 201)
        #expect(!text.contains("error"))
    }

    @Test func `a request that is too long is told so`() throws {
        signal(SIGPIPE, SIG_IGN)
        let server = try serve()
        defer { server.close() }
        let handle = try connectBarely()
        try? handle.write(contentsOf: Data(repeating: UInt8(ascii: "x"), count: 100_000))
        let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        #expect(text.contains(#"{"error":"a request may have 64 KB"}"#), "\(text)")
    }

    @Test func `a viewer that asks for nothing is not there, until it asks again`() throws {
        let server = try serve(attention: 0.1)
        defer { server.close() }
        let handle = try connectBarely()
        func ask(_ line: String) throws { try handle.write(contentsOf: Data((line + "\n").utf8)) }
        try ask(#"{"attend":true}"#)
        #expect(wait { control.attending.load(ordering: .relaxed) == 1 })
        #expect(wait { control.attending.load(ordering: .relaxed) == 0 }, "stopped by ctrl-Z, or asleep")
        try ask(#"{"status":true}"#)
        #expect(wait { control.attending.load(ordering: .relaxed) == 1 })
    }

    @Test func `a run that is left is followed into its next process`() throws {
        let server = try serve()
        run.record((0..<5).map { .step(Sample.step($0)) } + [.note(.person, "here", Position(step: 5))], at: 1)
        let remote = try RemoteRun(directory, attends: true)
        var reader = RunHistory(of: remote)
        #expect(reader.series.stepRange == 0...4)
        server.announceLeaving()
        run.record([.phase(.finished(.interrupted), Position(step: 5))], at: 2)
        server.close()
        let next = LiveRun(Sample.description)
        next.record((0..<8).map { .step(Sample.step($0)) } + [.phase(.training, Position(step: 8))], at: 3)
        let second = try RunServer(directory, run: next, control: control) { [control] in
            control.attending.add($0, ordering: .relaxed)
        }
        defer { second.close() }
        #expect(wait { remote.status.position.step == 8 })
        #expect(wait { control.attending.load(ordering: .relaxed) == 1 })
        reader.follow(remote)
        #expect(reader.series.stepRange == 0...7 && reader.events.isEmpty && reader.status.phase == .training)
        #expect(!remote.hasLostRun)
    }

    @Test func `a viewer that never reads holds nobody up`() throws {
        let server = try serve()
        run.record((0..<100_000).map { .step(Sample.step($0)) }, at: 1)
        let silent = try connectBarely()
        let line = #"{"watch":{"cursor":{"line":0,"chunks":0,"events":0,"layers":0,"samples":0,"stamp":-1},"tail":0}}"#
        for _ in 0..<20 { try silent.write(contentsOf: Data((line + "\n").utf8)) }
        let remote = try RemoteRun(directory, attends: false)
        run.record([.note(.run, "on", Position(step: 0))], at: 1)
        #expect(wait { RunHistory(of: remote).events.count == 1 })
        run.record([.phase(.finished(.completed), Position(step: 100_000))], at: 2)
        let began = ContinuousClock.now
        server.close()
        #expect(ContinuousClock.now - began < .seconds(5))
    }

    @Test func `the end is seen by who watches, and a lost process is said`() throws {
        let server = try serve()
        let remote = try RemoteRun(directory, attends: false)
        run.record([.phase(.finished(.completed), Position(step: 7))], at: 2)
        server.close()
        #expect(wait { remote.status.phase == .finished(.completed) })
        #expect(!FileManager.default.fileExists(atPath: directory.socket))
        remote.leave()
        // The connection has ended since.
        usleep(200_000)
        #expect(!remote.hasLostRun && remote.status.untold == nil, "its end was told")

        let other = try RunDirectory.prepare(folder / "other")
        let held = try RunLock(other)
        let alive = LiveRun(Sample.description)
        let second = try RunServer(other, run: alive, control: control) { _ in }
        let lost = try RemoteRun(other, attends: false)
        second.close()
        #expect(wait { lost.hasLostRun })
        #expect(lost.status.phase == .finished(.interrupted) && lost.status.untold == .gone)
        #expect(RunHistory(of: lost).events.count == 1)
        held.release()
    }

    @Test func `the socket is its owner's alone, and a run that nobody trains is refused in a line`() throws {
        let server = try serve()
        var status = stat()
        #expect(stat(directory.socket, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600 && status.st_mode & S_IFMT == S_IFSOCK)
        server.close()
        lock.release()
        #expect(throws: FileError.self) { try RemoteRun(directory, attends: false) }
        let said = #expect(throws: FileError.self) { try RunSender(directory) }
        #expect(
            said?.description
                == "\(directory.path): no process trains this run; sitter train --resume \(directory.path) goes on with it"
        )
    }

    @Test func `a directory deep down has a socket too`() throws {
        let deep = folder / (0..<30).map { "folder-\($0)" }.joined(separator: "/")
        try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
        let directory = try RunDirectory.prepare(deep + "/run")
        let held = try RunLock(directory)
        let server = try RunServer(directory, run: run, control: control) { _ in }
        #expect(try RemoteRun(directory, attends: false).name == "digits")
        server.close()
        held.release()
    }
}
