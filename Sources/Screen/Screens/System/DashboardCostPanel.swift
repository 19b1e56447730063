import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The system screen's figures of the dashboard.
    package static let dashboardCost = PanelID("dashboardCost", .figures)
}

/// What the dashboard takes, and what the run runs on.
struct DashboardCostPanel: Panel {
    static let id = PanelID.dashboardCost

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable {
        let (cost, description) = (state.cost, state.run.history.description)
        var table = PanelTable("what", "value", "unit")
        for (what, value, unit) in [
            ("processor", cost.cpuShare, "share of a core"), ("frame", cost.frameSeconds, "seconds"),
            ("slowestFrame", cost.slowestFrameSeconds, "seconds"), ("sent", cost.bytesPerFrame, "bytes a frame"),
            ("frames", cost.framesPerSecond, "a second"),
            ("statistics", state.run.history.status.statisticsShare, "share of training"),
        ] {
            table.add([what, PanelTable.number(value), unit])
        }
        table.add(["threads", String(description.origin.threads), ""])
        table.add(["kernel", description.origin.blasKernel, ""])
        table.add(["trainingExamples", String(description.task.trainingExamples), ""])
        table.add(["validationExamples", String(description.task.validationExamples), ""])
        table.add(["host", description.origin.host, ""])
        return table
    }

    var title: String { "dashboard" }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let inner = Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1)
        canvas.write(lines(width: inner.width), in: inner)
    }

    private func lines(width: Int) -> [[Span]] {
        let cost = state.cost
        let (frame, longest) = (FigureField.time(cost.frameSeconds), FigureField.time(cost.slowestFrameSeconds))
        let sent = FigureField.bytes(cost.bytesPerFrame)
        func line(_ name: String, _ value: Span, _ unit: String, short: String, _ more: [Span] = []) -> [Span] {
            let spans = [.dim(name.leftAligned(in: 12)), value]
            let forms = [spans + [.dim(" " + unit)] + more, spans + [.dim(" " + unit)], spans + [.dim(" " + short)]]
            return forms.first { self.width(of: $0) <= width } ?? spans
        }
        let share = cost.cpuShare.isFinite ? FigureField.figure(cost.cpuShare * 100) : FigureField.figure(nil)
        var lines = [
            line("processor", Span(share, cost.cpuShare > 0.02 ? .warn : .text), "% of a core", short: "% core"),
            line(
                "frame", Span(frame.figure), frame.unit, short: frame.unit,
                [.dim("  longest"), Span(longest.figure), .dim(" " + longest.unit)]),
            line("sent", Span(sent.figure), "\(sent.unit) a frame", short: "\(sent.unit)/frame"),
            line(
                "frames", Span(FigureField.figure(cost.framesPerSecond.isNaN ? nil : cost.framesPerSecond)), "a second",
                short: "/s"),
            line(
                "statistics", Span(FigureField.figure(run.status.statisticsShare * 100)), "% of training",
                short: "% of run"
            ),
            [],
        ]
        if let moments = run.status.progress.moments {
            let (bytes, most) = (FigureField.bytes(Double(moments.bytes)), FigureField.bytes(Double(moments.limit)))
            lines.insert(
                line(
                    "moments",
                    Span(Figure.count(moments.count).rightAligned(in: displayWidth(FigureField.figure(nil)))),
                    "to go back to, \(bytes.figure.drop { $0 == " " }) \(bytes.unit) of "
                        + "\(most.figure.drop { $0 == " " }) \(most.unit)",
                    short: "\(bytes.figure.drop { $0 == " " }) \(bytes.unit)"),
                at: lines.count - 1)
        }
        let description = run.description
        lines += [
            [.dim("threads".leftAligned(in: 12)), Span("\(description.origin.threads)")],
            [.dim("kernel".leftAligned(in: 12)), Span(clip(description.origin.blasKernel, to: max(1, width - 12)))],
            [
                .dim("examples".leftAligned(in: 12)), Span(Figure.count(description.task.trainingExamples)),
                .dim(description.task.hasValidation ? " + \(Figure.count(description.task.validationExamples))" : ""),
            ],
        ]
        if !description.origin.host.isEmpty {
            lines.append([
                .dim("host".leftAligned(in: 12)), Span(clip(description.origin.host, to: max(1, width - 12))),
            ])
        }
        return lines
    }
}
