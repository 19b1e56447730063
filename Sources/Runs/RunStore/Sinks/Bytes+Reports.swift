import Runs
import Settings

// The members that log and journal have in common.
extension [UInt8] {
    mutating func write(_ integer: Int) { JSON.write(integer, into: &self) }

    mutating func add(_ position: Position) {
        member("step", position.step)
        member("branch", position.branch)
    }

    mutating func add(_ outcome: Receipt.Outcome) {
        switch outcome {
        case .accepted(let old, let new):
            member("accepted", true)
            member("old", old)
            member("new", new)
            member("reason", String?.none)
        case .refused(let reason):
            member("accepted", false)
            member("old", Double?.none)
            member("new", Double?.none)
            member("reason", reason)
        }
    }

    mutating func add(_ summary: EndSummary) {
        add(summary.position)
        member("reason", summary.reason.rawValue)
        member("kept", summary.kept.rawValue)
        member("bestStep", summary.best?.position.step)
        member("bestLoss", summary.best?.loss)
        member("bestAccuracy", nullIfNaN: summary.best?.accuracy ?? .nan)
    }
}
