import Plans

/// All that is known of a search: a function of the lines of its file.
package struct SearchState: Sendable {
    /// What a trial is doing or how it ended.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        case waiting, running, paused, finished, hopeless, stopped, failed
        /// Its loss was three times what it began with.
        case runaway = "ran away"
        case notFinite = "not finite"
    }

    /// The trials by their numbers.
    package private(set) var trials: [SearchTrial] = []
    /// Those that were stopped because the others are better, or will be.
    package private(set) var verdicts: [Int: Halving.Verdict] = [:]
    /// Which number of an evaluation decides.
    package let monitor: Monitor
    /// When trials are compared.
    package let halving: Halving
    /// How many runs a trial has.
    package let folds: Int

    package init(monitor: Monitor, halving: Halving, folds: Int) {
        (self.monitor, self.halving, self.folds) = (monitor, halving, folds)
    }

    /// Takes what has happened.
    /// - Returns: whether it was news: a run that goes on from a checkpoint tells its evaluations again.
    @discardableResult
    package mutating func take(_ event: SearchEvent) -> Bool {
        let isNews = note(event)
        if isNews, decides(event) { judge() }
        return isNews
    }

    /// Takes the events of a file.
    package mutating func take(contentsOf events: [SearchEvent]) {
        for event in events { note(event) }
        judge()
    }

    /// Whether a verdict may follow from it: an end, or a trial's first evaluation at a rung.
    private func decides(_ event: SearchEvent) -> Bool {
        switch event {
        case .drawn, .progress: false
        case .end: true
        case .score(let event):
            halving.rungs.contains { trials[event.trial].runs[event.fold].reach(of: Double($0)) == event.epochs }
        }
    }

    @discardableResult
    private mutating func note(_ event: SearchEvent) -> Bool {
        switch event {
        case .drawn(let event):
            guard event.trial == trials.count else { return false }
            trials.append(SearchTrial(event, folds: folds))
        case .score(let event):
            guard let place = place(event.trial, event.fold) else { return false }
            var run = trials[place].runs[event.fold]
            guard run.end == nil, !run.scores.contains(where: { $0.step == event.step }) else { return false }
            run.scores.append(event)
            run.scores.sort { $0.step < $1.step }
            trials[place].runs[event.fold] = run
        case .end(let event):
            guard let place = place(event.trial, event.fold), trials[place].runs[event.fold].end == nil else {
                return false
            }
            trials[place].runs[event.fold].end = event
        case .progress: return false
        }
        return true
    }

    private func place(_ trial: Int, _ fold: Int) -> Int? {
        trials.indices.contains(trial) && trials[trial].runs.indices.contains(fold) ? trial : nil
    }

    private mutating func judge() { verdicts = halving.verdicts(on: trials, monitor) }

    /// What has become of a trial; nil while it has not ended.
    package func outcome(of trial: SearchTrial) -> Standing? {
        if verdicts[trial.number] != nil { return .hopeless }
        switch trial.trouble?.outcome {
        // It would not have been stopped had the others been known: nothing can take that back.
        case .hopeless: return .hopeless
        case .runaway: return .runaway
        case .notFinite: return .notFinite
        case .stopped: return .stopped
        case .failed: return .failed
        case .completed, nil: return trial.hasEnded ? .finished : nil
        }
    }

    /// How good a trial is; of a hopeless one, up to where it was found to be.
    package func score(of trial: SearchTrial) -> TrialScore? {
        guard let verdict = verdicts[trial.number] else { return TrialScore(trial, monitor) }
        // The comparison was made on the first fold.
        let end = trial.runs[0].reach(of: Double(verdict.epochs)) ?? Double(verdict.epochs)
        return TrialScore(trial, monitor, until: end, folds: 1)
    }

    /// Whether every trial so far has ended.
    package var isIdle: Bool { trials.allSatisfy { outcome(of: $0) != nil } }

    /// The trials that have a score: those that went to their end before those that did not, the best first.
    package var ranked: [SearchTrial] {
        let scored = trials.compactMap { trial in
            score(of: trial).map { (trial: trial, score: $0, isWhole: isWhole(trial)) }
        }
        return scored.sorted { one, other in
            if one.isWhole != other.isWhole { return one.isWhole }
            if one.score.isBetter(than: other.score) { return true }
            return !other.score.isBetter(than: one.score) && one.trial.number < other.trial.number
        }.map(\.trial)
    }

    /// Whether a trial came to its end, or to where somebody stopped it.
    private func isWhole(_ trial: SearchTrial) -> Bool { [.finished, .stopped].contains(outcome(of: trial)) }

    /// The best trial that came to its end; nil before there is one.
    package var best: SearchTrial? { ranked.first.flatMap { isWhole($0) ? $0 : nil } }
}
