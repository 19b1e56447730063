import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The updates screen's share of clipped steps.
    package static let clippedSteps = PanelID("clippedSteps", .steps)
}

/// The share of steps whose gradient was scaled down.
struct ClippedStepsPanel: StepPanel {
    static let id = PanelID.clippedSteps

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable {
        .samples(of: state, ["steps", "clippedSteps", "clippedShare"]) { sample in
            guard let share = sample.clippedShare else { return nil }
            return [String(sample.times.steps), String(sample.times.clippedSteps), PanelTable.number(share)]
        }
    }

    var title: String { "clipped steps" }

    var readOuts: [[Span]] {
        let all = run.samples.reduce(into: (steps: 0, clipped: 0)) {
            $0.steps += $1.times.steps
            $0.clipped += $1.times.clippedSteps
        }
        let now = scene.recentTimes
        let share = now.steps > 0 ? Double(now.clippedSteps) / Double(now.steps) : Double.nan
        let whole = all.steps > 0 ? Double(all.clipped) / Double(all.steps) : Double.nan
        return [
            [.dim("now "), Span(percent(share, width: 5), .warn)], [.dim("in all "), Span(percent(whole, width: 5))],
        ]
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let shares = chart.samples { $0.clippedShare.map { $0 * 100 } }
        var layers = [ChartLayer.line(points: axis.points(shares), dash: .solid, style: palette.line(.warn))]
        layers += chart.storyMarks()
        let scale = AxisScale(kind: .linear, low: 0, high: 100)
        chart.draw(y: scale, layers: layers, yTicks: chart.yTicks(scale, suffix: " %"), on: &canvas)
    }
}
