import Plans
import Searching
import TestSupport
import Testing

@Suite("Successive halving")
struct HalvingTests {
    /// Trials with accuracies after each epoch, told in some order.
    private struct Told {
        var state: SearchState

        init(_ curves: [[Double]], epochs: Int, reduction: Double = 3, order: [SearchEvent]? = nil) {
            state = SearchState(monitor: .accuracy, halving: Halving(epochs: epochs, reduction: reduction), folds: 1)
            for trial in curves.indices {
                state.take(.drawn(DrawnEvent(trial: trial, round: 0, values: TrialValues())))
            }
            for event in order ?? curves.indices.flatMap({ Self.events($0, curves[$0]) }) { state.take(event) }
        }

        static func events(_ trial: Int, _ curve: [Double]) -> [SearchEvent] {
            curve.enumerated().map { epoch, accuracy in
                var score = ScoreEvent()
                (score.trial, score.step, score.epochs) = (trial, (epoch + 1) * 10, Double(epoch + 1))
                (score.accuracy, score.loss) = (accuracy, 1 - accuracy)
                return .score(score)
            } + [.end(RunEndEvent(trial: trial, fold: 0, .completed, step: curve.count * 10))]
        }
    }

    @Test(arguments: [(9, 3.0, [1, 3]), (27, 3, [3, 9]), (2, 3, [1]), (1, 3, []), (9, 1, []), (8, 2, [2, 4])])
    func `rungs lie after a ninth and a third of the epochs`(epochs: Int, reduction: Double, rungs: [Int]) {
        #expect(Halving(epochs: epochs, reduction: reduction).rungs == rungs)
    }

    @Test func `the first ones go on, a later one only among the best third of those before it`() {
        let curves = [0.5, 0.6, 0.7, 0.4, 0.65, 0.8].map { Array(repeating: $0, count: 3) }
        let state = Told(curves, epochs: 3).state
        // Of four the best two go on, of five and six too.
        #expect(
            state.trials.map { state.outcome(of: $0) } == [
                .finished, .finished, .finished, .hopeless, .finished, .finished,
            ])
        #expect(state.verdicts[3]?.better == 3 && state.verdicts[3]?.peers == 3)
        #expect(state.best?.number == 5)
    }

    @Test func `what a hopeless trial reached after its rung does not count`() {
        let curves = [[0.5, 0.5, 0.5], [0.6, 0.6, 0.6], [0.7, 0.7, 0.7], [0.1, 0.2, 0.99]]
        let state = Told(curves, epochs: 3).state
        #expect(state.outcome(of: state.trials[3]) == .hopeless)
        #expect(state.score(of: state.trials[3])?.mean == 0.1)
        #expect(state.best?.number == 2)
    }

    /// However the trials' news are mixed, as by more or fewer processes, in the end the same ones are hopeless.
    @Test func `verdicts and scores do not depend on the order in which news come`() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<60 {
            let count = Int.random(in: 1...14, using: &random)
            let curves = (0..<count).map { _ in
                let length = Int.random(in: 0...4, using: &random) == 0 ? Int.random(in: 0..<9, using: &random) : 9
                return (0..<length).map { _ in Double(Int.random(in: 0...20, using: &random)) / 20 }
            }
            let usual = Told(curves, epochs: 9).state
            var waiting = curves.indices.map { Told.events($0, curves[$0]) }
            var mixed: [SearchEvent] = []
            var seen: [Int: Halving.Verdict] = [:]
            var growing = SearchState(monitor: .accuracy, halving: Halving(epochs: 9, reduction: 3), folds: 1)
            for trial in curves.indices {
                growing.take(.drawn(DrawnEvent(trial: trial, round: 0, values: TrialValues())))
            }
            while let place = waiting.indices.filter({ !waiting[$0].isEmpty }).randomElement(using: &random) {
                let event = waiting[place].removeFirst()
                mixed.append(event)
                growing.take(event)
                for (trial, verdict) in growing.verdicts {
                    #expect(seen[trial] == nil || seen[trial] == verdict, "a verdict is not taken back")
                    seen[trial] = verdict
                }
            }
            let other = Told(curves, epochs: 9, order: mixed).state
            #expect(other.verdicts == usual.verdicts)
            #expect(other.trials.map { other.score(of: $0) } == usual.trials.map { usual.score(of: $0) })
            #expect(other.ranked.map(\.number) == usual.ranked.map(\.number))
        }
    }

    /// A trial that was stopped because of its verdict tells nothing of the epochs after it: nothing else may follow from those.
    @Test func `a search whose hopeless trials are stopped comes to what one comes to that lets them go on`() {
        var random = SplitMix64(seed: 6)
        for _ in 0..<40 {
            let curves = (0..<12).map { _ in (0..<9).map { _ in Double.random(in: 0...1, using: &random) } }
            let usual = Told(curves, epochs: 9).state
            let cut = curves.enumerated().map { trial, curve in
                usual.verdicts[trial].map { Array(curve.prefix($0.epochs + Int.random(in: 0...2, using: &random))) }
                    ?? curve
            }
            let stopped = Told(cut, epochs: 9).state
            #expect(stopped.verdicts == usual.verdicts && stopped.best?.number == usual.best?.number)
        }
    }

    @Test func `where evaluations are further apart than rungs, the first one after a rung counts`() {
        // Evaluated after 2, 4, 6 and 9 epochs, the rungs lie after 1 and 3.
        let curves = [0.5, 0.6, 0.7, 0.55, 0.1].map { Array(repeating: $0, count: 4) }
        var state = SearchState(monitor: .accuracy, halving: Halving(epochs: 9, reduction: 3), folds: 1)
        for trial in curves.indices {
            state.take(.drawn(DrawnEvent(trial: trial, round: 0, values: TrialValues())))
        }
        for (trial, curve) in curves.enumerated() {
            for (epochs, accuracy) in zip([2, 4, 6, 9], curve) {
                var score = ScoreEvent()
                (score.trial, score.step, score.epochs) = (trial, epochs, Double(epochs))
                (score.accuracy, score.loss) = (accuracy, 1)
                state.take(.score(score))
            }
            state.take(.end(RunEndEvent(trial: trial, fold: 0, .completed)))
        }
        #expect(state.verdicts.keys.sorted() == [3, 4])
        #expect(state.score(of: state.trials[4])?.mean == 0.1)
    }

    @Test func `a file's events make the same state at once as one by one`() {
        var random = SplitMix64(seed: 9)
        let curves = (0..<20).map { _ in (0..<9).map { _ in Double.random(in: 0...1, using: &random) } }
        let one = Told(curves, epochs: 9).state
        var other = SearchState(monitor: .accuracy, halving: Halving(epochs: 9, reduction: 3), folds: 1)
        other.take(
            contentsOf: curves.indices.map { .drawn(DrawnEvent(trial: $0, round: 0, values: TrialValues())) }
                + curves.indices.flatMap { Told.events($0, curves[$0]) })
        #expect(one.verdicts == other.verdicts && one.trials == other.trials)
    }

    @Test func `folds are averaged, with their standard deviation`() {
        var state = SearchState(monitor: .accuracy, halving: Halving(epochs: 1, reduction: 1), folds: 3)
        state.take(.drawn(DrawnEvent(trial: 0, round: 0, values: TrialValues())))
        for (fold, accuracy) in [0.7, 0.8, 0.9].enumerated() {
            #expect(state.trials[0].nextFold == fold && state.outcome(of: state.trials[0]) == nil)
            var score = ScoreEvent()
            (score.fold, score.step, score.epochs, score.accuracy, score.loss) = (fold, 1, 1, accuracy, 1)
            state.take(.score(score))
            state.take(.end(RunEndEvent(trial: 0, fold: fold, .completed)))
        }
        let score = state.score(of: state.trials[0])
        #expect(abs((score?.mean ?? 0) - 0.8) < 1e-12 && abs((score?.spread ?? 0) - 0.1) < 1e-12)
        #expect(state.outcome(of: state.trials[0]) == .finished)
    }
}
