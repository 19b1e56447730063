import Settings

/// Which trials each round of a search has: a function of the search and of what came of the rounds before.
package struct SearchRounds: Sendable {
    private let order: SearchOrder
    private let draw: SearchDraw

    package init(_ order: SearchOrder) {
        self.order = order
        draw = SearchDraw(order.space, seed: order.seed)
    }

    /// How many rounds there are.
    package var count: Int { order.plan.roundCount }

    /// How many trials all rounds have at most; of a grid some of a later round may have been made before.
    package func trialCount() throws(SettingsError) -> Int {
        guard order.plan.method == .grid else { return order.plan.trials }
        return try count * draw.grid(order.plan.points, in: SearchWindow()).count
    }

    /// The trials of a random round: as many in each, the first ones one more where that does not go.
    private func range(ofRound round: Int) -> Range<Int> {
        let (size, rest) = order.plan.trials.quotientAndRemainder(dividingBy: count)
        func first(_ round: Int) -> Int { round * size + min(round, rest) }
        return first(round)..<first(round + 1)
    }

    /// The values of a round's trials.
    /// - Parameter state: with every trial of the rounds before at its end.
    package func trials(ofRound round: Int, after state: SearchState) throws(SettingsError) -> [TrialValues] {
        let ranked = state.ranked.filter { $0.round < round }.map(\.values)
        let window = SearchWindow(round: round, around: ranked, in: order.space)
        switch order.plan.method {
        case .random: return range(ofRound: round).map { draw.values(ofTrial: $0, in: window) }
        case .grid:
            let made = Set(state.trials.filter { $0.round < round }.map(\.values))
            return try draw.grid(order.plan.points, in: window).filter { !made.contains($0) }
        }
    }

    /// What is drawn next, where every trial so far has ended: what is missing of a round, or the next one; empty after the last.
    package func next(after state: SearchState) throws(SettingsError) -> [DrawnEvent] {
        for round in (state.trials.last?.round ?? 0)..<count {
            let first = state.trials.firstIndex { $0.round >= round } ?? state.trials.count
            let made = state.trials.count - first
            let missing = try trials(ofRound: round, after: state).dropFirst(made)
            guard !missing.isEmpty else { continue }
            return missing.enumerated().map { place, values in
                DrawnEvent(trial: state.trials.count + place, round: round, values: values)
            }
        }
        return []
    }
}
