import Charts
import Dashboard
import Runs
import Themes

/// What the charts of the rate say in their rulings.
struct RateReadOuts: SceneView {
    let scene: Scene

    var groups: [[Span]] {
        let legend = Legend(scene: scene)
        if let report = scene.cursorReport {
            let planned = run.description.schedule.rate(at: report.step)
            return legend.cursor + [
                legend.entry(legend.sample(.solid), "", FigureField.figure(report[.learningRate].recorded), .rate),
                [.dim("plan "), Span(FigureField.figure(planned))],
            ]
        }
        let status = run.status
        let planned = run.description.schedule.rate(at: status.position.step)
        if status.phase.isFinished {
            let rate = run.status.latestStep?.learningRate.recorded ?? status.learningRate
            // The rate of no run is 0 where one was recorded.
            let isKnown = rate != 0 || run.status.latestStep?.learningRate.recorded != nil
            let last = FigureField.figure(isKnown ? rate : nil)
            return [[Span(legend.sample(.solid) + " ", .rate), Span(last, .rate), .dim(" at the end")]] + plan
        }
        var first = [Span(legend.sample(.solid) + " ", .rate), Span(figure(status.learningRate), .rate)]
        switch status.control.multiplier {
        case nil: first += [Span(" held", .you), .dim("  plan "), Span(figure(planned))]
        case 1: first.append(.dim(" = plan"))
        case let multiplier?:
            first += [
                .dim(" = plan "), Span(figure(planned)), .dim(" × "),
                Span(String(Figure.factor(multiplier).dropFirst()), .you),
            ]
        }
        guard layout.width >= .full else { return [first] }
        return [first] + plan + [[Span(LineDash.dashed.sample(glyphs: glyphs), .planned), .dim(" to come")]]
    }

    /// What the dotted line is, where there is one.
    private var plan: [[Span]] {
        guard layout.width >= .full, run.status.control != .planned else { return [] }
        return [[Span(LineDash.dotted.sample(glyphs: glyphs), .ghost), .dim(" plan ×1")]]
    }

    /// A figure filled on the right, where words follow it.
    private func figure(_ value: Double) -> String {
        let text = FigureField.figure(value)
        return String(text.drop { $0 == " " }).leftAligned(in: 6)
    }
}
