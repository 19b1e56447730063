import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The header of a screen below 40 columns or 10 rows: phase, step, percent.
struct SmallHeader: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        let phase = scene.phase
        let total = live.description.lengths.totalSteps
        let step = "\(FigureField.steps(live.status.position.step, asWideAs: total))\(scene.ofAllSteps)"
        let share = percent(scene.progress, width: 5)
        // The word of the phase stays where it is not the usual one and there is room.
        let isTight = size.width < phase.text.count + step.count + 8
        let word = isTight ? String(phase.text.prefix(1)) : phase.text
        let x = canvas.write(word + " ", x: 0, y: 0, phase.role)
        canvas.write(step, x: x, y: 0, .brightText, limit: size.width - x)
        if x + step.count + 6 <= size.width { canvas.write(share, endX: size.width, y: 0) }
        guard live.status.phase.isPaused || state.run.frozenSince != nil || state.steering.isReadOnly else { return }
        canvas.buffer.restyle(Rect(x: 0, y: 0, width: size.width, height: 1)) { $0.adding(.reverse) }
    }
}
