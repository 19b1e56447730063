import Runs

extension Trainer {
    /// Finds a learning rate on a copy and gives the receipt. The run stands afterwards where it stood; whatever is asked of it
    /// meanwhile ends the test.
    func hold(_ test: RateTest, author: Author) {
        setPhase(.findingRate)
        let finder = RateFinder(material, state: state, engine: engine, batches: batches)
        let result = finder.run(test) { [reports, mailbox] result in
            reports.append(.rateTest(result))
            return !mailbox.isInterrupted && !mailbox.hasMail
        }
        measuredStep = -1
        reports.append(.rateTest(result))
        answer(.findLearningRate(test), author, .accepted(old: nil, new: nil))
        reports.append(.note(.run, result.words, state.position))
        if test.adopts, let suggestion = result.suggested, let command = result.command(taking: suggestion.rate) {
            apply(command, author: author)
        } else if mailbox.isAttended, author == .person {
            state.lifecycle.accept(.pause, from: author)
        }
        setPhase(askedPhase)
        reportProgress()
    }
}
