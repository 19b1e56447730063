import Cells
import Charts
import Dashboard
import Runs
import Themes

/// A screen below 40 columns or 10 rows: the figures of the screen one is on, no frame.
protocol SmallScreen: SceneView, SendableMetatype {
    init(scene: Scene)
    func draw(on canvas: inout Canvas)
}

/// The usual one: a header, lines of figures, and a picture in what is left; words about trouble take the lowest row.
protocol ListedSmallScreen: SmallScreen {
    var lines: [[Span]] { get }
    func drawPicture(in rect: Rect, on canvas: inout Canvas)
}

extension ListedSmallScreen {
    var lines: [[Span]] { [] }
    func drawPicture(in rect: Rect, on canvas: inout Canvas) {}

    func draw(on canvas: inout Canvas) {
        SmallHeader(scene: scene).draw(on: &canvas)
        let word = state.overlay.shown == nil ? SmallRemark(scene: scene).spans : nil
        let rows = size.height - 1 - (word == nil ? 0 : 1)
        let shown = lines.prefix(max(0, rows))
        for (row, line) in shown.enumerated() { canvas.write(line, x: 0, y: 1 + row, limit: size.width) }
        let rest = Rect(x: 0, y: 1 + shown.count, width: size.width, height: rows - shown.count)
        if !rest.isEmpty { drawPicture(in: rest, on: &canvas) }
        if let word { canvas.write(word, x: 0, y: size.height - 1, limit: size.width) }
    }
}
