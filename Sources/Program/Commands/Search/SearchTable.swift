import Charts
import Machine
import Searching
import Settings

/// A search as lines of text, and as JSON.
struct SearchTable: Sendable {
    let order: SearchOrder
    let directory: SearchDirectory

    init(_ order: SearchOrder, in directory: SearchDirectory) { (self.order, self.directory) = (order, directory) }

    /// What is said before the first trial.
    func introduction(total: Int, jobs: Int, earlier: SearchState) -> String {
        let words = order.plan.method == .grid ? "on a grid" : "at random, seed \(order.seed)"
        let rounds = order.plan.roundCount == 1 ? "" : " in \(order.plan.roundCount) rounds"
        let names = order.space.parameters.map(\.shortName).joined(separator: ", ")
        var text = "\(OneLine.of(order.name)): \(total) trials \(words)\(rounds), \(jobs) at the same time: \(names)\n"
        text += "files in \(directory.path)"
        let ended = earlier.trials.count { earlier.outcome(of: $0) != nil }
        if !earlier.trials.isEmpty { text += "\ngoes on: \(ended) trials have ended" }
        return text
    }

    /// The word for what decides.
    func figureName(_ state: SearchState) -> String {
        state.trials.lazy.compactMap { state.score(of: $0) }.first?.isHigherBetter == false ? "loss" : "accuracy"
    }

    /// A score in words: `96.3 %`, or `96.3 % ± 0.4` over folds.
    static func words(_ score: TrialScore?) -> String {
        guard let score else { return "-" }
        guard score.isHigherBetter else {
            return Figure.plain(score.mean) + (score.spread.map { " ± \(Figure.plain($0))" } ?? "")
        }
        let spread = score.spread.map { " ± \(JSON.number(($0 * 1000).rounded() / 10).compact)" } ?? ""
        return Figure.share(score.mean) + spread
    }

    /// The columns' heads.
    func heads(_ state: SearchState) -> [String] {
        ["trial", "state", "steps", figureName(state), "loss"] + order.space.parameters.map(\.shortName)
    }

    /// The cells of a trial.
    func cells(_ trial: SearchTrial, _ state: SearchState, _ progress: TrialProgressEvent? = nil) -> [String] {
        let standing = state.outcome(of: trial)?.rawValue ?? Self.state(progress)
        let made = trial.runs.reduce(0) { $0 + ($1.end?.step ?? 0) }
        let now = progress.map { $0.step } ?? 0
        let score = state.score(of: trial)
        return [
            "\(trial.number)", standing, Figure.count(made + (state.outcome(of: trial) == nil ? now : 0)),
            Self.words(score), score.map { Figure.plain($0.loss) } ?? "-",
        ]
            + order.space.parameters.map { parameter in
                switch trial.values[parameter.path] {
                case .number(let number)? where !parameter.isWhole: Figure.plain(number)
                case let value?: OneLine.of(parameter.text(value))
                case nil: "-"
                }
            }
    }

    /// What a trial does that has not ended.
    static func state(_ progress: TrialProgressEvent?) -> String {
        let standing: SearchState.Standing = progress.map { $0.isPaused ? .paused : .running } ?? .waiting
        guard let progress, standing == .running, progress.totalSteps > 0 else { return standing.rawValue }
        return "\(standing.rawValue) \(100 * progress.step / progress.totalSteps) %"
    }

    /// The line of a trial that has ended.
    func line(_ trial: SearchTrial, _ state: SearchState) -> String {
        let cells = cells(trial, state)
        let values = zip(order.space.parameters, cells.dropFirst(5)).filter { $1 != "-" }.map {
            "\($0.shortName) \($1)"
        }
        let verdict = state.verdicts[trial.number].map {
            " (\($0.better) of \($0.peers) better after \($0.epochs == 1 ? "an epoch" : "\($0.epochs) epochs"))"
        }
        let reason = trial.trouble?.reason.map { ": \($0)" } ?? ""
        return
            "trial \(cells[0])  \(cells[1])\(verdict ?? reason)  \(figureName(state)) \(cells[3])  loss \(cells[4])  "
            + values.joined(separator: "  ")
    }

    /// The table of all trials, the best first, those without a score at the end.
    func text(_ state: SearchState) -> String {
        let ranked = state.ranked
        let others = state.trials.filter { trial in !ranked.contains { $0.number == trial.number } }
        let rows = [heads(state)] + (ranked + others).map { cells($0, state) }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let texts = row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return column == 1 ? text + blanks : blanks + text
            }
            return texts.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// What is said at the end: the best, how to train it, what lies on an edge, how to go on.
    func summary(_ view: SearchDesk.View, _ result: SearchResult) -> String {
        let state = view.state
        let ended = state.trials.count { state.outcome(of: $0) != nil }
        var lines = ["\(OneLine.of(order.name)): \(ended) trials in \(directory.path)"]
        if let best = result.best {
            let values = order.space.active(in: best.values).compactMap { parameter in
                best.values[parameter.path].map { "\(parameter.name) \(OneLine.of(parameter.text($0)))" }
            }
            lines.append(
                "  best   trial \(best.number): \(figureName(state)) \(Self.words(result.score)), "
                    + "loss \(Figure.plain(result.score?.loss)), \(values.joined(separator: ", "))")
            lines.append("  train  sitter train \(directory.best) --save")
        } else {
            lines.append("  best   none: no trial has come to its end")
            if let reason = state.trials.lazy.compactMap({ $0.trouble?.reason }).first {
                lines.append("  why    \(reason)")
            }
        }
        lines += result.advice.map { "  edge   \($0.text)" }
        if view.ending == .left { lines.append("  more   sitter search --resume \(directory.path) goes on") }
        return lines.joined(separator: "\n")
    }

    /// The whole as JSON.
    func json(_ state: SearchState, _ result: SearchResult, isOver: Bool) -> JSON {
        func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
        func json(_ trial: SearchTrial) -> JSON {
            let score = state.score(of: trial)
            let values = order.space.active(in: trial.values).compactMap { parameter in
                trial.values[parameter.path].map { (parameter.name, Self.json($0, parameter)) }
            }
            let folds = trial.runs.indices.map { fold in
                JSON.string(directory.run(trial.number, fold: order.plan.folds.map { _ in fold }))
            }
            return .object([
                ("trial", .integer(trial.number)), ("round", .integer(trial.round)),
                ("state", state.outcome(of: trial).map { .string($0.rawValue) } ?? .null),
                (figureName(state), number(score?.mean)), ("spread", number(score?.spread)),
                ("meanLoss", number(score?.loss)), ("values", .object(values)), ("runs", .array(folds)),
                ("seconds", .number(trial.seconds)),
                ("reason", trial.trouble?.reason.map { .string($0) } ?? .null),
            ])
        }
        return .object([
            ("directory", .string(directory.path)), ("isOver", .bool(isOver)),
            ("best", result.best.map { json($0) } ?? .null),
            ("config", result.best == nil ? .null : .string(directory.best)),
            ("advice", .array(result.advice.map { .object([("key", .string($0.name)), ("try", .string($0.range))]) })),
            ("trials", .array(state.trials.map { json($0) })),
        ])
    }

    private static func json(_ value: TrialValue, _ parameter: SearchParameter) -> JSON {
        switch (value, parameter.range) {
        case (.option(let option), .choice(let options)) where options.indices.contains(option): JSON(options[option])
        case (.number(let number), _): .number(number)
        default: .null
        }
    }
}
