import Cells

extension DashboardState {
    /// Takes a press, drag or release on a ruling between panels.
    /// - Returns: whether the mouse was the ruling's.
    mutating func dragRuling(_ mouse: InputEvent.Mouse) -> Bool {
        switch mouse.kind {
        case .press:
            let layout = ScreenLayout(size: size, state: self)
            // The rectangles may still be those of the screen before: then nobody saw a ruling there.
            draggedRuling = layout.panelRects == panelRects ? layout.ruling(atX: mouse.x, y: mouse.y) : nil
            guard draggedRuling != nil else { return false }
            // A panel's title stands in the ruling above it.
            if let panel = layout.panel(atX: mouse.x, y: mouse.y), Panel.order(on: screen).contains(panel) {
                focus = panel
            }
            return true
        case .drag:
            guard let ruling = draggedRuling else { return false }
            let layout = ScreenLayout(size: size, state: self)
            switch ruling {
            case .column: splits.column = Double(mouse.x) / Double(max(1, size.width))
            case .upper, .lower:
                let rows = layout.frame.height - 1
                guard rows > 0 else { return true }
                splits[ruling] = Double(mouse.y - layout.frame.y) / Double(rows)
            }
            return true
        case .release:
            defer { draggedRuling = nil }
            return draggedRuling != nil
        case .wheelUp, .wheelDown: return false
        }
    }
}
