import Cells
import Runs

extension DashboardState {
    /// Takes the mouse: it chooses, scrolls and zooms; it never steers.
    mutating func point(_ mouse: InputEvent.Mouse) {
        if mouse.kind == .wheelUp { overlay.scrollHelp(by: -3, in: situation) }
        if mouse.kind == .wheelDown { overlay.scrollHelp(by: 3, in: situation) }
        guard overlay.shown == nil else { return }
        if dragRuling(mouse) { return }
        let places = places
        let panel = view.panels.first { places.rects[$0]?.contains(x: mouse.x, y: mouse.y) == true }
        let step = step(under: mouse, in: places)
        switch mouse.kind {
        case .press:
            window.panColumn = isOnStepAxis(mouse, in: places) ? mouse.x : nil
            guard window.panColumn == nil, let panel else { return }
            view.focus = panel
            if let list = panel.layerList, view.layers.opened == nil { point(mouse, at: list, in: panel) }
            if panel.isOverSteps, let step { view.charts.setCursor(step, on: shownSteps) }
        case .drag:
            if let from = window.panColumn {
                let steps = shownSteps
                view.charts.pan(byShare: Double(from - mouse.x) / Double(steps.columns), on: steps)
                window.panColumn = mouse.x
                return
            }
            if panel == view.focus, view.focus.isOverSteps, let step { view.charts.setCursor(step, on: shownSteps) }
        case .wheelUp: view.wheel(1, over: panel ?? view.focus, at: step, on: ground)
        case .wheelDown: view.wheel(-1, over: panel ?? view.focus, at: step, on: ground)
        case .release: window.panColumn = nil
        }
    }

    /// A click on a row of a list of layers selects it; on the selected row it may open the layer.
    private mutating func point(_ mouse: InputEvent.Mouse, at list: LayerList, in panel: PanelID) {
        guard let layer = list.layer(mouse.y, panel, self) else { return }
        if layer == view.layers.selected, list.opensOnClick { view.layers.opened = layer }
        view.layers.selected = layer
    }

    /// Whether the pointer is on the numbers below the charts over steps: dragging them pans.
    private func isOnStepAxis(_ mouse: InputEvent.Mouse, in places: PanelPlaces) -> Bool {
        guard let plot = places.stepPlot, mouse.x >= plot.x, mouse.x < plot.endX else { return false }
        return window.size.height >= 10 && mouse.y == window.size.height - 2
    }

    /// The step below the pointer, nil beside the plot.
    private func step(under mouse: InputEvent.Mouse, in places: PanelPlaces) -> Double? {
        guard let plot = places.stepPlot, mouse.x >= plot.x, mouse.x < plot.endX else { return nil }
        return shownSteps.step(atColumn: mouse.x, of: plot)
    }
}
