import Charts
import Commands
import Foundation
import Plans
import Settings
import Tensors
import Training

/// How fast a network trains, as `sitter train --headless` would train it.
struct TrainBenchmark {
    private let plan: RunPlan
    private let statistics: MeasuredStatistics
    private let seconds: Double
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        guard arguments.operands.count == 2 else {
            throw UsageError("sitter bench train: say which network, as in sitter bench train mlp, or give a config")
        }
        let word = arguments.value("--statistics") ?? MeasuredStatistics.budget.rawValue
        guard let statistics = MeasuredStatistics(rawValue: word) else {
            throw UsageError("--statistics: \"\(word)\" is not known; write every, budget or off")
        }
        self.statistics = statistics
        seconds = try arguments.number("--seconds", in: 0.01...600) ?? 1.5
        isJSON = arguments.has("--json")
        var plan = try BenchmarkConfig.plan(
            arguments.operands[1], batchSize: try arguments.wholeNumber("--batch", in: 1...1_000_000),
            threads: try arguments.wholeNumber("--threads", in: 1...1024))
        // The diagnosis measures too.
        plan.diagnosis = statistics != .off
        self.plan = plan
    }

    func run() throws -> Int32 {
        let material = try RunMaterial(plan: plan)
        let speed = try TrainingSpeed(material, statistics: statistics, seconds: seconds)
        material.pool.close()
        let threads = material.pool.threadCount
        let operations = speed.operationsPerSample * speed.samplesPerSecond.median
        let limit = ProductRate(threads: threads).perSecond.median
        if isJSON {
            let json: JSON = [
                "model": .string(plan.name), "samplesPerSecond": speed.samplesPerSecond.json,
                "statistics": .string(statistics.rawValue), "statisticsShare": .number(speed.statisticsShare),
                "threads": .integer(threads), "batch": .integer(plan.batchSize),
                "kernel": .string(MatrixProduct.kernelName), "steps": .integer(speed.steps),
                "peakMemoryBytes": speed.peakMemory.map { .integer($0) } ?? .null,
                "gigaflops": .number(operations / 1e9), "productGigaflops": .number(limit / 1e9),
                "shareOfProduct": .number(operations / limit),
            ]
            print(json.compact)
        } else {
            print(text(speed, threads: threads, operations: operations, limit: limit))
        }
        return ExitCode.done
    }

    private func text(_ speed: TrainingSpeed, threads: Int, operations: Double, limit: Double) -> String {
        let rates = speed.samplesPerSecond
        let memory = speed.peakMemory.map { String(format: "%.0f MB", Double($0) / 0x1p20) } ?? "unknown"
        return """
            \(plan.name), batch \(plan.batchSize), \(threads) thread\(threads == 1 ? "" : "s"), kernel \(MatrixProduct.kernelName)
            samples/s      \(Figure.speed(rates.median)) (min \(Figure.speed(rates.minimum)), max \(Figure.speed(rates.maximum)))
            statistics     \(statistics.rawValue), \(String(format: "%.2f", speed.statisticsShare * 100)) % of the time
            arithmetic     \(String(format: "%.1f", operations / 1e9)) GFLOP/s, \(Figure.share(operations / limit)) of sgemm's \
            \(String(format: "%.1f", limit / 1e9)) at 1024x1024x1024
            peak memory    \(memory)
            """
    }
}
