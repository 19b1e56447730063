import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The rate as figures, and who holds or scales it.
struct RateLine: SceneView {
    let scene: Scene

    var spans: [Span] {
        var spans: [Span] = [.dim("rate "), Span(FigureField.figure(live.status.learningRate), .rate)]
        if let staged = state.steering.stagedRate,
            let new = state.steering.stagedLearningRate(from: state.run.live.status)
        {
            spans.append(Span(" → \(compactFigure(new)) \(Figure.factor(staged.factor))", .you))
            return spans
        }
        switch live.status.control.multiplier {
        case nil: spans.append(Span("  held", .you))
        case 1: break
        case let multiplier?:
            // Times the plan, not the rate before; a figure that is cut would be another one.
            let factor = Figure.factor(multiplier)
            let forms = ["  = plan \(factor)", " plan\(factor)", " by hand"]
            let room = size.width - width(of: spans) - (layout.style == .framed ? 4 : 0)
            if let form = forms.first(where: { displayWidth(shown($0)) <= room }) { spans.append(Span(form, .you)) }
        }
        return spans
    }
}

/// A figure without its padding.
func compactFigure(_ value: Double?) -> String { String(FigureField.figure(value).drop { $0 == " " }) }
