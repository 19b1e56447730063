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
        case let multiplier?: spans.append(Span("  you\(Figure.factor(multiplier))", .you))
        }
        return spans
    }
}

/// A figure without its padding.
func compactFigure(_ value: Double?) -> String { String(FigureField.figure(value).drop { $0 == " " }) }
