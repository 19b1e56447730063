import Cells
import Charts
import Plans
import Runs
import Screens
import Settings
import Themes

/// What `sitter find-lr` says of a range test.
struct FoundRates {
    private let result: RateTestResult
    private let plan: RunPlan
    private let schedulePeak: Double
    private let steps: Int

    init(_ result: RateTestResult, plan: RunPlan, material: RunMaterial) {
        (self.result, self.plan) = (result, plan)
        (schedulePeak, steps) = (result.peak, material.description.lengths.totalSteps)
    }

    /// The optimizer's rate that makes a rate the highest of the schedule.
    private func base(of rate: Double) -> Double {
        schedulePeak > 0 ? (rate * plan.learningRate / schedulePeak) : rate
    }

    /// The plan with the rate.
    func plan(taking rate: Double) -> RunPlan {
        var plan = plan
        plan.learningRate = base(of: rate).roundedRate
        return plan
    }

    private func setting(_ rate: Double) -> String {
        "optimizer.\(plan.optimizer.name).learningRate=\(Figure.plain(base(of: rate).roundedRate))"
    }

    /// The chart, and a line a suggestion with the setting that takes it.
    func text(on screen: PlainScreen) -> String {
        var lines = ["\(plan.name): loss over the learning rate", ""]
        let size = Size(width: screen.width, height: 17)
        var buffer = CellBuffer(size: size)
        RateTestChart(
            result, chosen: result.suggested?.rate, palette: screen.palette, glyphs: screen.glyphs, screen: size
        ).draw(into: &buffer, in: buffer.bounds)
        lines += [screen.text(of: buffer), ""]
        let best = result.suggested
        for suggestion in result.suggestions {
            let mark = suggestion == best ? screen.colored("▸ ", .key) : "  "
            let rate = screen.colored(Figure.plain(suggestion.rate).leftAligned(in: 10), .rate)
            lines.append("\(mark)\(suggestion.way.words.leftAligned(in: 12))\(rate)\(suggestion.way.reason)")
        }
        if let concern = result.concern { lines.append(screen.colored("▲ \(concern.words)", .warn)) }
        if let trial = result.bestTrial {
            let all = trial.steps >= steps ? "all \(trial.steps)" : "\(trial.steps) of \(steps)"
            lines.append("")
            lines.append("\(result.trials.count) rates tried over \(all) steps: " + tried)
        }
        if let best { lines += ["", "--set \(setting(best.rate))"] }
        let text = lines.joined(separator: "\n")
        return screen.glyphs.isASCII ? text.replacing("▸", with: ">").replacing("▲", with: "!") : text
    }

    private var tried: String {
        result.trials.sorted { $0.rate < $1.rate }.map { trial in
            "\(Figure.plain(trial.rate)) \(trial.loss.isFinite ? "loss " + Figure.plain(trial.loss) : "diverged")"
        }.joined(separator: ", ")
    }

    /// The same as one object: suggestions with the setting that takes them, the points of the curve, the trials.
    var json: JSON {
        let smoothed = result.curve.smoothed
        return .object([
            ("name", .string(plan.name)), ("rate", .number(result.peak)),
            (
                "suggestions",
                .array(
                    result.suggestions.map {
                        .object([
                            ("how", .string($0.way.words)), ("rate", .number($0.rate)),
                            ("set", .string(setting($0.rate))),
                        ])
                    })
            ),
            ("concern", result.concern.map { .string($0.words) } ?? .null),
            (
                "points",
                .array(
                    result.curve.points.map { .object([("rate", .number($0.rate)), ("loss", .number($0.loss))]) })
            ),
            (
                "smoothed",
                .array(smoothed.map { .object([("rate", .number($0.rate)), ("loss", .number($0.loss))]) })
            ),
            (
                "trials",
                .array(
                    result.trials.map {
                        .object([
                            ("rate", .number($0.rate)), ("loss", .number($0.loss)), ("steps", .integer($0.steps)),
                        ])
                    })
            ),
        ])
    }
}
