import Charts
import History
import Runs
import Themes

extension Pen {
    /// Words stand in legends from 100 columns on; below that glyph and figure stay.
    private var hasWords: Bool { layout.width >= .medium }

    /// A line sample before its figure.
    private func sample(_ dash: LineDash) -> String {
        let sample = dash.sample(glyphs: glyphs)
        return hasWords ? sample : String(sample.prefix(1))
    }

    private func entry(
        _ glyph: String, _ word: String, _ value: String, _ role: ColorRole, glyphRole: ColorRole? = nil
    ) -> [Span] {
        [Span(glyph + " ", glyphRole ?? role), .dim(hasWords && !word.isEmpty ? word + " " : ""), Span(value, role)]
    }

    /// The report under the cursor, if there is one.
    private var cursorReport: StepValues? { state.view.charts.cursorStep.flatMap { run.values(at: $0) } }

    /// Where the cursor stands, before the figures there.
    private var cursorGroup: [[Span]] {
        cursorReport.map { [[Span("at " + Figures.steps($0.step, asWideAs: 0), .key)]] } ?? []
    }

    /// The last evaluation at or before the cursor, or the latest.
    private var shownEvaluation: EvaluationReport? {
        guard let report = cursorReport else { return run.evaluations.last ?? run.status.latestEvaluation }
        return run.evaluations.last { $0.position.step <= report.step }
    }

    /// The average of a metric now or under the cursor.
    func average(_ metric: Metric) -> Double? {
        guard let step = cursorReport?.step ?? run.stepRange?.upperBound else { return nil }
        return run.average(metric, at: Double(step))
    }

    var lossReadOuts: [[Span]] {
        var groups = cursorGroup
        groups.append(entry(sample(.solid), "train", Figures.figure(average(.loss)), .train))
        if run.description.hasValidation {
            groups.append(entry("○", "validation", Figures.figure(shownEvaluation?.loss), .validation))
            if cursorReport == nil, let best = run.best {
                let word = layout.width >= .wide && state.run.references.isEmpty ? "best" : ""
                groups.append(entry("◆", word, Figures.figure(best.loss), .text, glyphRole: .best))
            }
        }
        if let report = cursorReport {
            groups.append([.dim("raw "), Span(Figures.figure(report.loss), .raw)])
            if run.description.hasAccuracy {
                groups.append([.dim("gradient "), Span(Figures.figure(report.gradientNorm))])
            }
        }
        groups += ghostReadOuts(.loss) { Figures.figure($0) }
        if layout.plotRects[.accuracy] == nil, run.description.hasAccuracy, state.view.enlarged == nil {
            groups.append([.dim("acc "), Span(accuracyField(shownEvaluation?.accuracy), .validation)])
        }
        return groups
    }

    /// The other runs' averages, at the cursor or at their end.
    private func ghostReadOuts(_ metric: Metric, _ text: (Double?) -> String) -> [[Span]] {
        state.run.references.prefix(4).map { reference in
            let step = state.view.charts.cursorStep ?? Double(reference.series.stepRange?.upperBound ?? 0)
            let value = reference.series.average(metric, at: step)
            return [
                Span(sample(.dotted) + " ", .ghost), .dim(hasWords ? clip(reference.name, to: 16) + " " : ""),
                Span(text(value), .ghost),
            ]
        }
    }

    var accuracyReadOuts: [[Span]] {
        guard run.description.hasAccuracy else {
            return cursorGroup + [entry(sample(.solid), "train", Figures.figure(average(.gradientNorm)), .train)]
        }
        var groups = cursorGroup
        groups.append(entry(sample(.solid), "train", accuracyField(average(.accuracy)), .train))
        guard run.description.hasValidation else { return groups + ghostReadOuts(.accuracy, accuracyField) }
        groups.append(entry("○", "validation", accuracyField(shownEvaluation?.accuracy), .validation))
        if cursorReport == nil, let best = run.best, let accuracy = best.accuracy {
            var group = [Span("◆ ", .best), .dim(hasWords ? "best " : ""), Span(accuracyField(accuracy))]
            if layout.width >= .full { group.append(.dim(" at \(Figures.steps(best.position.step, asWideAs: 0))")) }
            groups.append(group)
        }
        return groups + ghostReadOuts(.accuracy, accuracyField)
    }

    /// `98.5 %` in 6 columns.
    private func accuracyField(_ share: Double?) -> String { padded(shareText(share), to: 6) }

    var rateReadOuts: [[Span]] {
        if let report = cursorReport {
            let plan = run.description.schedule.rate(at: report.step)
            return cursorGroup + [
                entry(sample(.solid), "", Figures.figure(report.learningRate), .rate),
                [.dim("plan "), Span(Figures.figure(plan))],
            ]
        }
        let status = run.status
        let plan = run.description.schedule.rate(at: status.position.step)
        if status.phase.isFinished {
            let last = Figures.figure(run.status.latestStep?.learningRate ?? status.learningRate)
            return [[Span(sample(.solid) + " ", .rate), Span(last, .rate), .dim(" at the end")]]
        }
        var first = [Span(sample(.solid) + " ", .rate), Span(figure(status.learningRate), .rate)]
        switch status.control {
        case .following(let multiplier) where multiplier == 1: first.append(.dim(" = plan"))
        case .following(let multiplier):
            first += [
                .dim(" = plan "), Span(figure(plan)), .dim(" × "),
                Span(String(Figure.factor(multiplier).dropFirst()), .you),
            ]
        case .held: first += [Span(" held", .you), .dim("  plan "), Span(figure(plan))]
        }
        guard layout.width >= .full else { return [first] }
        var groups = [first, [Span(LineDash.dashed.sample(glyphs: glyphs), .planned), .dim(" to come")]]
        if status.control != .planned {
            groups.append([Span(LineDash.dotted.sample(glyphs: glyphs), .ghost), .dim(" plan ×1")])
        }
        return groups
    }

    /// A figure filled on the right, where words follow it.
    private func figure(_ value: Double) -> String {
        let text = Figures.figure(value)
        return filled(String(text.drop { $0 == " " }), to: 6)
    }

    var layersReadOuts: [[Span]] {
        layout.rowsPerLayer == 1 && layout.width < .wide && size.height < 30 ? [[.dim(layersHeader)]] : []
    }
}
