import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The rate screen's rest of the plan, and its editor.
    package static let scheduleRest = PanelID("scheduleRest", .figures, enter: .editSchedule)
}

/// The rest of the plan in words, or its editor.
struct ScheduleRestPanel: Panel {
    static let id = PanelID.scheduleRest

    let scene: Scene

    /// The rate of the next step and of the first step of every epoch to come.
    static func table(of state: DashboardState) -> PanelTable {
        var table = PanelTable("step", "epoch", "learningRate")
        let run = state.run.history
        let description = run.description
        let lengths = description.lengths
        let now = run.status.position.step
        guard !run.status.phase.isFinished else { return table }
        guard now < lengths.totalSteps else { return table }
        let firsts = (lengths.epoch(of: now)..<lengths.epochs).dropFirst().map(lengths.firstStep(ofEpoch:))
        for step in [now] + firsts {
            let rate = run.status.control.rate(at: step, schedule: description.schedule)
            table.add([String(step), String(lengths.epoch(of: step)), PanelTable.number(rate)])
        }
        return table
    }

    var title: String { state.overlay.scheduleSheet == nil ? "rest of the plan" : "edit the rest" }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let inner = Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1)
        if let sheet = state.overlay.scheduleSheet {
            ScheduleEditor(scene: scene, sheet: sheet).draw(in: inner, on: &canvas)
        } else {
            let lines = restLines(width: inner.width)
            canvas.write(lines, in: inner)
            let below = Rect(
                x: inner.x, y: inner.y + lines.count + 1, width: inner.width, height: inner.height - lines.count - 1)
            RatesToCome(scene: scene).draw(in: below, on: &canvas)
        }
    }

    private func restLines(width: Int) -> [[Span]] {
        let description = run.description
        let status = run.status
        let left = max(0, description.lengths.totalSteps - status.position.step)
        guard !status.phase.isFinished, left > 0 else { return [[.dim("the run has ended")]] }
        let lengths = description.lengths
        let epochs =
            lengths.epochs(at: Double(lengths.totalSteps)) - lengths.epochs(at: Double(status.position.step))
        let last = status.control.rate(at: description.lengths.totalSteps - 1, schedule: description.schedule)
        var lines: [[Span]] = [
            [.dim("now    "), Span(FigureField.figure(status.learningRate), .rate)] + controlSpans(status.control),
            [
                .dim("last   "), Span(FigureField.figure(last), .rate),
                .dim(" at \(Figure.count(description.lengths.totalSteps))"),
            ],
            [.dim("left   "), Span(Figure.count(left).rightAligned(in: 6)), .dim(" = \(Figure.plain(epochs)) epochs")],
        ]
        let plan = HelpPage.wrapped(ScheduleWords.plan(description.schedule, at: status.position.step), to: width)
        lines = plan.map { [Span($0)] } + [[]] + lines
        if !state.steering.isReadOnly {
            let factors = [key(.rateUp), key(.rateDown)].compactMap { $0 }.joined(separator: " ")
            let others = [
                hint(.rateSheet, "set"), factors.isEmpty ? nil : [Span(factors, .key), .dim(" ×2 ÷2")],
                hint(.followSchedule, "plan"),
            ]
            lines += [
                [], hint(.editSchedule, "edit the rest") ?? [],
                Array(others.compactMap { $0 }.joined(separator: [.dim("   ")])),
            ]
        }
        return lines
    }

    private func controlSpans(_ control: LearningRateControl) -> [Span] {
        switch control.multiplier {
        case nil: [Span(" held", .you)]
        case 1: [.dim(" as planned")]
        case let multiplier?: [.dim(" = plan "), Span(Figure.factor(multiplier), .you)]
        }
    }
}
