import Cells
import Charts
import Dashboard

/// A panel with a chart over steps.
protocol StepPanel: Panel {
    func draw(_ chart: StepChart, on canvas: inout Canvas)
}

extension StepPanel {
    func draw(in rect: Rect, on canvas: inout Canvas) {
        guard let chart = StepChart(Self.id, in: scene) else { return }
        draw(chart, on: &canvas)
    }

    /// The numbers of a second unit have their row where there is room.
    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) {
        if layout.size.height >= 30 { layout.epochRow = layout.frame.endY - 2 }
        layout.addChart(id, in: rect, rowsBelow: layout.epochRow == nil ? 0 : 1)
    }
}
