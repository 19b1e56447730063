import Cells

extension DashboardState {
    /// Takes a press, drag or release on a ruling between panels.
    /// - Returns: whether the mouse was the ruling's.
    mutating func dragRuling(_ mouse: InputEvent.Mouse) -> Bool {
        switch mouse.kind {
        case .press:
            let places = places
            window.draggedRuling = places.ruling(atX: mouse.x, y: mouse.y)
            guard window.draggedRuling != nil else { return false }
            // A panel's title stands in the ruling above it.
            if let panel = places.panel(atX: mouse.x, y: mouse.y), view.panels.contains(panel) {
                view.focus = panel
            }
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
