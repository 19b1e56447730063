import Benchmarks
import CAllocationCounter
import Cells
import Dashboard
import Foundation
import TestSupport
import Testing

/// What is counted stays within `thresholds.json5`; `sitter bench thresholds --update` and `SITTER_UPDATE_THRESHOLDS=1` write it
/// anew.
@Suite struct ThresholdTests {
    private static let file = SourceTree.root.appending(path: "Tests/Program/BenchmarksTests/thresholds.json5").path

    @Test func `a frame allocates no more than it did`() throws {
        var found: [Thresholds.Measurement] = []
        for size in ThresholdBenchmark.sizes {
            for screen in Screen.allCases {
                let player = try FramePlayer(size: size, screen: screen)
                for _ in 0..<5 { _ = player.next() }
                let before = allocations_count()
                for _ in 0..<10 {
                    // What the recorder allocates is not the dashboard's.
                    player.record()
                    allocations_watch_thread(1)
                    player.draw()
                    allocations_watch_thread(0)
                }
                let count = allocations_count() - before
                found.append(.init(ThresholdBenchmark.allocations(size, screen), Double(count / 10)))
            }
        }
        let thresholds = try Thresholds(file: Self.file)
        if ProcessInfo.processInfo.environment["SITTER_UPDATE_THRESHOLDS"] != nil {
            try Data(thresholds.updated(by: found).text.utf8).write(to: URL(fileURLWithPath: Self.file))
        }
        #expect(thresholds.complaints(of: found) == [])
    }

    @Test func `what is over its bound is said, and so is what has none`() throws {
        let folder = ScratchFolder()
        let path = try folder.write("bounds.json5", "{ steps: 3, frames: 0.5 }".utf8)
        let thresholds = try Thresholds(file: path)
        #expect(thresholds.complaints(of: [.init("steps", 3), .init("frames", 0.25)]) == [])
        #expect(
            thresholds.complaints(of: [.init("steps", 4), .init("rest", 1)]) == [
                "\(path): \"steps\" is 4, its bound is 3",
                "\(path): \"rest\" is 1 and has no bound; --update writes one",
            ])
        #expect(thresholds.updated(by: [.init("steps", 20)]).most("steps") == 22)
    }

    @Test func `a bound of what nothing measures is said, and taken out when bounds are set anew`() throws {
        let folder = ScratchFolder()
        let path = try folder.write("bounds.json5", "{ steps: 3, frames: 0.5 }".utf8)
        let thresholds = try Thresholds(file: path)
        #expect(thresholds.complaints(measuring: ["steps", "frames"]) == [])
        #expect(
            thresholds.complaints(measuring: ["steps", "rest"]) == [
                "\(path): \"frames\" has a bound and is measured by nothing; --update takes it out"
            ])
        #expect(thresholds.bounds(of: ["steps"]).bounds.map(\.name) == ["steps"])
    }
}
