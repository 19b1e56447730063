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
            ("measuring", state.run.history.status.statisticsShare, "share of training"),
        ] {
            table.add([what, PanelTable.number(value), unit])
        }
        table.add(["threads", String(description.threads), ""])
        table.add(["kernel", description.blasKernel, ""])
        table.add(["trainingExamples", String(description.trainingExamples), ""])
        table.add(["validationExamples", String(description.validationExamples), ""])
        table.add(["host", description.host, ""])
        return table
    }

    var title: String { "dashboard" }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let inner = Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1)
        canvas.write(lines(width: inner.width), in: inner)
    }

    private func bytes(_ count: Double) -> String {
        count.isFinite ? padded(Figure.count(Int(min(max(0, count), 999_999).rounded())), to: 6) : Figures.figure(nil)
    }

    private func lines(width: Int) -> [[Span]] {
        let cost = state.cost
        func milliseconds(_ seconds: Double) -> Span { Span(Figures.figure(seconds.isNaN ? nil : seconds * 1000)) }
        func line(_ name: String, _ value: Span, _ unit: String, short: String, _ more: [Span] = []) -> [Span] {
            let spans = [.dim(filled(name, to: 12)), value]
            let forms = [spans + [.dim(" " + unit)] + more, spans + [.dim(" " + unit)], spans + [.dim(" " + short)]]
            return forms.first { self.width(of: $0) <= width } ?? spans
        }
        let share = cost.cpuShare.isFinite ? Figures.figure(cost.cpuShare * 100) : Figures.figure(nil)
        var lines = [
            line("processor", Span(share, cost.cpuShare > 0.02 ? .warn : .text), "% of a core", short: "% core"),
            line(
                "frame", milliseconds(cost.frameSeconds), "ms", short: "ms",
                [.dim("  longest"), milliseconds(cost.slowestFrameSeconds)]),
            line("sent", Span(bytes(cost.bytesPerFrame)), "bytes a frame", short: "B/frame"),
            line(
                "frames", Span(Figures.figure(cost.framesPerSecond.isNaN ? nil : cost.framesPerSecond)), "a second",
                short: "/s"),
            line(
                "measuring", Span(Figures.figure(run.status.statisticsShare * 100)), "% of training", short: "% of run"),
            [],
        ]
        let description = run.description
        lines += [
            [.dim(filled("threads", to: 12)), Span("\(description.threads)")],
            [.dim(filled("kernel", to: 12)), Span(clip(description.blasKernel, to: max(1, width - 12)))],
            [
                .dim(filled("examples", to: 12)), Span(Figure.count(description.trainingExamples)),
                .dim(description.hasValidation ? " + \(Figure.count(description.validationExamples))" : ""),
            ],
        ]
        if !description.host.isEmpty {
            lines.append([.dim(filled("host", to: 12)), Span(clip(description.host, to: max(1, width - 12)))])
        }
        return lines
    }
}
