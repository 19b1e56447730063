import Cells
import Charts
import Foundation
import Runs
import Themes

/// 10 to a power.
func pow10(_ power: Double) -> Double { pow(10, power) }

extension Pen {
    /// A value of the samples in each column of dots over the steps: the newest of the column's; one stands until the next.
    func samples(_ axis: StepAxis, _ value: (SystemSample) -> Double?) -> [Double?] {
        var columns = [Double?](repeating: nil, count: axis.count)
        guard axis.count > 0 else { return columns }
        let width = (axis.range.upperBound - axis.range.lowerBound) / Double(axis.count)
        var filled = 0
        var before: Double?
        for sample in run.samples {
            guard let number = value(sample), number.isFinite else { continue }
            let place = (Double(sample.position.step) - axis.range.lowerBound) / width
            guard place >= 0 else {
                before = number
                continue
            }
            let column = Int(min(place, Double(axis.count)))
            guard column < axis.count else { break }
            // A run that went back in time passes these steps again.
            if column >= filled {
                for gap in filled..<column { columns[gap] = columns[gap] ?? before }
                filled = column + 1
            }
            columns[column] = number
            before = number
        }
        return columns
    }

    /// Where the time of the steps of the last few seconds went; of the last steps made while the run stands still.
    var recentTimes: StepTimes {
        var times = StepTimes()
        for sample in run.samples.reversed() {
            guard sample.times.steps > 0 else {
                if times.steps > 0 { break }
                continue
            }
            times = sample.times.adding(times)
            if times.total > 2.5 { break }
        }
        return times
    }

    mutating func drawSpeed(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.speed] else { return }
        let speeds = samples(axis) { $0.samplesPerSecond > 0 ? $0.samplesPerSecond : nil }
        let highest = speeds.lazy.compactMap { $0 }.max()
        let scale = AxisScale.fitting(highest.map { 0...$0 }, kind: .linear, includingZero: true)
        var layers = [ChartLayer.line(points: axis.points(speeds), dash: .solid, style: palette[.train])]
        layers += changeMarks(labelled: false)
        let ticks = yTicks(scale, rows: plot.height).map {
            Tick(value: $0.value, label: $0.value == 0 ? "0" : speed($0.value))
        }
        drawChart(.speed, axis, y: scale, layers: layers, yTicks: ticks)
    }

    /// `25k`, `850`: without the padding and without decimals that say nothing.
    private func speed(_ value: Double) -> String {
        let text = String(Figures.speed(value).drop { $0 == " " })
        guard let unit = text.last, unit.isLetter, text.contains(".") else { return text }
        var digits = text.dropLast()
        while digits.last == "0" { digits.removeLast() }
        if digits.last == "." { digits.removeLast() }
        return digits + String(unit)
    }

    var speedReadOuts: [[Span]] {
        let status = run.status
        let sample = LineDash.solid.sample(glyphs: glyphs)
        let speed = Figures.speed(status.samplesPerSecond > 0 ? status.samplesPerSecond : .nan)
        let steps = status.samplesPerSecond / Double(max(1, run.description.batchSize))
        return [
            [Span(sample + " ", .train), Span(speed, .train)],
            [.dim("steps/s "), Span(Figures.speed(steps > 0 ? steps : .nan))],
            [.dim("batch \(Figure.count(run.description.batchSize))")],
        ]
    }

    /// The unit that memory is told in, one for the whole chart.
    private var memoryUnit: (bytes: Double, name: String) {
        let peak = Double(run.samples.last?.memory.peak ?? 0)
        return peak >= 10e9 ? (1e9, "GB") : (1e6, "MB")
    }

    mutating func drawMemory(_ axis: StepAxis) {
        guard let plot = layout.plotRects[.memory] else { return }
        let unit = memoryUnit.bytes
        func megabytes(_ bytes: Int) -> Double? { bytes > 0 ? Double(bytes) / unit : nil }
        let resident = samples(axis) { megabytes($0.memory.resident) }
        let peak = samples(axis) { megabytes($0.memory.peak) }
        let highest = peak.lazy.compactMap { $0 }.max() ?? resident.lazy.compactMap { $0 }.max()
        let scale = AxisScale.fitting(highest.map { 0...$0 * 1.05 }, kind: .linear, includingZero: true)
        let layers: [ChartLayer] = [
            .line(points: axis.points(resident), dash: .solid, style: palette[.rate]),
            .line(points: axis.points(peak), dash: .dotted, style: palette[.ghost]),
        ]
        drawChart(.memory, axis, y: scale, layers: layers, yTicks: yTicks(scale, rows: plot.height))
    }

    var memoryReadOuts: [[Span]] {
        let memory = run.samples.last?.memory ?? ProcessMemory()
        let unit = memoryUnit
        func figure(_ bytes: Int) -> String { Figures.figure(bytes > 0 ? Double(bytes) / unit.bytes : nil) }
        return [
            [
                Span(LineDash.solid.sample(glyphs: glyphs) + " ", .rate), .dim("resident "),
                Span(figure(memory.resident), .rate), .dim(" " + unit.name),
            ],
            [
                Span(LineDash.dotted.sample(glyphs: glyphs) + " ", .ghost), .dim("peak "), Span(figure(memory.peak)),
                .dim(" " + unit.name),
            ],
        ]
    }
}
