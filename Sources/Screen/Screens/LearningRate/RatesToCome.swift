import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The rate at the beginning of the epochs to come, as many as there are rows, evenly.
struct RatesToCome: SceneView {
    let scene: Scene

    func draw(in rect: Rect, on canvas: inout Canvas) {
        let description = run.description
        let lengths = description.lengths
        let step = run.status.position.step
        let total = description.lengths.totalSteps
        guard rect.height >= 6, rect.width >= 28, !run.status.phase.isFinished, step < total else { return }
        let next = lengths.epoch(of: step) + 1
        let epochs = Array(next...max(next, lengths.epoch(of: total - 1)))
        let stride = (epochs.count + rect.height - 3) / max(1, rect.height - 2)
        canvas.write("epoch", endX: rect.x + 6, y: rect.y, .dimText)
        canvas.write("from step", endX: rect.x + 18, y: rect.y, .dimText)
        canvas.write("rate", endX: rect.x + 26, y: rect.y, .dimText)
        var y = rect.y + 1
        for (place, epoch) in epochs.enumerated() where place.isMultiple(of: max(1, stride)) {
            let first = lengths.firstStep(ofEpoch: epoch)
            guard first < total, y < rect.endY else { break }
            let rate = run.status.control.rate(at: first, schedule: description.schedule)
            canvas.write(Figure.count(epoch + 1), endX: rect.x + 6, y: y)
            canvas.write(Figure.count(first), endX: rect.x + 18, y: y, .dimText)
            canvas.write(FigureField.figure(rate), endX: rect.x + 26, y: y, .rate)
            y += 1
        }
    }
}
