import Cells
import Commands
import Dashboard
import Files
import Foundation

/// Measures what does not depend on the machine and holds it against a file of bounds.
package struct ThresholdBenchmark {
    /// Sizes at which frames are counted.
    package static let sizes = [Size(width: 80, height: 24), Size(width: 200, height: 50)]
    private static let frames = 40
    private let file: String
    private let isUpdate: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        guard arguments.operands.count > 1 else {
            throw UsageError("sitter bench thresholds: say which file holds the bounds")
        }
        file = arguments.operands[1]
        isUpdate = arguments.has("--update")
    }

    func run() throws -> Int32 {
        let thresholds = try Thresholds(file: file)
        let measurements = try Self.bytes() + [try Self.longRun()] + (try Self.watched())
        for measurement in measurements {
            let most = thresholds.most(measurement.name).map { Thresholds.Measurement("", $0).words } ?? "none"
            print("\(measurement.name): \(measurement.words), at most \(most)")
        }
        let names = Set(measurements.map(\.name) + Self.allocations)
        if isUpdate {
            try AtomicFile.write(thresholds.updated(by: measurements).bounds(of: names).text.utf8, to: file)
            return ExitCode.done
        }
        let complaints = thresholds.complaints(of: measurements) + thresholds.complaints(measuring: names)
        for line in complaints { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
        return complaints.isEmpty ? ExitCode.done : ExitCode.failed
    }

    /// What the allocations of a frame are called, which the tests count.
    package static func allocations(_ size: Size, _ screen: Screen) -> String {
        "allocations of a frame, \(size.width)x\(size.height) \(screen)"
    }

    private static var allocations: [String] {
        sizes.flatMap { size in Screen.allCases.map { allocations(size, $0) } }
    }

    /// Bytes to the terminal of a frame in which a little is new, and of one that sends every cell; means.
    package static func bytes() throws -> [Thresholds.Measurement] {
        var result: [Thresholds.Measurement] = []
        for size in sizes {
            for screen in Screen.allCases {
                let player = try FramePlayer(size: size, screen: screen)
                for _ in 0..<3 { _ = player.next() }
                var (typical, full) = (0, 0)
                for frame in 0..<2 * frames {
                    let isFull = frame % 2 == 1
                    let bytes = player.next(isFull: isFull).bytes
                    if isFull { full += bytes } else { typical += bytes }
                }
                let place = "\(size.width)x\(size.height) \(screen)"
                result.append(.init("bytes of a frame, \(place)", Double(typical / frames)))
                result.append(.init("bytes of a repaint, \(place)", Double(full / frames)))
            }
        }
        return result
    }

    /// The time of a frame after half a million steps over that after 2,500: a frame costs columns, not steps.
    static func longRun() throws -> Thresholds.Measurement {
        func seconds(after past: Int) throws -> Double {
            let player = try FramePlayer(size: Size(width: 200, height: 50), screen: .overview, past: past)
            for _ in 0..<5 { _ = player.next() }
            return Spread((0..<frames).map { _ in player.next().drawingSeconds }).median
        }
        return .init(
            "time of a frame, 500000 steps over 2500", try seconds(after: 500_000) / seconds(after: 2_500), bound: 3)
    }

    /// The share of steps a second that a dashboard takes from each net.
    static func watched() throws -> [Thresholds.Measurement] {
        try OverheadBenchmark(rounds: 12, seconds: 0.3).ratios().map { net, ratios in
            .init(
                "share of the steps that watching takes, \(net)", max(0, 1 - ratios.sorted().quantile(0.5)), bound: 0.1)
        }
    }
}
