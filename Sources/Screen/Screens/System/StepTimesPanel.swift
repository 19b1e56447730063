import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The system screen's parts of a step.
    package static let stepTimes = PanelID("stepTimes", .figures)
}

/// Each part of a step with its share as a bar, its time and its share over the run.
struct StepTimesPanel: Panel {
    static let id = PanelID.stepTimes
    static let parts: [(name: String, value: KeyPath<StepTimes, Double> & Sendable)] = [
        ("data", \.data), ("forward", \.forward), ("backward", \.backward), ("update", \.update),
        ("statistics", \.statistics), ("waiting", \.waiting),
    ]

    let scene: Scene

    /// Seconds of each part of the steps between two samples, in all of them together.
    static func table(of state: DashboardState) -> PanelTable {
        .samples(of: state, ["steps"] + parts.map(\.name)) { sample in
            guard sample.times.steps > 0 else { return nil }
            return [String(sample.times.steps)] + parts.map { PanelTable.number(sample.times[keyPath: $0.value]) }
        }
    }

    var title: String { "time of a step" }

    var readOuts: [[Span]] {
        let times = scene.recentTimes
        let whole = FigureField.time(times.steps > 0 ? times.total / Double(times.steps) : nil)
        return [[Span(whole.figure), .dim(" " + whole.unit)]]
    }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        if let charts = StepTimeCharts(scene: scene, in: panel) { return charts.draw(on: &canvas) }
        let times = scene.recentTimes
        let isWide = panel.width >= 60
        let stripWidth = isWide ? panel.width / 4 : 0
        let barX = panel.x + 13
        let barEnd = panel.endX - 18 - (isWide ? stripWidth + 2 : 0)
        var y = panel.y + 1
        if panel.height >= Self.parts.count + 3 { y += 1 }
        if isWide, y > panel.y + 1 {
            canvas.write("share so far", x: panel.endX - 1 - stripWidth, y: panel.y + 1, .dimText, limit: stripWidth)
        }
        let all = isWide ? run.samples.filter { $0.times.steps > 0 && $0.times.total > 0 } : []
        for part in Self.parts where y < panel.endY {
            let seconds = times[keyPath: part.value]
            let share = times.total > 0 ? max(0, seconds) / times.total : .nan
            let time = FigureField.time(times.steps > 0 ? max(0, seconds) / Double(times.steps) : nil)
            canvas.write(part.name, x: panel.x + 1, y: y, .dimText)
            if barEnd > barX + 2 {
                Gauge(fraction: share, done: palette[.train], rest: palette[.frame])
                    .draw(into: &canvas.buffer, x: barX, y: y, width: barEnd - barX, glyphs: glyphs)
            }
            let end = panel.endX - 1 - (isWide ? stripWidth + 2 : 0)
            canvas.write(percent(share, width: 5), endX: end, y: y, share >= 0.01 ? .text : .dimText)
            canvas.write([Span(time.figure), .dim(" " + time.unit.leftAligned(in: 2))], endX: end - 7, y: y)
            if isWide {
                drawShareStrip(
                    part.value, of: all, x: panel.endX - 1 - stripWidth, y: y, width: stripWidth, on: &canvas)
            }
            y += 1
        }
        guard y + 1 < panel.endY else { return }
        canvas.write(Self.words(times), x: panel.x + 1, y: y + 1, limit: panel.width - 2)
    }

    static func words(_ times: StepTimes) -> [Span] {
        guard times.steps > 0 else { return [.dim("no steps yet")] }
        return [
            .dim("mean of the last "), Span(Figure.count(times.steps)), .dim(times.steps == 1 ? " step" : " steps"),
        ]
    }

    /// The share of one part over the run as blocks.
    private func drawShareStrip(
        _ part: KeyPath<StepTimes, Double>, of all: [SystemSample], x: Int, y: Int, width: Int, on canvas: inout Canvas
    ) {
        guard !all.isEmpty, width > 0 else { return }
        let shares = all.map { Double?(max(0, $0.times[keyPath: part]) / $0.times.total) }
        Sparkline(values: shares).draw(into: &canvas.buffer, x: x, y: y, width: width, glyphs: glyphs) {
            palette.heat($0)
        }
    }
}
