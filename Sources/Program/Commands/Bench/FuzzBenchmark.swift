import Datasets
import Foundation
import Machine
import RunStore
import Settings
import Tensors
import Themes
import Training

/// Damaged files for every reader, and random input for the dashboard: each must be read or refused in one line; a crash or a hang ends the program.
struct FuzzBenchmark {
    private let count: Int

    init(_ arguments: ParsedArguments) throws(UsageError) {
        guard let text = arguments.value("--count") else {
            count = 10_000
            return
        }
        guard let number = Int(text), (1...100_000_000).contains(number) else {
            throw UsageError("sitter bench: --count \(text) is out of range; a whole number from 1 is due")
        }
        count = number
    }

    func run() throws -> Int32 {
        print("\(Self.padded("reader")) \(Self.padded("files"))read     refused   longest")
        for reader in ReaderFuzz.allCases {
            let folder = NSTemporaryDirectory() + "sitter-fuzz-\(getpid())-\(reader.rawValue)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try measure(reader.rawValue) { number in
                try? FileManager.default.removeItem(atPath: folder)
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                return switch try reader.read(number: number, in: folder).result {
                case .success: nil
                case .failure(let error): error.description
                }
            }
        }
        for text in FuzzText.all {
            try measure(text.name) { number in text.refusal(ReaderFuzz.damage(text.sample, number)) }
        }
        return try fuzzInput()
    }

    /// Keys, mouse, resizes, pastes and garbage: a hundred for each damaged file, one in fifty of them on a real
    /// pseudo-terminal.
    private func fuzzInput() throws -> Int32 {
        let (all, real) = (count * 100, count * 2)
        let folder = NSTemporaryDirectory() + "sitter-fuzz-\(getpid())-exports"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outcome = InputFuzz(count: all - real, seed: UInt64(count)).direct(exportsIn: folder)
        print(
            "input     \(all - real) inputs, \(outcome.events) events, \(outcome.frames) frames, "
                + "\(outcome.commands) commands, longest \(String(format: "%.1f ms", outcome.longest * 1000))")
        let columns = 4
        for row in stride(from: 0, to: FuzzPlace.allCases.count, by: columns) {
            let places = FuzzPlace.allCases[row..<min(row + columns, FuzzPlace.allCases.count)]
            print(
                "          "
                    + places.map { place in
                        place.rawValue.padding(toLength: 23, withPad: " ", startingAt: 0)
                            + String(outcome.entered[place] ?? 0).padding(toLength: 9, withPad: " ", startingAt: 0)
                    }.joined().trimmingCharacters(in: .whitespaces))
        }
        let (isRestored, exits) = try InputFuzz(count: real, seed: UInt64(count)).onTerminal()
        print(
            "terminal  \(real) inputs, \(exits) dashboards, \(isRestored ? "given back as it was" : "NOT given back")")
        return isRestored ? ExitCode.done : ExitCode.failed
    }

    /// Feeds every file to one reader, whose answer is what it refused the file with.
    private func measure(_ name: String, _ read: (Int) throws -> String?) throws {
        var refused = 0
        var longest = 0.0
        for number in 0..<count {
            let began = MonotonicClock.seconds
            if let line = try read(number) {
                refused += 1
                guard !line.contains("\n") else {
                    throw UsageError("sitter bench: \(name) refused file \(number) in more than one line: \(line)")
                }
            }
            longest = max(longest, MonotonicClock.seconds - began)
        }
        print(
            Self.padded(name),
            Self.padded("\(count)") + Self.padded("\(count - refused)") + Self.padded("\(refused)")
                + String(format: "%.1f ms", longest * 1000))
    }

    private static func padded(_ text: String) -> String {
        text.padding(toLength: max(9, text.count + 1), withPad: " ", startingAt: 0)
    }
}
