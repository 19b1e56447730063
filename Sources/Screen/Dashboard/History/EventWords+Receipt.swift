import Charts
import Fields
import Runs

extension EventWords {
    /// The forms of a receipt, as for `text`, `short` and `long`.
    static func words(of receipt: Receipt, pausedFor: Double?) -> (text: String, short: String, long: String) {
        switch receipt.outcome {
        case .refused(let reason):
            let text = "\(asked(receipt.command)) refused: \(reason)"
            return (text, "refused: \(reason)", text)
        case .accepted(let old, let new):
            return done(receipt, old: old, new: new, pausedFor: pausedFor)
        }
    }

    /// What somebody asked for, as a noun or a verb; the table's words where a command has none of its own here.
    package static func asked(_ command: RunCommand) -> String {
        switch command {
        case .setLearningRate(let rate): "hold rate \(Figure.plain(rate))"
        case .holdLearningRate(let factor): "hold rate \(Figure.factor(factor))"
        case .rescaleSchedule(let rate): "plan rescaled to \(Figure.plain(rate))"
        case .scaleLearningRate(let factor): "rate \(Figure.factor(factor))"
        case .undo: "undo"
        case .restore(let restoration): "back to the \(restoration.from == .best ? "best" : "sound") weights"
        case .rewind(let rewind): "back to step \(Figure.count(rewind.to))"
        case .followSchedule: "back to the plan"
        case .setSchedule(let change): "new plan: \(ScheduleWords.short(change))"
        case .step(let count): count == 1 ? "one step" : "\(Figure.count(count)) steps"
        case .stop(let kept): "stop, keep \(kept.rawValue)"
        case .note: "note"
        default: TuningWords.asked(command) ?? plain(command)
        }
    }

    /// A command as the palette writes it, or else a script: `evaluate`, `momentum 0.5`.
    private static func plain(_ command: RunCommand) -> String {
        let (kind, name) = (command.kind, command.kind.palette?.name ?? command.name)
        return switch kind.argument(command) {
        case .number(let number): "\(name) \(Figure.plain(number))"
        case .integer(let count): "\(name) \(Figure.count(count))"
        case .text(let text): "\(name) \(text)"
        default: name
        }
    }

    private static func done(
        _ receipt: Receipt, old: Double?, new: Double?, pausedFor: Double?
    ) -> (text: String, short: String, long: String) {
        let change: String? =
            if let old, let new { "\(Figure.plain(old)) → \(Figure.plain(new))" } else { nil }
        switch receipt.command {
        case .setLearningRate(let rate):
            let change = change ?? Figure.plain(rate)
            return ("rate \(change), held", change, "rate \(change), held until it follows the plan again")
        case .holdLearningRate(let factor):
            let change = change ?? Figure.factor(factor)
            return ("rate \(change), held", change, "rate \(change), held until it follows the plan again")
        case .rescaleSchedule(let rate):
            let change = change ?? Figure.plain(rate)
            return ("rate \(change), plan rescaled", change, "rate \(change), the plan goes on from there, rescaled")
        case .undo:
            let rate = change.map { ", rate \($0)" } ?? ""
            return ("undone\(rate)", "undone" + (change.map { " \($0)" } ?? ""), "the last change is undone" + rate)
        case .restore:
            let step = receipt.restored.map { "weights of step \(Figure.count($0))" } ?? "earlier weights"
            let rate = change.map { ", rate \($0)" } ?? ""
            return ("back to \(step)\(rate)", step, "back to the \(step)\(rate)")
        case .rewind(let rewind):
            let step = "step \(Figure.count(receipt.restored ?? rewind.to))"
            let rate = old == new ? "" : change.map { ", rate \($0)" } ?? ""
            return (
                "back in time to \(step)\(rate)", "back to \(step)",
                "back in time from step \(Figure.count(receipt.position.step)) to \(step)\(rate)"
            )
        case .scaleLearningRate(let factor):
            let change = change ?? Figure.factor(factor)
            return ("rate \(change)", change, "rate \(change), \(Figure.factor(factor))")
        case .followSchedule:
            let text = "plan" + (change.map { ", rate \($0)" } ?? "")
            return (text, "plan" + (change.map { " \($0)" } ?? ""), "back to the plan" + text.dropFirst(4))
        case .setSchedule(let plan):
            let text = "new plan, " + (change.map { "rate \($0)" } ?? ScheduleWords.short(plan))
            let rate = change.map { ", rate \($0)" } ?? ""
            return (text, change.map { "plan \($0)" } ?? "new plan", "new plan: \(ScheduleWords.long(plan))\(rate)")
        case .pause:
            return ("paused", "paused", "paused")
        case .resume:
            let length = pausedFor.map { " after \(Figure.duration($0))" } ?? ""
            return ("resumed\(length)", "resumed", "resumed" + length)
        case .step(let count):
            let text = count == 1 ? "one step" : "\(Figure.count(count)) steps"
            return (text, text, text + " while paused")
        case .note(let text):
            return (text, text, text)
        case .stop(let kept):
            return ("stop, keep \(kept.rawValue)", "stop", "stop, keep the \(kept.rawValue) weights")
        default:
            let text = TuningWords.done(receipt.command, old: old, new: new) ?? plain(receipt.command)
            return (text, text, receipt.command == .evaluate ? "evaluation asked for" : text)
        }
    }
}
