import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The system screen's throughput.
    package static let speed = PanelID("speed", .steps)
}

/// Examples a second over the steps.
struct SpeedPanel: StepPanel {
    static let id = PanelID.speed

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable {
        .samples(of: state, ["samplesPerSecond"]) { [PanelTable.number($0.samplesPerSecond)] }
    }

    var title: String { "samples/s" }

    var readOuts: [[Span]] {
        let status = run.status
        let sample = LineDash.solid.sample(glyphs: glyphs)
        let speed = FigureField.speed(status.samplesPerSecond > 0 ? status.samplesPerSecond : .nan)
        let steps = status.samplesPerSecond / Double(max(1, run.description.lengths.batchSize))
        return [
            [Span(sample + " ", .train), Span(speed, .train)],
            [.dim("steps/s "), Span(FigureField.speed(steps > 0 ? steps : .nan))],
            [.dim("batch \(Figure.count(run.description.lengths.batchSize))")],
        ]
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let latest = run.status.samplesPerSecond
        let speeds = chart.samples(latest: latest > 0 ? latest : nil) {
            $0.samplesPerSecond > 0 ? $0.samplesPerSecond : nil
        }
        let scale = AxisScale.robust(speeds.compactMap { $0 }, kind: .linear, includingZero: true)
        var layers = [ChartLayer.line(points: chart.axis.points(speeds), dash: .solid, style: palette[.train])]
        layers += chart.storyMarks()
        let ticks = chart.yTicks(scale).map {
            Tick(value: $0.value, label: $0.value == 0 ? "0" : speed($0.value))
        }
        chart.draw(y: scale, layers: layers, yTicks: ticks, on: &canvas)
    }

    /// `25k`, `850`: without the padding and without decimals that say nothing.
    private func speed(_ value: Double) -> String {
        let text = String(FigureField.speed(value).drop { $0 == " " })
        guard let unit = text.last, unit.isLetter, text.contains(".") else { return text }
        var digits = text.dropLast()
        while digits.last == "0" { digits.removeLast() }
        if digits.last == "." { digits.removeLast() }
        return digits + String(unit)
    }
}
