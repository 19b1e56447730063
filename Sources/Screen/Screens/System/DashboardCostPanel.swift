import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// What the dashboard takes, and what the run runs on.
    mutating func drawDashboardCost() {
        guard let panel = layout.panelRects[.dashboardCost] else { return }
        let inner = Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1)
        write(costLines(width: inner.width), in: inner)
    }

    private func bytes(_ count: Double) -> String {
        count.isFinite ? padded(Figure.count(Int(min(max(0, count), 999_999).rounded())), to: 6) : Figures.figure(nil)
    }

    func costLines(width: Int) -> [[Span]] {
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
