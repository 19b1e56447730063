import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The steps at which strips begin and end, above them.
struct StripEnds: SceneView {
    let scene: Scene
    /// The steps under the whole width.
    let range: ClosedRange<Double>

    private var last: Double { max(range.lowerBound, min(range.upperBound, Double(run.status.position.step))) }
    private var low: String { FigureField.steps(Int(range.lowerBound), asWideAs: 0) }
    private var high: String { FigureField.steps(Int(last), asWideAs: 0) }

    /// The columns of the second one, which ends above that of now; nil where there is no room.
    func lastColumns(of width: Int) -> Range<Int>? {
        let share = (last - range.lowerBound) / (range.upperBound - range.lowerBound)
        let end = max(low.count + 1 + high.count, Int((share * Double(width)).rounded(.up)))
        return end <= width ? end - high.count..<end : nil
    }

    func draw(x: Int, y: Int, width: Int, on canvas: inout Canvas) {
        canvas.write(low, x: x, y: y, .dimText, limit: width)
        if let place = lastColumns(of: width) { canvas.write(high, x: x + place.lowerBound, y: y, .dimText) }
    }
}
