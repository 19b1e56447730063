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
            times = sample.times.since(StepTimes().since(times))
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

    // MARK: Time of a step

    private static var parts: [(name: String, value: KeyPath<StepTimes, Double>)] {
        [
            ("data", \.data), ("forward", \.forward), ("backward", \.backward), ("update", \.update),
            ("statistics", \.statistics), ("waiting", \.waiting),
        ]
    }

    var stepTimesReadOuts: [[Span]] {
        let times = recentTimes
        let whole = times.steps > 0 ? times.total / Double(times.steps) * 1000 : Double.nan
        return [[Span(Figures.figure(whole.isNaN ? nil : whole)), .dim(" ms")]]
    }

    /// Each part of a step with its share as a bar, its time and its share over the run.
    mutating func drawStepTimes() {
        guard let panel = layout.panelRects[.stepTimes] else { return }
        let times = recentTimes
        let isWide = panel.width >= 60
        let stripWidth = isWide ? panel.width / 4 : 0
        let barX = panel.x + 13
        let barEnd = panel.endX - 18 - (isWide ? stripWidth + 2 : 0)
        var y = panel.y + 1
        if panel.height >= Self.parts.count + 3 { y += 1 }
        if isWide, y > panel.y + 1 {
            write("share so far", x: panel.endX - 1 - stripWidth, y: panel.y + 1, .dimText, limit: stripWidth)
        }
        for part in Self.parts where y < panel.endY {
            let seconds = times[keyPath: part.value]
            let share = times.total > 0 ? max(0, seconds) / times.total : .nan
            let milliseconds = times.steps > 0 ? max(0, seconds) / Double(times.steps) * 1000 : nil
            write(part.name, x: panel.x + 1, y: y, .dimText)
            if barEnd > barX + 2 {
                Gauge(fraction: share, done: palette[.train], rest: palette[.frame])
                    .draw(into: &buffer, x: barX, y: y, width: barEnd - barX, glyphs: glyphs)
            }
            let end = panel.endX - 1 - (isWide ? stripWidth + 2 : 0)
            write(percent(share, width: 5), endX: end, y: y, share >= 0.01 ? .text : .dimText)
            write([Span(Figures.figure(milliseconds)), .dim(" ms")], endX: end - 7, y: y)
            if isWide { drawShareStrip(part.value, x: panel.endX - 1 - stripWidth, y: y, width: stripWidth) }
            y += 1
        }
        guard y + 1 < panel.endY else { return }
        write(stepWords(times), x: panel.x + 1, y: y + 1, limit: panel.width - 2)
    }

    private func stepWords(_ times: StepTimes) -> [Span] {
        guard times.steps > 0 else { return [.dim("no steps yet")] }
        return [
            .dim("mean of the last "), Span(Figure.count(times.steps)), .dim(times.steps == 1 ? " step" : " steps"),
        ]
    }

    /// The share of one part over the run as blocks.
    private mutating func drawShareStrip(_ part: KeyPath<StepTimes, Double>, x: Int, y: Int, width: Int) {
        let all = run.samples.filter { $0.times.steps > 0 && $0.times.total > 0 }
        guard !all.isEmpty, width > 0 else { return }
        let shares = all.suffix(4 * width).map { Double?(max(0, $0.times[keyPath: part]) / $0.times.total) }
        Sparkline(values: shares).draw(into: &buffer, x: x, y: y, width: width, glyphs: glyphs) { palette.heat($0) }
    }

    // MARK: The dashboard

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
                [.dim("  dearest"), milliseconds(cost.slowestFrameSeconds)]),
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
