import Files
import Foundation
import Plans
import Searching
import Settings
import TestSupport
import Testing

@Suite("The files of a search")
struct SearchFileTests {
    private func order(_ text: String) throws -> SearchOrder {
        try SearchOrder(Setting.parse(text: text, file: "search.json5"), decoder: Fixture.decoder)
    }

    @Test func `a search reads back from its text as the same search`() throws {
        let text = Fixture.text(
            units: "{ choice: [8, 16] }", more: "search: { trials: 7, rounds: 3, folds: 4, seed: 9, jobs: 2 }")
        let order = try order(text)
        let again = try self.order(order.text)
        #expect(again.text == order.text && again.seed == 9 && again.plan.folds == 4)
        #expect(again.plan.jobs == nil, "the jobs are of the machine")
        let draws = [order, again].map { SearchDraw($0.space, seed: 1).values(ofTrial: 3, in: SearchWindow()) }
        #expect(draws[0] == draws[1])
    }

    @Test func `a run's config holds another fold out each, the best one's a share as large`() throws {
        let order = try order(Fixture.text(more: "search: { folds: 5, epochs: 2 }"))
        let values = SearchDraw(order.space, seed: 1).values(ofTrial: 0, in: SearchWindow())
        for fold in 0..<5 {
            let text = try order.config(of: values, name: "trial", fold: fold, threads: 1)
            let plan = try Fixture.decoder.plan(Setting.parse(text: text, file: "trial"))
            #expect(plan.validation?.folds == 5 && plan.validation?.fold == fold && plan.epochs == 2)
        }
        let best = try order.config(of: values, name: "best", fold: nil, threads: nil)
        #expect(try Fixture.decoder.plan(Setting.parse(text: best, file: "best")).validation?.fraction == 0.2)
    }

    /// Events of every kind with whatever numbers.
    private func events(_ random: inout SplitMix64) -> [SearchEvent] {
        (0..<40).map { number in
            switch Int.random(in: 0...2, using: &random) {
            case 0:
                var values = TrialValues()
                values["model[1].linear"] = .option(Int.random(in: 0...5, using: &random))
                values["optimizer.sgd.learningRate"] = .number(Double.random(in: 0...1, using: &random))
                return .drawn(DrawnEvent(trial: number, round: number / 10, values: values))
            case 1:
                var score = ScoreEvent()
                (score.trial, score.step, score.epochs) = (number, number * 3, Double.random(in: 0...9, using: &random))
                score.loss = Bool.random(using: &random) ? Double.random(in: 0...9, using: &random) : .infinity
                score.accuracy = Bool.random(using: &random) ? Double.random(in: 0...1, using: &random) : nil
                return .score(score)
            default:
                return .end(
                    RunEndEvent(
                        trial: number, fold: 2, RunEndEvent.Outcome.allCases.randomElement(using: &random) ?? .failed,
                        step: number, seconds: 0.5, reason: Bool.random(using: &random) ? "a \"b\"\n" : nil))
            }
        }
    }

    @Test func `a file that was cut anywhere tells all its whole lines, and goes on behind them`() throws {
        let folder = ScratchFolder()
        var random = SplitMix64(seed: 8)
        let events = events(&random)
        let directory = SearchDirectory(folder.path + "/search")
        try directory.make()
        let bytes = events.flatMap(\.line)
        for _ in 0..<60 {
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let whole = bytes[..<cut].count { $0 == UInt8(ascii: "\n") }
            try AtomicFile.write(bytes[..<cut], to: directory.trials)
            #expect(try directory.events() == Array(events.prefix(whole)))
            try SearchJournal(directory).append(events[0].line)
            #expect(try directory.events() == Array(events.prefix(whole)) + [events[0]])
        }
    }

    /// Rounds are drawn from the events alone: a search that goes on after any of them draws what the first one did.
    @Test(arguments: ["random", "grid"])
    func `a search that goes on from any line draws the same trials`(method: String) throws {
        let order = try order(
            Fixture.text(
                decay: "{ uniform: [0, 0.1] }",
                more: "search: { method: \"\(method)\", trials: 13, points: 3, rounds: 3, reduction: 1 }"))
        let rounds = SearchRounds(order)
        func score(_ values: TrialValues) -> Double {
            values.all.values.reduce(0.3) { sum, value in
                if case .number(let number) = value {
                    (sum * 7 + number).truncatingRemainder(dividingBy: 1)
                } else {
                    sum
                }
            }
        }
        var state = order.state
        var lines: [SearchEvent] = []
        func take(_ event: SearchEvent) {
            lines.append(event)
            state.take(event)
        }
        while true {
            let drawn = try rounds.next(after: state)
            if drawn.isEmpty { break }
            for event in drawn { take(.drawn(event)) }
            for event in drawn {
                var report = ScoreEvent()
                (report.trial, report.step, report.epochs) = (event.trial, 9, 9)
                (report.loss, report.accuracy) = (0, score(TrialValueEntry.values(of: event.values)))
                take(.score(report))
                take(.end(RunEndEvent(trial: event.trial, fold: 0, .completed)))
            }
        }
        #expect(method == "grid" || state.trials.count == 13)
        #expect(Set(state.trials.map(\.round)) == [0, 1, 2])
        #expect(method == "random" || Set(state.trials.map(\.values)).count == state.trials.count)
        for count in 0..<lines.count {
            var part = order.state
            for event in lines.prefix(count) { part.take(event) }
            guard part.isIdle else { continue }
            let next = try rounds.next(after: part)
            #expect(next.map { SearchEvent.drawn($0) } == Array(lines.dropFirst(count).prefix(next.count)))
        }
    }
}
