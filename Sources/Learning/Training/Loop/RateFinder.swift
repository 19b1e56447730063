import Datasets
import Foundation
import Machine
import NeuralNetworks
import Plans
import Runs

/// Learning-rate range tests over copies of a run: a ramp of the rate, then a few copies that train for a while.
///
/// Works in the memory of the run's network and puts every bit back. What it finds depends on the plan, the seed and the state alone.
package struct RateFinder {
    private let material: RunMaterial
    private let state: TrainingState
    private let engine: StepEngine
    private let batches: TrainingBatches
    /// Updates that a trial makes at most.
    package var mostTrialSteps = Int.max
    /// Multiply-adds that all trials together may take.
    package var budget = 1e12
    /// Batches that make a point of the ramp at most, where they differ much.
    package var mostAveraged = 4

    /// - Parameters:
    ///   - state: of the material's network, from which the copies begin.
    ///   - engine: makes the updates of that state.
    init(_ material: RunMaterial, state: TrainingState, engine: StepEngine, batches: TrainingBatches) {
        (self.material, self.state, self.engine, self.batches) = (material, state, engine, batches)
    }

    /// Tests at the beginning of a run that nobody trains.
    package init(_ material: RunMaterial) {
        let state = TrainingState(material)
        self.init(
            material, state: state, engine: StepEngine(material, state: state), batches: TrainingBatches(material))
    }

    /// The rates of a first ramp, which is to find where the loss blows up.
    private static let (surveyFrom, surveyTo, surveyEnd) = (1e-7, 10.0, 1e5)
    private static let surveyPerDecade = 5.0
    /// A ramp begins so far below where the loss blows up, and ends so far above it.
    private static let (below, beyond) = (3e4, 3.0)
    /// So far below where the loss has fallen it begins at least, and so far beyond the lowest loss it goes where nothing blows up.
    private static let (belowFallen, farBeyond) = (3e3, 30.0)

    /// Does a test.
    /// - Parameter goesOn: gets the result as far as it has come, now and then; false breaks off.
    package func run(_ test: RateTest, goesOn: @escaping (RateTestResult) -> Bool) -> RateTestResult {
        var watch = Watch(goesOn: goesOn, result: RateTestResult(position: state.position, peak: plannedPeak))
        engine.unseen { putBack in
            let (range, averaged) = range(of: test, &watch)
            putBack()
            guard watch.isWanted else { return }
            watch.share = (0.15, test.tries ? 0.25 : 0.85)
            watch.result.curve = ramp(
                range, points: test.steps, averaging: averaged, isSurvey: test.to != nil ? nil : false, &watch)
            putBack()
            if test.tries, watch.isWanted {
                watch.share = (0.4, 0.6)
                tryRates(&watch, putBack)
            }
        }
        watch.result.end()
        return watch.result
    }

    /// The highest rate that is to come as things are.
    private var plannedPeak: Double {
        let total = state.lifecycle.limits.totalSteps
        let step = min(state.position.step, max(0, total - 1))
        return state.rate.control.peak(from: step, total: total, schedule: schedule).rate
    }

    private var schedule: Schedule { state.schedule.with(state.rate.rests) }

    // MARK: Ramps

    /// The rates that a ramp goes through, and how many batches make a point, so that single batches do not hide the curve.
    private func range(of test: RateTest, _ watch: inout Watch) -> (ClosedRange<Double>, averaged: Int) {
        if let from = test.from, let to = test.to { return (from...max(from, to), 1) }
        let from = test.from ?? Self.surveyFrom
        let to = test.to ?? max(Self.surveyTo, from * 10)
        let points = max(10, Int((log10(to / from) * Self.surveyPerDecade).rounded()) + 1)
        watch.share = (0, 0.15)
        let survey = ramp(from...to, points: points, averaging: 1, isSurvey: test.to == nil, &watch)
        let noise = survey.first.map { survey.noise / max(abs($0), .leastNormalMagnitude) } ?? 0
        let averaged = min(mostAveraged, max(1, Int((noise * noise / (Self.mostNoise * Self.mostNoise)).rounded(.up))))
        // What never blows up is looked at a little beyond its lowest loss.
        let lowest = survey.lowestRate
        let edge = survey.concern == .neverBlowsUp ? lowest.map { $0 * Self.farBeyond } : survey.blowUp
        let high = test.to ?? min((edge ?? to) * Self.beyond, CommandRules.largestRate)
        let flat = min(high / Self.beyond / Self.below, (survey.fallenRate ?? .infinity) / Self.belowFallen)
        let low = test.from ?? min(high / 10, max(from, flat))
        return (low...max(low * 10, high), averaged)
    }

    /// The loss of a batch may lie so far from that of others, as a share of it.
    private static let mostNoise = 0.1

    /// Trains at rising rates.
    /// - Parameters:
    ///   - isSurvey: whether the ramp goes on beyond its end until it is hopeless, or false for a little way; nil for not at all.
    private func ramp(
        _ rates: ClosedRange<Double>, points: Int, averaging: Int, isSurvey: Bool?, _ watch: inout Watch
    ) -> RateCurve {
        var curve = RateCurve()
        let factor = pow(rates.upperBound / rates.lowerBound, 1 / Double(max(1, points - 1)))
        let most = isSurvey == true ? Self.surveyEnd : isSurvey == false ? rates.upperBound * 100 : rates.upperBound
        var (place, made) = (0, 0)
        while true {
            let rate = rates.lowerBound * pow(factor, Double(place))
            if rate > most * 1.0001 || rate > CommandRules.largestRate { break }
            var sum = 0.0
            for _ in 0..<averaging where sum.isFinite {
                sum += update(made, rate: rate)
                made += 1
            }
            curve.append(rate: rate, loss: sum / Double(averaging))
            place += 1
            watch.tell(Double(place) / Double(points), isSurvey == true ? nil : curve)
            if curve.isHopeless || !watch.isWanted { break }
            // Beyond its end it goes on only to see the blow-up that has to come.
            if place >= points, curve.concern != .neverBlowsUp { break }
        }
        return curve
    }

    /// Makes an update that nobody sees; the loss of its batch, before it. NaN where it could not be made.
    private func update(_ number: Int, rate: Double) -> Double {
        let step = state.position.step + number
        let count = batches.load(state.epochs.place(of: step)).count
        let context = StepContext(mode: .training, step: step, seed: material.plan.seed, measures: false)
        var clock = StepClock()
        let outcome = engine.step(batches.batch, count: count, rate: rate, context: context, clock: &clock)
        return outcome.isFinite ? outcome.loss.mean : .nan
    }

    // MARK: Trials

    /// Trains copies at a few rates below the one where the loss blows up, then between the best and its neighbours.
    private func tryRates(_ watch: inout Watch, _ putBack: () -> Void) {
        let curve = watch.result.curve
        // A ramp is short: what learns slowly at first may descend in none and learn all the same.
        let high = curve.concern == .neverDescends ? curve.points.last?.rate : curve.blowUp
        guard let high, let (steps, rounds) = trialPlan else { return }
        let whole = Double(Self.trials.count + 2 * rounds)
        func train(_ rate: Double) {
            guard watch.isWanted, rate > 0, rate <= CommandRules.largestRate else { return }
            let done = Double(watch.result.trials.count)
            let trial = trial(rate.roundedRate, steps: steps) { made in
                watch.tell((done + made) / whole, nil)
                return watch.isWanted
            }
            putBack()
            if watch.isWanted { watch.result.append(trial) }
        }
        for factor in Self.trials { train(high * factor) }
        // The best at the edge of what was tried: further down.
        var further = 0
        while further < 4, let best = watch.result.bestTrial,
            best.rate == watch.result.trials.map(\.rate).min(), watch.isWanted
        {
            train(best.rate / 3.2)
            further += 1
        }
        for factor in Self.finer.prefix(rounds) {
            guard let best = watch.result.bestTrial else { return }
            for rate in [best.rate / factor, best.rate * factor] { train(rate) }
        }
    }

    /// Shares of the rate where the loss blows up that are tried, and of the best of these afterwards.
    private static let trials = [0.03, 0.1, 0.32, 1.0, 3.2]
    private static let finer = [1.8, 1.35, 1.16]
    /// What a step costs beside its multiply-adds, in these.
    private static let overhead = 2e7
    /// Fewer steps say nothing about a rate.
    private static let fewestSteps = 40

    /// Updates of each trial, all that are left where they are few, and how many rounds are tried between the best and its
    /// neighbours; nil where so little can be afforded that it says nothing.
    private var trialPlan: (steps: Int, rounds: Int)? {
        let multiplyAdds = material.network.summary.reduce(0) { $0 + $1.multiplyAdds }
        let step = 3 * Double(multiplyAdds) * Double(material.plan.batchSize) + Self.overhead
        let left = max(1, state.lifecycle.limits.totalSteps - state.position.step)
        for rounds in stride(from: Self.finer.count, through: 0, by: -1) {
            let affordable = Int(budget / step) / (Self.trials.count + 2 * rounds)
            if affordable >= min(left, Self.fewestSteps) || mostTrialSteps < affordable {
                return (min(left, affordable, mostTrialSteps), rounds)
            }
        }
        return nil
    }

    /// Trains a copy over the shape of the schedule that is left, shortened.
    private func trial(_ rate: Double, steps: Int, goesOn: (Double) -> Bool) -> RateTestResult.Trial {
        let peak = plannedPeak
        let (begin, total) = (state.position.step, max(state.position.step + 1, state.lifecycle.limits.totalSteps))
        // What a run ends with is its last epoch; of fewer steps the last quarter.
        let tail = max(1, steps < total - begin ? steps / 4 : min(steps, state.epochs.stepsPerEpoch))
        var (sum, made) = (0.0, 0)
        for number in 0..<steps {
            let place = begin + Int(Double(number) / Double(steps) * Double(total - begin))
            let planned = state.rate.control.rate(at: place, schedule: schedule)
            let loss = update(number, rate: peak > 0 ? planned / peak * rate : rate)
            made += 1
            if !loss.isFinite { return .init(rate: rate, loss: .infinity, steps: made) }
            if number >= steps - tail { sum += loss }
            if number % 8 == 7, !goesOn(Double(number) / Double(steps)) { break }
        }
        return .init(rate: rate, loss: sum / Double(tail), steps: made)
    }

    /// Who looks on, and what there is to see.
    private struct Watch {
        let goesOn: (RateTestResult) -> Bool
        var result: RateTestResult
        var isWanted = true
        /// Where the part that is under way begins, and how long it is, of all.
        var share = (begin: 0.0, length: 0.0)
        private var told = MonotonicClock.seconds

        init(goesOn: @escaping (RateTestResult) -> Bool, result: RateTestResult) {
            (self.goesOn, self.result) = (goesOn, result)
        }

        mutating func tell(_ done: Double, _ curve: RateCurve?) {
            let now = MonotonicClock.seconds
            guard now - told > 0.05 else { return }
            told = now
            if let curve { result.curve = curve }
            result.share = min(1, share.begin + share.length * min(1, done))
            isWanted = goesOn(result)
        }
    }
}
