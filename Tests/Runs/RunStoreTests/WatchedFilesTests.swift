import Files
import Foundation
import History
import RunStore
import Runs
import TestSupport
import Testing

/// Runs that are read from their files for a dashboard: what they are, their layers, and what happened in them.
@Suite struct WatchedFilesTests {
    private let folder = ScratchFolder()

    /// Histograms as a run with two layers logs them, spread over bins by a seed.
    private func report(_ step: Int, seed: UInt64) -> LayersReport {
        var noise = SplitMix64(seed: seed)
        var layers = [Sample.statistics, Sample.statistics]
        for layer in layers.indices {
            let low = -Float(noise.next() % 1_000) / 300
            layers[layer].histogram = Histogram(
                low: low, high: low + Float(noise.next() % 1_000 + 1) / 200,
                counts: (0..<64).map { _ in UInt32(noise.next() % 5 == 0 ? 0 : noise.next() % 100_000) })
        }
        return LayersReport(position: Position(step: step), layers: layers)
    }

    private func writeRun(_ more: [Report] = [.end(Sample.end)]) throws -> RunDirectory {
        let directory = try RunDirectory.prepare(folder / "run")
        try directory.write(Sample.description)
        let sinks: [any ReportSink] = [
            try Journal(directory.journal, description: Sample.description, began: 1_700_000_000),
            try EventFileWriter(
                directory.eventFile(began: 1_700_000_000, host: "box"), layers: Sample.layers, began: 1_700_000_000),
        ]
        var recording = Recording(run: LiveRun(Sample.description), sinks: sinks)
        for step in 0..<200 { recording.take([.step(Sample.step(step))], at: Double(step)) }
        recording.take(
            [.layers(report(100, seed: 1), logged: true), .layers(report(200, seed: 2), logged: true)], at: 200)
        recording.take(
            [.evaluation(Sample.evaluation(100)), .receipt(Sample.receipt(120, .setLearningRate(0.5)))], at: 201)
        recording.take(more, at: 202)
        recording.close(at: 203)
        return directory
    }

    @Test func `every series is listed, and one that is chosen is shown in place of the guess`() throws {
        let run = try WatchedFiles(try writeRun().path)
        defer { run.close() }
        let tags = try #require(run.description.tags)
        #expect(Set(tags.map(\.name)).isSuperset(of: ["train/loss", "train/accuracy", "validation/loss"]))
        #expect(tags.first { $0.name == "train/loss" }?.use == .loss)
        #expect(tags.first { $0.name == "train/loss" }?.count == 200)
        let before = RunHistory(of: run)
        run.choose("train/learning_rate", as: .loss)
        func hasChanged() -> Bool { run.description.tags?.first { $0.use == .loss }?.name == "train/learning_rate" }
        for _ in 0..<1_000 where !hasChanged() { usleep(5_000) }
        var after = before
        after.follow(run)
        let rates = try #require(before.series.values(at: 150))
        #expect(after.series.values(at: 150)?[.loss] == rates[.learningRate])
        #expect(
            after.series.stepRange == before.series.stepRange && after.evaluations.count == before.evaluations.count)
    }

    @Test func `a run without an end has lost its process, unless one has it`() throws {
        let directory = try writeRun([])
        #expect(RunHistory(of: try WatchedFiles(directory.path)).status.untold == .gone)
        let lock = try RunLock(directory)
        let run = RunHistory(of: try WatchedFiles(directory.path))
        #expect(run.status.untold == .recorded)
        #expect(!run.events.contains { if case .note = $0.content { true } else { false } })
        lock.release()
    }

    @Test func `a run of ours is known with its layers, its story and its end`() throws {
        let run = RunHistory(of: try WatchedFiles(try writeRun().path))
        #expect(run.description.name == "digits" && run.description.layers == Sample.layers)
        #expect(run.description.schedule == Sample.description.schedule)
        #expect(run.series.stepRange == 0...199)
        #expect(run.status.phase == .finished(.earlyStopping) && run.status.end?.kept == .best)
        #expect(run.status.best?.position.step == 100)
        #expect(run.status.latestStep?.epoch == 1)
        let receipts = run.events.filter { if case .receipt = $0.content { true } else { false } }
        #expect(receipts.map(\.position.step) == [120])
        #expect(run.layerHistory.reports.map(\.position.step) == [100, 200])
        for (seed, found) in zip([1, 2], run.layerHistory.reports) {
            let due = report(found.position.step, seed: UInt64(seed))
            for (layer, due) in zip(found.layers, due.layers) {
                #expect(layer.histogram == due.histogram)
                #expect(abs(layer.mean - due.mean) < 1e-6 && abs(layer.std - due.std) < 1e-6)
                #expect(layer.updateRatio.isNaN && layer.zeros.isNaN)
            }
        }
    }

    @Test func `one whose process went says so`() throws {
        let run = RunHistory(of: try WatchedFiles(try writeRun([]).path))
        #expect(run.status.phase == .finished(.interrupted))
        guard case .note(.run, let words)? = run.events.last?.content else {
            Issue.record("no note")
            return
        }
        #expect(words.hasSuffix("goes on") && words.contains("its process has gone"))
    }

    @Test func `files that grow are read again, and no step comes twice`() throws {
        let path = folder / "events.out.tfevents.1700000000.box"
        var writer = try EventFileWriter(path, layers: [], began: 1_700_000_000)
        func write(_ steps: Range<Int>) throws {
            for step in steps { writer.record(.step(Sample.step(step, loss: Double(step))), at: Double(step)) }
            try writer.flush()
        }
        try write(0..<1_500)
        let files = try WatchedFiles(folder.path)
        defer { files.close() }
        var history = RunHistory(of: files)
        #expect(history.series.stepRange == 0...1_499)
        #expect(files.changes(since: history.cursor) == nil)
        for end in [1_600, 2_300, 4_000] {
            try write(history.series.stepRange!.upperBound + 1..<end)
            for _ in 0..<1_000 where history.series.stepRange!.upperBound < end - 1 {
                usleep(20_000)
                history.follow(files)
            }
            #expect(history.series.stepRange == 0...end - 1)
            let columns = history.series.columns(.loss, over: 0...Double(end - 1), count: end)
            #expect(columns.enumerated().allSatisfy { $0.element?.low == Double($0.offset) })
        }
        try writer.close()
    }

    @Test func `of a file that grows only what is new is read`() throws {
        let path = folder / "events.out.tfevents.1700000000.box"
        let before = (0..<100).flatMap { Event.bytes($0, [Event.simple("loss", 1)]) }
        try Data(before).write(to: URL(fileURLWithPath: path))
        let files = try WatchedFiles(path)
        defer { files.close() }
        var history = RunHistory(of: files)
        // What was read need not be readable any more.
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 64))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((100..<150).flatMap { Event.bytes($0, [Event.simple("loss", 2)]) }))
        try handle.close()
        for _ in 0..<1_000 where history.series.stepRange == 0...99 {
            usleep(20_000)
            history.follow(files)
        }
        #expect(history.series.stepRange == 0...149)
        #expect(history.series.summary(.loss, over: 0...149).sum == 200)
    }

    @Test func `an event file without numbers is waited for`() throws {
        let path = folder / "events.out.tfevents.1700000000.box"
        try Data().write(to: URL(fileURLWithPath: path))
        let empty = try WatchedFiles(path)
        empty.close()
        #expect(RunHistory(of: empty).status.untold == .recorded)
        try Data(Event.bytes(0, [])).write(to: URL(fileURLWithPath: path))
        var tags = RecordedTags()
        tags.loss = "critic"
        let files = try WatchedFiles(path, tags: tags)
        defer { files.close() }
        var history = RunHistory(of: files)
        #expect(history.series.stepRange == nil)
        try Data(Event.bytes(0, []) + Event.bytes(3, [Event.simple("critic", 1)])).write(
            to: URL(fileURLWithPath: path))
        for _ in 0..<1_000 where history.series.stepRange == nil {
            usleep(20_000)
            history.follow(files)
        }
        #expect(history.series.stepRange == 3...3)
        // Whoever only wants its numbers is refused as before.
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: FileError.self) { try RecordedRun.read(path) }
    }

    @Test func `a run that went back is told anew, and nothing of before is left`() throws {
        let path = folder / "events.out.tfevents.1700000000.box"
        func bytes(_ steps: Range<Int>, _ loss: Float) -> [UInt8] {
            steps.flatMap { Event.bytes($0, [Event.simple("loss", loss)]) }
        }
        let before = bytes(0..<3_000, 1)
        try Data(before).write(to: URL(fileURLWithPath: path))
        let files = try WatchedFiles(folder.path)
        defer { files.close() }
        var history = RunHistory(of: files)
        #expect(history.series.stepRange == 0...2_999)
        try Data(before + bytes(500..<3_200, 2)).write(to: URL(fileURLWithPath: path))
        for _ in 0..<1_000 where history.series.stepRange!.upperBound < 3_199 {
            usleep(20_000)
            history.follow(files)
        }
        #expect(history.series.stepRange == 0...3_199)
        #expect(history.series.summary(.loss, over: 0...3_199).sum == 500 + 2 * 2_700)
    }

    // MARK: Histograms of others

    /// A log directory of TensorFlow 2's and PyTorch's kind, as their writers make one.
    private func read(_ values: [[UInt8]]) throws -> RecordedRun {
        let name = folder / "events.out.tfevents.1700000000.box"
        try Data(Event.bytes(0, [Event.simple("loss", 1)]) + Event.bytes(3, values)).write(
            to: URL(fileURLWithPath: name))
        return try RecordedRun.read(folder.path, wholly: true)
    }

    @Test func `PyTorch's histograms, whose last bin has no end`() throws {
        // 10 numbers from 0 to 1, 30 from 1 to 3, and one bin for all above.
        let message =
            Event.double(1, 0) + Event.double(2, 3) + Event.double(3, 40) + Event.double(4, 65) + Event.double(5, 130)
            + Event.doubles(6, [1, 3, .greatestFiniteMagnitude]) + Event.doubles(7, [10, 30, 0])
        let run = try read([Event.field(1, Event.field(1, Array("fc1.weight".utf8)) + Event.field(5, message))])
        #expect(run.history.description.layers.map(\.name) == ["fc1.weight"])
        let layer = try #require(run.history.latestLayers?.layers.first)
        #expect(layer.histogram.low == 0 && layer.histogram.high == 3 && layer.histogram.total == 40)
        #expect((0..<21).reduce(0) { $0 + Int(layer.histogram.counts[$1]) } == 10)
        #expect(layer.mean == 65 / 40 && abs(layer.std - (130.0 / 40 - 1.625 * 1.625).squareRoot()) < 1e-12)
    }

    @Test func `TensorFlow 2's histograms, which are tensors of three columns`() throws {
        let rows: [Double] = [-1, 0, 6, 0, 1, 2]
        let shape = [UInt64(2), 3].map { Event.field(2, [1 << 3] + Event.varint($0)) }.flatMap { $0 }
        let tensor =
            [1 << 3, 2] + Event.field(2, shape) + Event.field(4, rows.flatMap { Event.raw($0.bitPattern.littleEndian) })
        let run = try read([
            Event.field(1, Event.field(1, Array("dense/kernel_0".utf8)) + Event.field(8, tensor))
        ])
        let layer = try #require(run.history.latestLayers?.layers.first)
        #expect(layer.histogram.low == -1 && layer.histogram.high == 1 && layer.histogram.total == 8)
        #expect((0..<32).reduce(0) { $0 + Int(layer.histogram.counts[$1]) } == 6)
        #expect(layer.mean == (-0.5 * 6 + 0.5 * 2) / 8)
    }

    @Test func `histograms that make no sense are left out`() throws {
        let bad: [[UInt8]] = [
            Event.double(1, .nan) + Event.double(2, 3) + Event.doubles(6, [1]) + Event.doubles(7, [1]),
            Event.double(1, 3) + Event.double(2, 0) + Event.doubles(6, [1]) + Event.doubles(7, [1]),
            Event.double(1, 0) + Event.double(2, 3) + Event.doubles(6, [1, 2]) + Event.doubles(7, [1]),
            Event.double(1, 0) + Event.double(2, 3) + Event.doubles(6, [3]) + Event.doubles(7, [-4]),
            Event.double(1, 0) + Event.double(2, 3) + Event.doubles(6, [3]) + Event.doubles(7, [.infinity]),
            Event.double(1, -1e300) + Event.double(2, 1e300) + Event.doubles(6, [1e300]) + Event.doubles(7, [4]),
            [],
        ]
        let values = bad.enumerated().map { index, message in
            Event.field(1, Event.field(1, Array("h\(index)".utf8)) + Event.field(5, message))
        }
        #expect(try read(values).history.latestLayers == nil)
    }

    @Test func `one wide histogram keeps its number, whatever its bins`() throws {
        var noise = SplitMix64(seed: 5)
        for _ in 0..<200 {
            let low = Double(noise.next() % 2_000) / 100 - 10
            var limits: [Double] = []
            var edge = low
            for _ in 0..<Int(noise.next() % 90 + 1) {
                edge += Double(noise.next() % 1_000) / 500
                limits.append(edge)
            }
            let counts = limits.map { _ in Double(noise.next() % 1_000) }
            let total = counts.reduce(0, +)
            let message =
                Event.double(1, low) + Event.double(2, edge) + Event.double(3, total) + Event.double(4, 0)
                + Event.double(5, total) + Event.doubles(6, limits) + Event.doubles(7, counts)
            let run = try read([Event.field(1, Event.field(1, Array("w".utf8)) + Event.field(5, message))])
            #expect((run.history.latestLayers?.layers.first?.histogram.total ?? 0) == Int(total))
        }
    }

    // MARK: Tags

    @Test func `whoever knows better says which tag the loss is`() throws {
        let name = folder / "events.out.tfevents.1700000000.box"
        let bytes = (0..<3).flatMap {
            Event.bytes($0, [Event.simple("loss", 1), Event.simple("critic/value", Float($0))])
        }
        try Data(bytes).write(to: URL(fileURLWithPath: name))
        var tags = RecordedTags()
        tags.loss = "critic/value"
        let run = try RecordedRun.read(name, tags: tags)
        #expect((0..<3).map { run.history.series.values(at: Double($0))?[.loss] } == [0, 1, 2])
        tags.loss = "critic"
        let error = #expect(throws: FileError.self) { try RecordedRun.read(name, tags: tags) }
        #expect(
            error?.description
                == "\(name): has no numbers called critic for the loss; its tags are loss, critic/value")
    }
}

/// Event files, byte by byte.
enum Event {
    static func varint(_ number: UInt64) -> [UInt8] {
        var (rest, bytes) = (number, [UInt8]())
        repeat {
            bytes.append(UInt8(rest & 127) | (rest > 127 ? 128 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }

    static func field(_ number: UInt64, _ content: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(content.count)) + content
    }

    static func raw<Value>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value, Array.init) }

    static func double(_ number: UInt64, _ value: Double) -> [UInt8] {
        varint(number << 3 | 1) + raw(value.bitPattern.littleEndian)
    }

    static func doubles(_ number: UInt64, _ values: [Double]) -> [UInt8] {
        field(number, values.flatMap { raw($0.bitPattern.littleEndian) })
    }

    static func simple(_ tag: String, _ value: Float) -> [UInt8] {
        field(1, field(1, Array(tag.utf8)) + [2 << 3 | 5] + raw(value.bitPattern.littleEndian))
    }

    static func bytes(_ step: Int, _ values: [[UInt8]], at time: Double = 1_700_000_000) -> [UInt8] {
        let event =
            [1 << 3 | 1] + raw(time.bitPattern.littleEndian) + [2 << 3] + varint(UInt64(step))
            + field(5, values.flatMap { $0 })
        func sum(_ bytes: [UInt8]) -> [UInt8] {
            raw(bytes.withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }.littleEndian)
        }
        let length = raw(UInt64(event.count).littleEndian)
        return length + sum(length) + event + sum(event)
    }
}
