import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The system screen's memory.
    package static let memory = PanelID("memory", .steps)
}

/// Memory of the process over the steps: resident, and the most it ever was.
struct MemoryPanel: StepPanel {
    static let id = PanelID.memory

    let scene: Scene

    /// In bytes.
    static func table(of state: DashboardState) -> PanelTable {
        .samples(of: state, ["resident", "peak"]) { sample in
            let memory = sample.memory
            return memory.resident > 0 || memory.peak > 0 ? [String(memory.resident), String(memory.peak)] : nil
        }
    }

    /// The unit that memory is told in, one for the whole chart.
    private var unit: (bytes: Double, name: String) {
        let peak = run.samples.last?.memory.peak ?? 0
        let measure = FigureField.bytes(peak > 0 ? Double(peak) : nil)
        return (1 / measure.factor, measure.unit)
    }

    var title: String { "memory" }

    var readOuts: [[Span]] {
        let memory = run.samples.last?.memory ?? ProcessMemory()
        let unit = unit
        func figure(_ bytes: Int) -> String { FigureField.figure(bytes > 0 ? Double(bytes) / unit.bytes : nil) }
        // Both lines have their words at any width.
        let isShort = layout.width < .medium
        return [
            [
                Span(LineDash.solid.sample(glyphs: glyphs) + " ", .rate), .dim(isShort ? "now " : "resident "),
                Span(figure(memory.resident), .rate), .dim(isShort ? "" : " " + unit.name),
            ],
            [
                Span(LineDash.dotted.sample(glyphs: glyphs) + " ", .ghost), .dim("peak "), Span(figure(memory.peak)),
                .dim(" " + unit.name),
            ],
        ]
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let unit = unit.bytes
        func amount(_ bytes: Int) -> Double? { bytes > 0 ? Double(bytes) / unit : nil }
        let resident = chart.samples { amount($0.memory.resident) }
        let peak = chart.samples { amount($0.memory.peak) }
        let scale = AxisScale.robust(
            (peak + resident).compactMap { $0 }, kind: .linear, includingZero: true, headroom: 1.05)
        let layers: [ChartLayer] =
            [
                .line(points: axis.points(resident), dash: .solid, style: palette[.rate]),
                .line(points: axis.points(peak), dash: .dotted, style: palette[.ghost]),
            ] + chart.storyMarks()
        chart.draw(y: scale, layers: layers, on: &canvas)
    }
}
