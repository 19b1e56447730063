import Cells
import Runs

extension DashboardState {
    /// Takes the mouse: it chooses, scrolls and zooms; it never steers.
    mutating func point(_ mouse: InputEvent.Mouse) {
        if mouse.kind == .wheelUp { overlay.scrollHelp(by: -3, in: situation) }
        if mouse.kind == .wheelDown { overlay.scrollHelp(by: 3, in: situation) }
        guard overlay.shown == nil else { return }
        if dragRuling(mouse) { return }
        // The rectangles may still be those of the screen before.
        let panel = Panel.order(on: view.screen).first { panelRects[$0]?.contains(x: mouse.x, y: mouse.y) == true }
        switch mouse.kind {
        case .press:
            window.panColumn = isOnStepAxis(mouse) ? mouse.x : nil
            guard window.panColumn == nil, let panel else { return }
            view.focus = panel
            if panel.listsLayers, view.layers.opened == nil { pointAtLayer(mouse) }
            if panel.isOverSteps, let step = step(under: mouse) { view.charts.setCursor(step, on: shownSteps) }
        case .drag:
            if let from = window.panColumn {
                let steps = shownSteps
                view.charts.pan(byShare: Double(from - mouse.x) / Double(steps.columns), on: steps)
                window.panColumn = mouse.x
                return
            }
            if panel == view.focus, view.focus.isOverSteps, let step = step(under: mouse) {
                view.charts.setCursor(step, on: shownSteps)
            }
        case .wheelUp: wheel(up: true, over: panel ?? view.focus, mouse)
        case .wheelDown: wheel(up: false, over: panel ?? view.focus, mouse)
        case .release: window.panColumn = nil
        }
    }

    /// A click on a row of a list of layers selects it; on the selected row it opens the layer.
    private mutating func pointAtLayer(_ mouse: InputEvent.Mouse) {
        let layout = ScreenLayout(size: window.size, state: self)
        guard let layer = layout.layer(atY: mouse.y, in: view.focus, state: self) else { return }
        if layer == view.layers.selected, view.focus == .depth { view.layers.opened = layer }
        view.layers.selected = layer
    }

    private mutating func wheel(up: Bool, over panel: Panel, _ mouse: InputEvent.Mouse) {
        if panel == .log {
            view.scrollLog(by: up ? 3 : -3, of: run.history)
        } else if panel == .story {
            view.scrollStory(by: up ? 3 : -3, on: ground)
        } else if panel == .rateChanges {
            view.scrollChanges(by: up ? 3 : -3, of: run.history)
        } else if panel == .scheduleRest || panel == .stepTimes || panel == .dashboardCost {
            return
        } else if panel.isOverSteps {
            let center = step(under: mouse) ?? view.zoomCenter(of: run.history)
            view.charts.zoom(by: up ? 1.5 : 1 / 1.5, around: center, on: shownSteps)
        } else {
            view.layers.select(by: up ? -1 : 1, of: run.history)
        }
    }

    /// Whether the pointer is on the numbers below the charts over steps: dragging them pans.
    private func isOnStepAxis(_ mouse: InputEvent.Mouse) -> Bool {
        guard let plot = plotRect, mouse.x >= plot.x, mouse.x < plot.endX else { return false }
        return window.size.height >= 10 && mouse.y == window.size.height - 2
    }

    /// The step below the pointer, nil beside the plot.
    private func step(under mouse: InputEvent.Mouse) -> Double? {
        guard let plot = plotRect, mouse.x >= plot.x, mouse.x < plot.endX else { return nil }
        return shownSteps.step(atColumn: mouse.x, of: plot)
    }
}
