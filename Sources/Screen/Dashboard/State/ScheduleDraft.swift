import Charts
import Foundation
import Runs

/// What the editor of the rest of the schedule would do, computed before anything is sent.
package struct ScheduleDraft: Hashable, Sendable {
    /// What Enter sends; nil while something is wrong.
    package private(set) var change: ScheduleChange?
    /// The whole schedule with the change in it, for drawing.
    package private(set) var schedule: Schedule?
    /// The rate of the next update now and then.
    package let old: Double
    /// The rate of the next update then, nil while something is wrong.
    package private(set) var new: Double?
    /// The rate of the run's last update then.
    package private(set) var last: Double?
    /// What is wrong, and what would be right.
    package private(set) var error: String?

    /// What a sheet would do to a run as it is now.
    package init(_ sheet: ScheduleSheet, status: RunStatus, description: RunDescription) {
        old = status.learningRate
        var reader = FieldReader(sheet: sheet, rate: old)
        let change = reader.change(
            stepsLeft: description.totalSteps - status.position.step, stepsPerEpoch: description.stepsPerEpoch)
        if let problem = reader.problem {
            error = problem
            return
        }
        let rules = CommandRules(
            phase: status.phase, control: status.control, learningRate: old, hasValidation: false, canResume: true,
            stepsLeft: description.totalSteps - status.position.step, stepsPerEpoch: description.stepsPerEpoch)
        if let refusal = rules.refusal(of: .setSchedule(change), from: .person) {
            error = refusal
            return
        }
        let schedule = description.schedule.replacingRest(
            from: status.position.step, by: change, control: status.control, stepsPerEpoch: description.stepsPerEpoch)
        self.change = change
        self.schedule = schedule
        new = schedule.rate(at: status.position.step)
        last = schedule.rate(at: max(status.position.step, description.totalSteps - 1))
    }
}

/// Reads the editor's texts.
private struct FieldReader {
    let sheet: ScheduleSheet
    /// The rate of the next update.
    let rate: Double
    /// The first thing that is wrong.
    var problem: String?

    init(sheet: ScheduleSheet, rate: Double) {
        self.sheet = sheet
        self.rate = rate
    }

    mutating func change(stepsLeft: Int, stepsPerEpoch: Int) -> ScheduleChange {
        var change = ScheduleChange()
        readStart(into: &change)
        let fields = sheet.shape.fields
        let length = fields.contains(.length) ? length(.length) : nil
        change.length = length
        if fields.contains(.warmup), let warmup = self.length(.warmup) { change.warmup = warmup }
        let floor = fields.contains(.floor) ? number(.floor) ?? 0 : 0
        let start = change.rate ?? rate * change.scale
        if floor > start, start > 0 {
            problem =
                problem ?? "the floor \(Figure.plain(floor)) lies above the rate \(Figure.plain(start)) it begins with"
        }
        let steps = length?.steps(stepsPerEpoch: stepsPerEpoch) ?? stepsLeft
        switch sheet.shape {
        case .asPlanned: change.floor = floor
        case .hold: change.kind = Schedule.Constant()
        case .linear: change.kind = Schedule.Linear(to: floor)
        case .cosine: change.kind = Schedule.Cosine(to: floor)
        case .restarts: change.kind = Schedule.CosineRestarts(period: period(stepsLeft), growth: 1, to: floor)
        case .stairs:
            change.kind = Schedule.Step(every: period(stepsLeft), factor: number(.factor) ?? 0.5)
            change.floor = floor
        case .exponential:
            // So that the floor, or a hundredth, is reached at the end of the length.
            let share = floor > 0 && start > 0 ? min(1, floor / start) : 0.01
            change.kind = Schedule.Exponential(factor: pow(share, 1 / Double(max(1, steps))))
            change.floor = floor
        case .oneCycle: change.kind = Schedule.OneCycle(peak: number(.peak) ?? 4, to: floor, rise: 0.3)
        }
        return change
    }

    /// A number, or `*0.5` and `/3` of the rate as it is.
    private mutating func readStart(into change: inout ScheduleChange) {
        var text = sheet.text(.start)
        guard let first = text.first else { return }
        if "*/x×÷".contains(first) {
            text.removeFirst()
            guard let number = parsed(text, .start) else { return }
            change.scale = first == "/" || first == "÷" ? 1 / number : number
        } else {
            change.rate = parsed(text, .start)
        }
    }

    private mutating func number(_ field: ScheduleSheet.Field) -> Double? {
        let text = sheet.text(field)
        return text.isEmpty ? nil : parsed(text, field)
    }

    /// Steps, or epochs as in `2e`.
    private mutating func length(_ field: ScheduleSheet.Field) -> ScheduleLength? {
        var text = sheet.text(field).filter { $0 != "," }
        guard let last = text.last else { return nil }
        let isEpochs = last == "e"
        if isEpochs { text.removeLast() }
        guard let number = parsed(text, field) else { return nil }
        guard number >= 0, number <= 1e9 else {
            problem = problem ?? "\(field.name): a number of steps, or of epochs as in 2e"
            return nil
        }
        return isEpochs ? .epochs(number) : .steps(Int(number.rounded()))
    }

    /// A fifth of what is left where nothing is said.
    private mutating func period(_ stepsLeft: Int) -> ScheduleLength {
        length(.period) ?? .steps(max(1, stepsLeft / 5))
    }

    private mutating func parsed(_ text: String, _ field: ScheduleSheet.Field) -> Double? {
        if let number = Double(text), number.isFinite { return number }
        problem = problem ?? "\(field.name): not a number"
        return nil
    }
}
