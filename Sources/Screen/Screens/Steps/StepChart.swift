import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// A chart over steps: the x axis that all of them share, and the layers and marks that several have.
struct StepChart: SceneView {
    let scene: Scene
    let axis: StepAxis
    let plot: Rect

    /// Nil where the panel's chart is not shown.
    init?(_ panel: PanelID, in scene: Scene) {
        guard let axis = scene.axis, let plot = scene.layout.plotRects[panel] else { return nil }
        self.scene = scene
        self.axis = axis
        self.plot = plot
    }

    /// Draws layers with the graticule and the y axis' numbers; where there is nothing to read from them there are none.
    func draw(y: AxisScale, layers: [ChartLayer], yTicks: [Tick]? = nil, on canvas: inout Canvas) {
        guard plot.height > 0, plot.width > 0 else { return }
        let isEmpty = !layers.contains(where: \.hasValues)
        let chart = LineChart(
            x: axis.scale, y: y, layers: layers, xTicks: axis.ticks.map(\.value),
            yTicks: isEmpty ? [] : yTicks ?? self.yTicks(y),
            graticule: palette[.frame], label: palette[.dimText])
        let labels = Rect(x: 1, y: plot.y, width: ScreenLayout.plotStart - 2, height: plot.height)
        chart.draw(into: &canvas.buffer, plot: plot, labels: labels, glyphs: glyphs)
    }

    /// Ticks of a y axis as high as the plot.
    func yTicks(_ scale: AxisScale, suffix: String = "") -> [Tick] {
        Ticks.vertical(scale, rows: plot.height, screen: size, suffix: suffix)
    }

    // MARK: Layers

    /// The range of raw values in each column, behind their average.
    /// - Parameter shown: what the axis shows of a value.
    func envelope(_ raw: [SeriesColumn?], shown: (Double) -> Double = { $0 }) -> ChartLayer {
        let columns = raw.map { column in
            column.map { column in
                let (one, other) = (shown(column.low), shown(column.high))
                return ChartColumn(low: min(one, other), high: max(one, other))
            }
        }
        return .envelope(
            columns: columns, style: palette[.raw], upperEdgeOnly: palette.depth == .mono)
    }

    /// Other runs' averages, dotted.
    /// - Parameter shown: what the axis shows of a value.
    func ghosts(_ metric: Metric, _ space: AverageSpace, shown: (Double) -> Double = { $0 }) -> [ChartLayer] {
        leftLine(metric, space, shown: shown)
            + state.run.references.map { reference in
                var smoothed = reference.series.smoothed(metric, edges: axis.edges, in: space)
                for column in gaps(of: reference, metric) { smoothed[column] = .nan }
                return .line(points: axis.points(smoothed.map { $0.map(shown) }), dash: .dotted, style: palette[.ghost])
            }
    }

    /// What the run left by going back in time, dotted from that moment on.
    private func leftLine(_ metric: Metric, _ space: AverageSpace, shown: (Double) -> Double) -> [ChartLayer] {
        guard let left = run.leftLine else { return [] }
        let smoothed = left.series.smoothed(metric, edges: axis.edges, in: space).enumerated().map { column, value in
            axis.edges[column + 1] <= Double(left.from) ? nil : value.map(shown)
        }
        return [.line(points: axis.points(smoothed), dash: .dotted, style: palette[.you])]
    }

    /// The lines through other runs' evaluations, dashed.
    func ghostEvaluations(y value: (EvaluationReport) -> Double?) -> [ChartLayer] {
        state.run.references.compactMap { reference in
            let points = Self.points(reference.evaluations, value)
            return points.isEmpty ? nil : .line(points: points, dash: .dashed, style: palette[.ghost])
        }
    }

    /// What other runs' evaluations in the shown range say.
    func shownGhostEvaluations(_ value: (EvaluationReport) -> Double?) -> [Double] {
        state.run.references.flatMap { shown($0.evaluations, value) }
    }

    /// The columns in which all that another run recorded of a number is not finite.
    private func gaps(of reference: ReferenceRun, _ metric: Metric) -> [Int] {
        guard let steps = reference.notFinite[metric], let last = axis.edges.last else { return [] }
        let finite = reference.series.columns(metric, edges: axis.edges)
        var place = 0
        return finite.indices.filter { column in
            while place < steps.count, Double(steps[place]) < axis.edges[column] { place += 1 }
            guard finite[column] == nil, place < steps.count else { return false }
            let end = axis.edges[column + 1]
            return Double(steps[place]) < end || end == last && Double(steps[place]) == last
        }
    }

    /// Marks at the top where other runs' numbers stopped being finite for the first time.
    func ghostTrouble(_ metric: Metric, y: AxisScale) -> [ChartLayer] {
        let points = state.run.references.compactMap { reference in
            reference.notFinite[metric]?.first.map { ChartPoint(x: Double($0), y: y.high, keep: true) }
        }
        return points.isEmpty ? [] : [.marker(points: points, glyph: "▲", ascii: "!", style: palette[.ghost])]
    }

    /// A dashed level across the whole plot, where the axis reaches it.
    func level(_ value: Double, _ role: ColorRole) -> ChartLayer {
        .level(y: value, label: nil, dash: .dashed, style: palette.line(role))
    }

    /// A dim level with its words: what the curves are compared with.
    func reference(_ value: Double, _ words: String) -> ChartLayer {
        .level(y: value, label: shown(words), dash: .dotted, style: palette[.dimText])
    }

    /// A value of the samples in each column of dots: the newest of the column's; one stands until the next, and the last one
    /// until now, or until the axis' end where that comes before.
    /// - Parameter latest: the value of now, where that is known.
    func samples(latest: Double? = nil, _ value: (SystemSample) -> Double?) -> [Double?] {
        var columns = [Double?](repeating: nil, count: axis.count)
        guard axis.count > 0 else { return columns }
        var filled = 0
        var before: Double?
        for sample in run.samples {
            guard let number = value(sample), number.isFinite else { continue }
            guard let fraction = axis.scale.fraction(Double(sample.position.step)) else { continue }
            let place = fraction * Double(axis.count)
            guard place >= 0 else {
                before = number
                continue
            }
            let column = Int(min(place, Double(axis.count)))
            // Behind the axis' end; a run that went back in time may come back before it.
            guard column < axis.count else { continue }
            // A run that went back in time passes these steps again.
            if column >= filled {
                for gap in filled..<column { columns[gap] = columns[gap] ?? before }
                filled = column + 1
            }
            columns[column] = number
            before = number
        }
        guard let now = axis.scale.fraction(Double(run.status.position.step)), now >= 0 else { return columns }
        let end = Int(min(now * Double(axis.count), Double(axis.count - 1)))
        if let latest, now <= 1 {
            columns[end] = latest
        } else if filled <= end {
            for gap in filled...end { columns[gap] = columns[gap] ?? before }
        }
        return columns
    }

    // MARK: Marks

    /// Broken verticals where the rate or another number was changed and where somebody wrote a note; `labelled` says what changes did, the latest first
    /// while there is room.
    func storyMarks(labelled: Bool = false) -> [ChartLayer] {
        changeMarks(labelled: labelled) + tuningMarks(labelled: labelled) + noteMarks
    }

    private func changeMarks(labelled: Bool) -> [ChartLayer] {
        run.story.rateChanges.suffix(24).reversed().map { change in
            .verticalMark(
                x: Double(change.position.step), label: labelled ? shown(change.words) : nil,
                style: palette.line(change.author == .person ? .you : .rate),
                short: labelled ? "\(EventWords.who(change.author)) \(Figure.plain(change.new))" : nil)
        }
    }

    private func tuningMarks(labelled: Bool) -> [ChartLayer] {
        run.story.tunings.suffix(24).reversed().map { change in
            .verticalMark(
                x: Double(change.position.step), label: labelled ? change.words : nil,
                style: palette.line(change.author == .person ? .you : .rate), short: labelled ? change.label : nil)
        }
    }

    private var noteMarks: [ChartLayer] {
        run.story.notes.suffix(32).map { .verticalMark(x: Double($0.step), label: nil, style: palette[.dimText]) }
    }

    /// Marks at the top where a loss or a gradient was not finite.
    func troubleMarks(y: AxisScale) -> [ChartLayer] {
        let flags = zip(
            run.series.trouble(.loss, edges: axis.edges), run.series.trouble(.gradientNorm, edges: axis.edges))
        var places = flags.enumerated().compactMap { $1.0 != nil || $1.1 != nil ? axis.step($0) : nil }
        places += run.story.notFinite.steps(in: axis.range, limit: 256).map(Double.init)
        guard !places.isEmpty else { return [] }
        let points = places.map { ChartPoint(x: $0, y: y.high, keep: true) }
        return [.marker(points: points, glyph: "▲", ascii: "!", style: palette[.bad])]
    }

    /// Arrows where single values lie far above what is shown.
    func outlierMarks(_ raw: [SeriesColumn?], y: AxisScale) -> [ChartLayer] {
        let limit = y.kind == .linear ? 2 * y.high : y.high * (1 + 1e-9)
        let points = raw.enumerated().compactMap { column, value -> ChartPoint? in
            guard let value, value.high > limit else { return nil }
            return ChartPoint(x: axis.step(column), y: value.high, keep: true)
        }
        return points.isEmpty ? [] : [.marker(points: points, glyph: "▴", ascii: "^", style: palette[.warn])]
    }

    /// The evaluations as circles and the best of them as a diamond above them.
    /// - Parameter best: the best by the panel's own number.
    func evaluationMarks(best: EvaluationReport?, y value: (EvaluationReport) -> Double?) -> [ChartLayer] {
        var layers: [ChartLayer] = []
        if let best, let y = value(best) {
            let point = ChartPoint(x: Double(best.position.step), y: y, keep: true)
            layers.append(.marker(points: [point], glyph: "◆", ascii: "*", style: palette[.best]))
        }
        let points = evaluationPoints(value).filter { $0.y.isFinite }
        if !points.isEmpty {
            // So far apart that the line between them is seen.
            layers.append(.marker(points: points, glyph: "○", ascii: "o", style: palette[.validation], apart: 5))
        }
        return layers
    }

    /// The line through the evaluations, broken where one is not finite.
    func evaluationLine(y value: (EvaluationReport) -> Double?) -> [ChartLayer] {
        let points = evaluationPoints(value)
        return points.isEmpty ? [] : [.line(points: points, dash: .solid, style: palette[.validation])]
    }

    private func evaluationPoints(_ value: (EvaluationReport) -> Double?) -> [ChartPoint] {
        Self.points(run.evaluations, value)
    }

    private static func points(
        _ evaluations: [EvaluationReport], _ value: (EvaluationReport) -> Double?
    ) -> [ChartPoint] {
        evaluations.compactMap { evaluation in
            value(evaluation).map { ChartPoint(x: Double(evaluation.position.step), y: $0) }
        }
    }

    /// What the evaluations in the shown range say.
    func shownEvaluations(_ value: (EvaluationReport) -> Double?) -> [Double] { shown(run.evaluations, value) }

    private func shown(_ evaluations: [EvaluationReport], _ value: (EvaluationReport) -> Double?) -> [Double] {
        evaluations.lazy.filter { axis.range.contains(Double($0.position.step)) }.compactMap(value).filter(\.isFinite)
    }
}

extension Ticks {
    /// Ticks of a y axis: at most one per two rows, three on screens below 30 rows, two at least.
    static func vertical(_ scale: AxisScale, rows: Int, screen: Size, suffix: String = "") -> [Tick] {
        let most = screen.height < 30 ? min(3, max(2, rows - 1)) : max(3, (rows + 1) / 2)
        return labelled(scale: scale, rows: rows, maximumCount: min(8, most), suffix: suffix)
    }
}
