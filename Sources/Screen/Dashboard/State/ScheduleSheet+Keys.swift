import Cells
import Charts
import Foundation
import History
import Runs

extension ScheduleSheet {
    /// Longer texts are no numbers.
    private static let longest = 12

    /// Takes a key.
    /// - Returns: the change, once Enter has decided on one.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> ScheduleChange? {
        let run = situation.run.live
        error = nil
        switch key {
        case .enter:
            let draft = ScheduleDraft(self, status: run.status, description: run.description)
            if let reason = situation.sheetRefusal(openedAt: openedAt) {
                error = reason
            } else if let change = draft.change {
                return change
            } else {
                error = draft.error
            }
        case .up, .backTab: select(by: -1)
        case .down, .tab: select(by: 1)
        case .left: adjust(by: -1, run)
        case .right, .character(" "): adjust(by: 1, run)
        case .character("r"): restart(run)
        case .character(let character): type(String(character))
        case .backspace, .delete: erase()
        case .control("u"): texts[selected] = nil
        default: break
        }
        return nil
    }

    mutating func select(by rows: Int) {
        let fields = shape.fields
        let index = (fields.firstIndex(of: selected) ?? 0) + rows
        selected = fields[(index + fields.count) % fields.count]
    }

    /// Puts text behind that of the selected field; only what numbers are made of.
    mutating func type(_ added: String) {
        guard selected != .shape else { return }
        let kept = added.filter { "0123456789.,eE+-*/x×÷".contains($0) }
        guard !kept.isEmpty else { return }
        texts[selected] = String((text(selected) + kept).prefix(Self.longest))
        error = nil
    }

    mutating func erase() {
        guard let text = texts[selected] else { return }
        texts[selected] = text.count > 1 ? String(text.dropLast()) : nil
    }

    /// A warm restart from here: up to the plan's first rate again, and down along its shape.
    mutating func restart(_ run: RunHistory) {
        let plan = run.description.schedule
        shape =
            switch plan.kind {
            case is Schedule.Linear, is Schedule.Polynomial: .linear
            case is Schedule.Step, is Schedule.MultiStep: .stairs
            case is Schedule.Exponential: .exponential
            case is Schedule.CosineRestarts: .restarts
            default: .cosine
            }
        texts = [.start: Figure.plain(plan.base)]
        selected = .start
    }

    /// Changes the selected field by one notch up or down.
    mutating func adjust(by notches: Int, _ run: RunHistory) {
        let epoch = max(1, run.description.lengths.stepsPerEpoch)
        let left = max(1, run.description.lengths.totalSteps - run.status.position.step)
        let rate = run.status.learningRate
        switch selected {
        case .shape:
            let shapes = Shape.allCases
            shape = shapes[(shape.rawValue + notches + shapes.count) % shapes.count]
        case .start:
            let start = number(.start, else: rate)
            texts[.start] = Figure.plain((start > 0 ? start : run.description.schedule.base) * Self.notch(notches))
        case .floor:
            let floor = number(.floor, else: 0)
            let least = rate * 1e-4
            if floor > 0 {
                let next = floor * Self.notch(2 * notches)
                texts[.floor] = next < least ? nil : Figure.plain(next)
            } else if notches > 0, rate > 0 {
                texts[.floor] = Figure.plain(rate / 100)
            }
        case .length: moveSteps(.length, by: notches * epoch, in: 1...left, from: left)
        case .period: moveSteps(.period, by: notches * epoch, in: 1...left, from: max(1, left / 5))
        case .warmup: moveSteps(.warmup, by: notches * max(1, epoch / 5), in: 0...left - 1, from: 0)
        case .factor:
            let tenths = (number(.factor, else: 0.5) * 10).rounded() + Double(notches)
            texts[.factor] = Figure.plain(min(9, max(1, tenths)) / 10)
        case .peak: texts[.peak] = Figure.plain(min(100, max(1, number(.peak, else: 4) + Double(notches))))
        }
    }

    /// A tenth of a decade a notch: ten of them are a factor of ten.
    private static func notch(_ count: Int) -> Double { pow(10, Double(count) / 10) }

    private func number(_ field: Field, else standard: Double) -> Double {
        let text = text(field)
        guard let first = text.first else { return standard }
        if "*x×".contains(first) { return (Double(text.dropFirst()) ?? 1) * standard }
        if "/÷".contains(first) { return standard / (Double(text.dropFirst()) ?? 1) }
        return Double(text.filter { $0 != "," }) ?? standard
    }

    private mutating func moveSteps(_ field: Field, by steps: Int, in range: ClosedRange<Int>, from standard: Int) {
        let now = number(field, else: Double(standard))
        let moved = Int(min(1e9, max(0, now))) + steps
        let bounded = min(max(moved, range.lowerBound), range.upperBound)
        texts[field] = bounded == standard ? nil : String(bounded)
    }
}
