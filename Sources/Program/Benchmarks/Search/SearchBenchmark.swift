import Commands
import Foundation
import Machine
import Settings

/// Whether `sitter search` finds a good learning rate: searches of 20 trials with many seeds, against the best decade of a fine
/// grid of the same net.
struct SearchBenchmark {
    private let seeds: Int
    private let isJSON: Bool

    /// A net, with what stands in place of its rate and of its decay.
    private struct Net: Sendable {
        let name: String
        let text: @Sendable (_ rate: String, _ decay: String) -> String
    }

    /// Rates from 1e-5 to 10, 5 a decade.
    private static let points = 31
    /// So many neighbours on that grid make a decade.
    private static let decade = 6
    private static let range = "{ logUniform: [1e-5, 10] }"

    private static let nets = [
        Net(name: "mlp, sgd") { rate, decay in
            """
            {
              data: { digits: 2000 }, validation: { fraction: 0.5 }, preprocessing: [{ standardize: "all" }],
              model: ["flatten", { linear: 64 }, "relu", { linear: 10 }],
              optimizer: { sgd: { learningRate: \(rate), momentum: 0.9, weightDecay: \(decay) } },
              epochs: 9, batchSize: 32, seed: 1,
            }
            """
        },
        Net(name: "convolution, adam") { rate, decay in
            """
            {
              data: { digits: 2000 }, validation: { fraction: 0.5 }, preprocessing: [{ standardize: "all" }],
              model: [
                { conv2d: { filters: 8, kernel: 3, stride: 2, padding: 1 } }, "relu",
                { conv2d: { filters: 16, kernel: 3, stride: 2, padding: 1 } }, "relu", "flatten", { linear: 10 },
              ],
              optimizer: { adamW: { learningRate: \(rate), weightDecay: \(decay) } },
              epochs: 9, batchSize: 32, seed: 1,
            }
            """
        },
    ]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        seeds = try arguments.wholeNumber("--count", in: 1...1000) ?? 20
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sitter-search-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var isGood = true
        for net in Self.nets {
            let grid = folder + "/grid.json5"
            try net.text(Self.range, "1e-4").write(toFile: grid, atomically: true, encoding: .utf8)
            let points = try Self.trials(
                of: search(grid, ["--method", "grid", "--points", "\(Self.points)", "--reduction", "1"], in: folder))
            let best = Self.bestDecade(points.sorted { $0.rate < $1.rate })
            let config = folder + "/search.json5"
            let text = net.text(Self.range, "{ logUniform: [1e-6, 1e-2] }")
            try text.write(toFile: config, atomically: true, encoding: .utf8)
            var found: [Double] = []
            let began = MonotonicClock.seconds
            for seed in 1...seeds {
                let answer = try search(config, ["--trials", "20", "--seed", "\(seed)"], in: folder)
                guard let rate = try Self.best(of: answer) else { continue }
                found.append(rate)
            }
            let hits = found.count { best.contains($0) }
            // 19 of 20.
            isGood = isGood && Double(hits) >= 0.95 * Double(seeds)
            report(net.name, best, found, hits: hits, seconds: (MonotonicClock.seconds - began) / Double(seeds))
        }
        return isGood ? ExitCode.done : ExitCode.failed
    }

    private func report(_ name: String, _ best: ClosedRange<Double>, _ found: [Double], hits: Int, seconds: Double) {
        guard !isJSON else {
            let json: JSON = [
                "net": .string(name), "bestDecade": [.number(best.lowerBound), .number(best.upperBound)],
                "found": .array(found.map { .number($0) }), "hits": .integer(hits), "seeds": .integer(seeds),
                "secondsASearch": .number(seconds),
            ]
            return print(json.compact)
        }
        let rates = found.sorted()
        print(
            String(
                format:
                    "%-18@ best decade %.2g to %.2g; %d of %d seeds within it (rates %.2g to %.2g), %.1f s a search",
                name as NSString, best.lowerBound, best.upperBound, hits, seeds, rates.first ?? .nan,
                rates.last ?? .nan, seconds))
    }

    /// The decade of neighbouring rates with the best mean accuracy; a rate that ran away has none.
    private static func bestDecade(_ points: [(rate: Double, accuracy: Double)]) -> ClosedRange<Double> {
        let windows = points.indices.dropLast(decade - 1).map { points[$0..<$0 + decade] }
        func mean(_ window: ArraySlice<(rate: Double, accuracy: Double)>) -> Double {
            window.reduce(0) { $0 + $1.accuracy } / Double(window.count)
        }
        guard let best = windows.max(by: { mean($0) < mean($1) }), let first = best.first, let last = best.last else {
            return 0...0
        }
        return first.rate...last.rate
    }

    /// The program's answer to a search in a folder of its own.
    private func search(_ config: String, _ options: [String], in folder: String) throws -> Setting {
        let directory = folder + "/runs"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        guard let program = ProcessFacts.program else { throw UsageError("the program does not know its own path") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["search", config, "--dir", directory, "--json"] + options
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw UsageError("\(config): the search ended with exit code \(process.terminationStatus)")
        }
        return try Setting.parse(Array(bytes), file: "sitter search")
    }

    private static func trials(of answer: Setting) throws -> [(rate: Double, accuracy: Double)] {
        try answer.object().required("trials").array().compactMap { trial in
            guard let rate = try rate(trial) else { return nil }
            return (rate, (try? trial.object()["accuracy"]?.double()) ?? 0)
        }
    }

    private static func best(of answer: Setting) throws -> Double? {
        let best = try answer.object().required("best")
        return best.isNull ? nil : try rate(best)
    }

    private static func rate(_ trial: Setting) throws -> Double? {
        try trial.object().required("values").object().members.first { $0.name.hasSuffix(".learningRate") }?.setting
            .double()
    }
}
