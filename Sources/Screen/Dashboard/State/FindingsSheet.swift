import Cells
import History
import Runs

/// The sheet of findings: what is wrong, by what evidence, and what can be done.
package struct FindingsSheet: Hashable, Sendable {
    /// Which of the remedies is chosen, counted over all findings.
    package private(set) var chosen = 0
    /// When it was opened, in monotonic seconds.
    package let openedAt: Double

    /// With the first remedy chosen.
    package init(openedAt: Double) { self.openedAt = openedAt }

    /// A remedy that commands carry out, and the place of its finding and of itself in it.
    package struct Offer: Hashable, Sendable {
        package let finding: Int
        package let remedy: Int
        package let commands: [RunCommand]
    }

    /// The remedies that can be chosen: those that the run would take.
    package static func offers(of run: RunHistory) -> [Offer] {
        run.findings.enumerated().flatMap { place, finding in
            finding.remedies.enumerated().compactMap { index, remedy in
                guard let first = remedy.commands.first, run.refusal(of: first) == nil else { return nil }
                return Offer(finding: place, remedy: index, commands: remedy.commands)
            }
        }
    }

    /// The one that Enter takes; nil where there is none.
    package func offer(of run: RunHistory) -> Offer? {
        let offers = Self.offers(of: run)
        return offers.isEmpty ? nil : offers[min(chosen, offers.count - 1)]
    }

    /// Takes a key.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> OverlayAnswer {
        let run = situation.run.live
        let count = Self.offers(of: run).count
        switch key {
        case .up, .character("k"): chosen = max(0, min(chosen, count - 1) - 1)
        case .down, .character("j"): chosen = min(max(0, count - 1), chosen + 1)
        case .enter:
            guard let offer = offer(of: run) else { return .nothing }
            if let reason = situation.sheetRefusal(openedAt: openedAt) { return .say(.trouble(reason)) }
            // What paused by itself goes on once it is mended.
            let goesOn = [RunPhase.paused(.notFinite), .paused(.validationNotFinite)].contains(run.status.phase)
            return .hold(offer.commands + (goesOn ? [.resume] : []))
        default: break
        }
        return .nothing
    }
}
