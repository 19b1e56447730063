import Foundation
import Plans
import Settings
import Training

/// What measuring the layers costs: samples a second within the budget and at every step over those without, in turns.
struct StatisticsBenchmark {
    private let models: [String]
    private let rounds: Int
    private let seconds: Double
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        models = arguments.operands.count > 1 ? [arguments.operands[1]] : BenchmarkConfig.names
        rounds = try arguments.wholeNumber("--rounds", in: 1...1000) ?? 5
        seconds = try arguments.number("--seconds", in: 0.01...600) ?? 0.6
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        if !isJSON {
            print("network    off, samples/s   budget ÷ off            share    every step ÷ off        share")
        }
        for model in models {
            let material = try RunMaterial(plan: BenchmarkConfig.plan(model))
            // Caches, the allocator and the processor's clock warm up.
            _ = try TrainingSpeed(material, statistics: .every, windows: 1, seconds: seconds)
            var speeds: [MeasuredStatistics: [TrainingSpeed]] = [:]
            for round in 0..<rounds {
                let modes = MeasuredStatistics.allCases
                for turn in modes.indices {
                    // Each comes first now and then, so that a drifting machine is fair to all.
                    let mode = modes[(turn + round) % modes.count]
                    let speed = try TrainingSpeed(material, statistics: mode, windows: 1, seconds: seconds)
                    speeds[mode, default: []].append(speed)
                }
            }
            report(material.plan.name, speeds)
            material.pool.close()
        }
        return ExitCode.done
    }

    private func report(_ name: String, _ speeds: [MeasuredStatistics: [TrainingSpeed]]) {
        func rates(_ mode: MeasuredStatistics) -> [Double] { (speeds[mode] ?? []).map(\.samplesPerSecond.median) }
        func ratio(_ mode: MeasuredStatistics) -> Spread {
            Spread(zip(rates(mode), rates(.off)).map { $0 / $1 })
        }
        func share(_ mode: MeasuredStatistics) -> Double {
            Spread((speeds[mode] ?? []).map(\.statisticsShare)).median
        }
        let (off, budget, every) = (Spread(rates(.off)), ratio(.budget), ratio(.every))
        guard !isJSON else {
            let json: JSON = [
                "model": .string(name), "off": ["samplesPerSecond": off.json],
                "budget": ["ratio": budget.json, "share": .number(share(.budget))],
                "every": ["ratio": every.json, "share": .number(share(.every))],
            ]
            return print(json.compact)
        }
        func words(_ ratio: Spread) -> String {
            String(format: "%.3f (%.3f to %.3f)", ratio.median, ratio.minimum, ratio.maximum)
        }
        print(
            String(
                format: "%-10@ %14.0f   %@  %5.2f %%  %@  %5.2f %%", name as NSString, off.median,
                words(budget) as NSString, share(.budget) * 100, words(every) as NSString, share(.every) * 100))
    }
}
