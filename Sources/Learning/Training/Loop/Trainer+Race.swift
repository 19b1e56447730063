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
        reports.append(.note(.run, result.words, state.position))
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
        var shown = MonotonicClock.seconds
        var isWanted = true
        _ = replay.advance(to: end) { losses in
            result.take(losses)
            if MonotonicClock.seconds - shown > 0.1 {
                shown = MonotonicClock.seconds
                reports.append(.race(result))
            }
            isWanted = !mailbox.isInterrupted && !mailbox.hasMail
            return isWanted && result.lanes.last?.hasDiverged == false
        }
        reports.append(.race(result))
        return isWanted
    }
}
