import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// Below 20 x 6: what the run does and how far it is.
struct StatusLines: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        guard size.width > 0, size.height > 0 else { return }
        let step = Figure.count(live.status.position.step)
        let phase = scene.phase
        let forms = [
            "\(phase.text) \(step)\(scene.ofAllSteps)", "\(phase.text) \(step)", "\(phase.text.prefix(1)) \(step)",
            step,
        ]
        let text = forms.first { displayWidth(shown($0)) <= size.width } ?? String(phase.text.prefix(1))
        let split = text == step ? 0 : text.hasPrefix(phase.text) ? phase.text.count : 1
        let x = canvas.write(String(text.prefix(split)), x: 0, y: 0, phase.role, limit: size.width)
        canvas.write(String(text.dropFirst(split)), x: x, y: 0, .brightText, limit: size.width - x)
        guard size.height > 1, size.width >= 8 else { return }
        canvas.write(
            [.dim("loss "), Span(compactFigure(scene.average(.loss, .logarithmic)), .train)], x: 0, y: 1,
            limit: size.width)
        guard size.height > 2 else { return }
        canvas.write(
            [.dim("rate "), Span(compactFigure(live.status.learningRate), .rate)], x: 0, y: 2, limit: size.width)
    }
}
