import Foundation
import Machine
import Runs

extension Trainer {
    /// Trains copies at several rates and gives the receipt. The run stands afterwards where it stood; whatever is asked of it
    /// meanwhile ends the race.
    func hold(_ race: Race, author: Author) {
        let (before, standing) = (state.copied(waiting: []), state.lifecycle)
        setPhase(.racing)
        var result = RaceResult(position: state.position, race: race)
        var isBrokenOff = false
        for scale in race.scales where !isBrokenOff {
            isBrokenOff = !run(scale, of: race, author, into: &result)
            state.stand(at: before)
            state.lifecycle = standing
        }
        result.end()
        measuredStep = -1
        reports.append(.race(result))
        answer(.race(race), author, .accepted(old: nil, new: nil))
        reports.append(.note(.run, Self.words(of: result), state.position))
        if race.adopts, !isBrokenOff, let best = result.best {
            apply(.scaleLearningRate(race.scales[best]), author: author)
        } else if mailbox.isAttended, author == .person {
            state.lifecycle.accept(.pause, from: author)
        }
        setPhase(askedPhase)
        reportProgress()
    }

    /// Trains one copy; whether nothing broke it off.
    private func run(_ scale: Double, of race: Race, _ author: Author, into result: inout RaceResult) -> Bool {
        let deed = RunCourse.Deed(command: .scaleLearningRate(scale), author: author, step: step)
        let end = min(step + race.steps, totalSteps)
        result.begin(rate: nextRate * scale)
        var replay = Replay(material, state: state, deeds: [deed], isPast: false)
        defer { replay.finish() }
        var (count, shown) = (1, MonotonicClock.seconds)
        while step < end, result.lanes.last?.hasDiverged == false {
            if mailbox.isInterrupted || mailbox.hasMail { return false }
            let began = MonotonicClock.seconds
            let losses = replay.advance(to: min(end, step + count))
            if losses.isEmpty { break }
            result.take(losses)
            if MonotonicClock.seconds - began < 0.05 { count *= 2 }
            if MonotonicClock.seconds - shown > 0.1 {
                shown = MonotonicClock.seconds
                reports.append(.race(result))
            }
        }
        reports.append(.race(result))
        return true
    }

    /// `race over 50 steps: ×0.1 loss 0.53, ×1 loss 0.39, ×10 diverged`
    private static func words(of result: RaceResult) -> String {
        let lanes = result.lanes.map { lane in
            let loss =
                lane.hasDiverged ? "diverged" : lane.loss.map { "loss \(String(format: "%.3g", $0))" } ?? "not run"
            return "x\(lane.scale.inWords) \(loss)"
        }
        let steps = result.steps == 1 ? "1 step" : "\(result.steps) steps"
        return "race over \(steps): " + lanes.joined(separator: ", ")
    }
}
