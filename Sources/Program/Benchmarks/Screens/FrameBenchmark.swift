import Cells
import Commands
import Dashboard
import Foundation
import Settings

/// How long one frame takes, from the run's news to the last byte for the terminal.
struct FrameBenchmark {
    private static let sizes = [
        Size(width: 80, height: 24), Size(width: 200, height: 50), Size(width: 500, height: 150),
    ]
    private let frames: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        frames = try arguments.wholeNumber("--count", in: 1...100_000) ?? 100
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        if !isJSON {
            print("milliseconds of one frame, median (max) of \(frames): typical is 100 steps/s at 10 frames/s; a full")
            print("repaint sends every cell, as after ctrl-L\n")
            print(
                "size      screen          typical           of it drawing   full repaint      of it drawing   bytes (full)"
            )
        }
        for size in Self.sizes {
            for screen in Screen.allCases { report(size, screen, try measure(size, screen)) }
        }
        return ExitCode.done
    }

    private struct Measurement {
        /// Seconds of frames in which a little is new, and of those that are sent whole.
        var typical: [Double] = []
        var full: [Double] = []
        /// Seconds of them until the cells are known, before ncurses gets them.
        var typicalDrawing: [Double] = []
        var fullDrawing: [Double] = []
        /// Bytes to the terminal of all of them.
        var typicalBytes = 0
        var fullBytes = 0
    }

    private func measure(_ size: Size, _ screen: Screen) throws -> Measurement {
        let player = try FramePlayer(size: size, screen: screen)
        var result = Measurement()
        for _ in 0..<3 { _ = player.next() }
        for frame in 0..<2 * frames {
            // After three for the first cells, one of each kind by turns.
            let isFull = frame % 2 == 1
            let took = player.next(isFull: isFull)
            if isFull {
                result.full.append(took.seconds)
                result.fullDrawing.append(took.drawingSeconds)
                result.fullBytes += took.bytes
            } else {
                result.typical.append(took.seconds)
                result.typicalDrawing.append(took.drawingSeconds)
                result.typicalBytes += took.bytes
            }
        }
        return result
    }

    private func report(_ size: Size, _ screen: Screen, _ measurement: Measurement) {
        let (typical, full) = (Spread(measurement.typical), Spread(measurement.full))
        let (typicalDrawing, fullDrawing) = (Spread(measurement.typicalDrawing), Spread(measurement.fullDrawing))
        guard !isJSON else {
            let json: JSON = [
                "width": .integer(size.width), "height": .integer(size.height), "screen": .string("\(screen)"),
                "typicalSeconds": typical.json, "typicalDrawingSeconds": typicalDrawing.json,
                "fullSeconds": full.json, "fullDrawingSeconds": fullDrawing.json,
                "typicalBytes": .integer(measurement.typicalBytes / frames),
                "fullBytes": .integer(measurement.fullBytes / frames),
            ]
            return print(json.compact)
        }
        func words(_ spread: Spread) -> String {
            String(format: "%6.2f (%6.2f)", spread.median * 1e3, spread.maximum * 1e3)
        }
        print(
            "\(size.width)x\(size.height)".padding(toLength: 10, withPad: " ", startingAt: 0)
                + "\(screen)".padding(toLength: 14, withPad: " ", startingAt: 0)
                + "\(words(typical))   \(words(typicalDrawing))   \(words(full))   \(words(fullDrawing))"
                + "   \(measurement.typicalBytes / frames) (\(measurement.fullBytes / frames))")
    }
}
