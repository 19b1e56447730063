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
        let step = shownSteps.step(atColumn: mouse.x, of: places.stepPlot)
        switch mouse.kind {
        case .press:
            window.panColumn = places.isOnStepAxis(x: mouse.x, y: mouse.y, of: window.size) ? mouse.x : nil
            guard window.panColumn == nil, let panel else { return }
            // By the rows as they are seen, before the focus may show others.
            if let list = panel.layerList, view.layers.opened == nil { point(mouse, at: list, in: panel) }
            view.focus = panel
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

    /// Takes a press, drag or release on a ruling between panels.
    /// - Returns: whether the mouse was the ruling's.
    mutating func dragRuling(_ mouse: InputEvent.Mouse) -> Bool {
        switch mouse.kind {
        case .press:
            let places = places
            window.draggedRuling = places.ruling(atX: mouse.x, y: mouse.y)
            guard window.draggedRuling != nil else { return false }
            // A panel's title stands in the ruling above it.
            if let panel = places.panel(atX: mouse.x, y: mouse.y), view.panels.contains(panel) { view.focus = panel }
            return true
        case .drag:
            guard let ruling = window.draggedRuling else { return false }
            let frame = places.frame
            switch ruling {
            case .column: person.splits.column = Double(mouse.x) / Double(max(1, window.size.width))
            case .upper, .lower:
                let rows = frame.height - 1
                guard rows > 0 else { return true }
                person.splits[ruling] = Double(mouse.y - frame.y) / Double(rows)
            }
            return true
        case .release:
            defer { window.draggedRuling = nil }
            return window.draggedRuling != nil
        case .wheelUp, .wheelDown: return false
        }
    }
}
