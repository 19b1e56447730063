import Cells
import Runs

extension DashboardState {
    /// Takes the mouse: it chooses, scrolls and zooms; it never steers.
    mutating func point(_ mouse: InputEvent.Mouse) {
        if case .help(let scroll)? = overlay {
            if mouse.kind == .wheelUp { overlay = .help(scroll: max(0, scroll - 3)) }
            if mouse.kind == .wheelDown {
                overlay = .help(scroll: min(HelpPage(self, size: size).lastScroll, scroll + 3))
            }
        }
        guard overlay == nil else { return }
        if dragRuling(mouse) { return }
        // The rectangles may still be those of the screen before.
        let panel = Panel.order(on: screen).first { panelRects[$0]?.contains(x: mouse.x, y: mouse.y) == true }
        switch mouse.kind {
        case .press:
            panColumn = isOnStepAxis(mouse) ? mouse.x : nil
            guard panColumn == nil, let panel else { return }
            focus = panel
            if panel.listsLayers, openedLayer == nil { pointAtLayer(mouse) }
            if panel.isOverSteps, let step = step(under: mouse) { setCursor(step) }
        case .drag:
            if let from = panColumn {
                pan(byShare: Double(from - mouse.x) / Double(max(1, plotRect?.width ?? 70)))
                panColumn = mouse.x
                return
            }
            if panel == focus, focus.isOverSteps, let step = step(under: mouse) { setCursor(step) }
        case .wheelUp: wheel(up: true, over: panel ?? focus, mouse)
        case .wheelDown: wheel(up: false, over: panel ?? focus, mouse)
        case .release: panColumn = nil
        }
    }

    /// A click on a row of a list of layers selects it; on the selected row it opens the layer.
    private mutating func pointAtLayer(_ mouse: InputEvent.Mouse) {
        let layout = ScreenLayout(size: size, state: self)
        guard let layer = layout.layer(atY: mouse.y, in: focus, state: self) else { return }
        if layer == selectedLayer, focus == .depth { openedLayer = layer }
        selectedLayer = layer
    }

    private mutating func wheel(up: Bool, over panel: Panel, _ mouse: InputEvent.Mouse) {
        if panel == .log {
            scrollLog(by: up ? 3 : -3)
        } else if panel == .story {
            scrollStory(by: up ? 3 : -3)
        } else if panel == .rateChanges {
            scrollChanges(by: up ? 3 : -3)
        } else if panel == .scheduleRest || panel == .stepTimes || panel == .dashboardCost {
            return
        } else if panel.isOverSteps {
            zoom(by: up ? 1.5 : 1 / 1.5, around: step(under: mouse) ?? zoomCenter)
        } else {
            selectLayer(by: up ? -1 : 1)
        }
    }

    /// Whether the pointer is on the numbers below the charts over steps: dragging them pans.
    private func isOnStepAxis(_ mouse: InputEvent.Mouse) -> Bool {
        guard let plot = plotRect, mouse.x >= plot.x, mouse.x < plot.endX else { return false }
        return size.height >= 10 && mouse.y == size.height - 2
    }

    /// The step below the pointer, nil beside the plot.
    private func step(under mouse: InputEvent.Mouse) -> Double? {
        guard let plot = plotRect, mouse.x >= plot.x, mouse.x < plot.endX else { return nil }
        return step(atColumn: mouse.x)
    }
}
