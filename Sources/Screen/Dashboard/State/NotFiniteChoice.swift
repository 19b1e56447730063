import History
import Runs

/// What can be done about a loss or gradient that is not finite, in the order in which it is offered.
package enum NotFiniteChoice: Hashable, Sendable, CaseIterable {
    /// Back to the latest sound weights with a third of the rate, and on from there.
    case restore
    /// Back in time to a moment before the trouble with a third of the rate of then, and on from there on a branch of its own.
    case rewind
    /// On with the weights as they are.
    case goOn
    /// Stop early, which asks what to keep.
    case stop

    /// What the rate is multiplied with on the way back.
    package static let scale = 1.0 / 3

    init?(_ key: Character) {
        guard let found = Self.allCases.first(where: { $0.key == key }) else { return nil }
        self = found
    }

    /// The key that chooses it.
    package var key: Character {
        switch self {
        case .restore: "r"
        case .rewind: "b"
        case .goOn: "g"
        case .stop: "s"
        }
    }

    /// One or a few words for the footer.
    package var label: String {
        switch self {
        case .restore: "go back"
        case .rewind: "back in time"
        case .goOn: "go on as is"
        case .stop: "stop…"
        }
    }

    /// Whether the run has what it takes.
    package func isOffered(to run: RunHistory) -> Bool {
        switch self {
        case .restore: Self.source(of: run) != nil
        case .rewind: Self.rewind(of: run) != nil
        case .goOn, .stop: true
        }
    }

    /// Going back to the latest sound moment that is known, or else to a tenth of the run before the trouble; nil where the run cannot
    /// go back there.
    package static func rewind(of run: RunHistory) -> Rewind? {
        guard let earliest = run.status.progress.moments?.earliest else { return nil }
        let trouble = run.status.position.step
        let moment = run.status.progress.snapshot?.step ?? trouble - max(1, trouble / 10)
        let rewind = Rewind(to: max(earliest, moment), scale: scale)
        return run.refusal(of: .rewind(rewind)) == nil ? rewind : nil
    }

    /// The weights that a run goes back to: the snapshot's or those of the best evaluation, whichever are newer.
    package static func source(of run: RunHistory) -> (source: Restoration.Source, step: Int)? {
        let snapshot = run.status.progress.snapshot
        if let best = run.best?.position.step, best > snapshot?.step ?? -1 { return (.best, best) }
        return snapshot.map { (.snapshot, $0.step) }
    }

    /// What is sent, one after the other.
    func commands(for run: RunHistory) -> [RunCommand] {
        switch self {
        case .restore:
            Self.source(of: run).map { [.restore(Restoration(from: $0.source, scale: Self.scale)), .resume] } ?? []
        case .rewind: Self.rewind(of: run).map { [.rewind($0), .resume] } ?? []
        case .goOn: [.resume]
        case .stop: []
        }
    }
}
