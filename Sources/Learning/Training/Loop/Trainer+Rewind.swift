import Files
import Machine
import Runs

extension Trainer {
    /// Goes back in time and gives the receipt; whether it was done.
    ///
    /// The nearest moment that was kept is taken up, and the steps from there on are made again. A signal breaks that off, and the run
    /// stands where it stood.
    func goBack(in rewind: Rewind, author: Author) -> Bool {
        let (before, standing, from) = (state.copied(waiting: []), state.lifecycle, state.position)
        let oldRate = nextRate
        setPhase(.rewinding)
        if let reason = stand(before: rewind.to, of: state.course) {
            state.stand(at: before)
            state.lifecycle = standing
            followTuning()
            answer(.rewind(rewind), author, .refused(reason))
            setPhase(askedPhase)
            return false
        }
        state.lifecycle = standing
        state.lifecycle.goBack()
        followTuning()
        // What a script would have ended later is a pause that nobody could end here.
        if !mailbox.isAttended, !options.isReachable, state.lifecycle.pauseReason != nil {
            state.lifecycle.accept(.resume, from: .run)
        }
        state.position = Position(branch: from.branch + 1, step: rewind.to)
        state.course.leave(for: state.position)
        if let change = rewind.change(state.rate.control, planned: schedule.rate(at: step)) {
            _ = state.rate.take(
                change, from: author, at: step, schedule: plannedSchedule, stepsPerEpoch: stepsPerEpoch)
            state.course.note(.init(command: change, author: author, step: step))
        }
        measuredStep = -1
        keeping.leave(from: step)
        keeping.saveBest(of: state)
        reports.append(
            .receipt(
                Receipt(
                    position: from, author: author, command: .rewind(rewind),
                    outcome: .accepted(old: oldRate, new: nextRate), restored: step)))
        setPhase(askedPhase)
        reportProgress()
        return true
    }

    /// Brings the state to before an update of a course that the run has taken; why it cannot be, where it cannot.
    private func stand(before step: Int, of course: RunCourse) -> String? {
        for moment in keeping.moments.moments.reversed() {
            guard let deeds = course.deeds(from: moment.position, moment.course, to: step) else { continue }
            state.stand(at: moment.copy)
            return replay(deeds, to: step)
        }
        for checkpoint in keeping.earlier(upTo: step) {
            guard let bytes = try? FileBytes.read(checkpoint.path),
                (try? state.stand(at: bytes, path: checkpoint.path)) != nil,
                let deeds = course.deeds(from: state.position, state.course, to: step)
            else { continue }
            return replay(deeds, to: step)
        }
        return "no moment before step \(step) is kept any more"
    }

    /// Makes the steps again up to an update; why it was broken off, where it was.
    private func replay(_ deeds: [RunCourse.Deed], to target: Int) -> String? {
        var replay = Replay(material, state: state, deeds: deeds, isPast: true)
        defer { replay.finish() }
        var shown = MonotonicClock.seconds
        let isWhole = replay.advance(to: target) { _ in
            if MonotonicClock.seconds - shown > 0.1 {
                shown = MonotonicClock.seconds
                reportProgress()
            }
            return !mailbox.isInterrupted
        }
        return isWhole ? nil : "the run was interrupted"
    }
}
