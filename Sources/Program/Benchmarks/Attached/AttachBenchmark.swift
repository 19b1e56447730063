import Commands
import Foundation
import History
import RunStore
import Runs
import Settings

/// What it takes to attach to a long run: from the start of the viewer's process to its first whole frame, and its memory.
struct AttachBenchmark {
    private let counts: [Int]
    private let rounds: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        counts = try arguments.wholeNumber("--count", in: 1...100_000_000).map { [$0] } ?? [1_000_000, 10_000_000]
        rounds = try arguments.wholeNumber("--rounds", in: 1...1000) ?? 5
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        for count in counts { try report(count, try measure(count)) }
        return ExitCode.done
    }

    private struct Viewing {
        var seconds: Double
        var peak: Int
    }

    /// A run that was never trained, and viewers that attach to it one after the other.
    private func measure(_ count: Int) throws -> [Viewing] {
        let place = NSTemporaryDirectory() + "sitter-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let directory = try RunDirectory.prepare(place + "/run")
        let lock = try RunLock(directory)
        defer { lock.release() }
        let sample = SampleReports(totalSteps: count)
        let run = LiveRun(sample.description)
        run.record([.phase(.training, Position(step: 0))], at: 0)
        for first in stride(from: 0, to: count, by: 8_192) {
            // The newest steps as a run leaves them, with its layers and evaluations.
            let isNew = count - first <= 8_192
            run.record(
                sample.reports(first..<min(count, first + 8_192), withLayers: isNew), at: Double(first) / 100)
        }
        let server = try RunServer(directory, run: run, control: Nobody()) { _ in }
        defer { server.close() }
        return try (0..<rounds).map { _ in
            let viewer = try AttachedViewer(
                of: directory, place: place, title: "100 % \(sample.description.name) – sitter")
            defer { viewer.close() }
            let seconds = try viewer.firstFrame()
            // What the next frames need counts too.
            Thread.sleep(forTimeInterval: 0.5)
            return Viewing(seconds: seconds, peak: viewer.peakMemory)
        }
    }

    private func report(_ count: Int, _ viewings: [Viewing]) throws {
        let seconds = Spread(viewings.map(\.seconds))
        let peak = Spread(viewings.map { Double($0.peak) })
        if isJSON {
            let json: JSON = [
                "steps": .integer(count), "firstFrameSeconds": seconds.json, "peakBytes": peak.json,
            ]
            print(json.compact)
        } else {
            print(
                String(
                    format:
                        "%9d steps: first frame after %.0f ms (%.0f to %.0f), viewer's memory %.0f MB (%.0f at most)",
                    count, seconds.median * 1e3, seconds.minimum * 1e3, seconds.maximum * 1e3, peak.median / 1e6,
                    peak.maximum / 1e6))
        }
    }

    private struct Nobody: RunControl {
        func send(_ command: RunCommand, from author: Author) {}
    }
}
