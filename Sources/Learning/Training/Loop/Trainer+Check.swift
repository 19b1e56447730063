import Plans
import Runs

extension Trainer {
    /// Climbs the pre-flight ladder beside the run and gives the receipt: with networks of its own over the run's data, so that no
    /// bit of the run changes. Whatever is asked of it meanwhile ends it.
    func holdCheck(author: Author) {
        setPhase(.checking)
        var result = CheckResult()
        do throws(PreparationError) {
            let preflight = try Preflight(plan: material.plan, data: material.data, pool: material.pool)
            result = preflight.run { [reports, mailbox] result in
                reports.append(.check(result))
                return !mailbox.isInterrupted && !mailbox.hasMail
            }
            reports.append(.check(result))
            answer(.check, author, .accepted(old: nil, new: nil))
            reports.append(.note(.run, result.words, state.position))
        } catch {
            result.end()
            reports.append(.check(result))
            answer(.check, author, .refused("\(error)"))
        }
        if mailbox.isAttended, author == .person { state.lifecycle.accept(.pause, from: author) }
        setPhase(askedPhase)
        reportProgress()
    }
}
