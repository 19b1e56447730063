import Cells

extension DashboardState {
    /// Takes a press, drag or release on a ruling between panels.
    /// - Returns: whether the mouse was the ruling's.
    mutating func dragRuling(_ mouse: InputEvent.Mouse) -> Bool {
        switch mouse.kind {
        case .press:
            let layout = ScreenLayout(size: window.size, state: self)
            // The rectangles may still be those of the screen before: then nobody saw a ruling there.
            window.draggedRuling = layout.panelRects == panelRects ? layout.ruling(atX: mouse.x, y: mouse.y) : nil
            guard window.draggedRuling != nil else { return false }
            // A panel's title stands in the ruling above it.
            if let panel = layout.panel(atX: mouse.x, y: mouse.y), Panel.order(on: view.screen).contains(panel) {
                view.focus = panel
            }
            return true
        case .drag:
            guard let ruling = window.draggedRuling else { return false }
            let layout = ScreenLayout(size: window.size, state: self)
            switch ruling {
            case .column: person.splits.column = Double(mouse.x) / Double(max(1, window.size.width))
            case .upper, .lower:
                let rows = layout.frame.height - 1
                guard rows > 0 else { return true }
                person.splits[ruling] = Double(mouse.y - layout.frame.y) / Double(rows)
            }
            return true
        case .release:
            defer { window.draggedRuling = nil }
            return window.draggedRuling != nil
        case .wheelUp, .wheelDown: return false
        }
    }
}
