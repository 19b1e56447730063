import Cells
import Dashboard
import Runs

/// Which layers a list shows and how many found no row.
struct LayerRows {
    /// Indices into the description's layers.
    let indices: [Int]
    let quiet: Int

    /// For a list without a selection: where the rows do not suffice the worst come first.
    init(state: DashboardState, rows: Int) {
        var listed = state.visibleLayers
        if listed.count > rows, !state.view.layers.byTrouble {
            var selection = state.view.layers
            selection.byTrouble = true
            listed = selection.listed(of: state.run.history)
        }
        self.init(listed, from: 0, rows: rows)
    }

    /// For the table with the selected row: the rows around it.
    init(window state: DashboardState, rows: Int) {
        let listed = state.visibleLayers
        let selected = listed.firstIndex(of: state.view.layers.selected) ?? 0
        self.init(listed, from: max(0, selected - max(0, rows - 2)), rows: rows)
    }

    /// For a panel in whose list a selection is seen only while keys move it.
    init(of panel: PanelID, in state: DashboardState, rows: Int) {
        if state.view.focus == panel {
            self.init(window: state, rows: rows)
        } else {
            self.init(state: state, rows: rows)
        }
    }

    private init(_ listed: [Int], from start: Int, rows: Int) {
        guard listed.count > rows, rows > 0 else {
            indices = listed
            quiet = 0
            return
        }
        let first = min(start, listed.count - rows + 1)
        indices = Array(listed[first..<min(listed.count, first + rows - 1)])
        quiet = listed.count - indices.count
    }
}

extension LayerList {
    /// Rows of layers below so many rows of column heads.
    /// - Parameters:
    ///   - isWindow: whether the list always shows the rows around the selected one; else only while it is in focus, and the worst
    ///     where not all have room.
    ///   - opensOnClick: whether a click on the selected layer opens it.
    init(
        headerRows: @escaping @Sendable (Size) -> Int, isWindow: Bool, opensOnClick: Bool = false
    ) {
        self.init(opensOnClick: opensOnClick) { y, panel, state in
            let layout = ScreenLayout(size: state.window.size, state: state)
            guard let rect = layout.panelRects[panel] else { return nil }
            let header = headerRows(state.window.size)
            let offset = y - rect.y - 1 - header
            guard offset >= 0 else { return nil }
            let rows = max(1, (rect.height - 1 - header) / layout.rowsPerLayer)
            let list =
                isWindow ? LayerRows(window: state, rows: rows) : LayerRows(of: panel, in: state, rows: rows)
            let row = offset / layout.rowsPerLayer
            return list.indices.indices.contains(row) ? list.indices[row] : nil
        }
    }
}

extension LayerDescription {
    /// `conv2d` as `conv`, cut to a number of columns: `lin.`.
    func shortKind(_ width: Int) -> String {
        let word = kind.hasPrefix("conv") ? "conv" : kind
        guard word.count > width else { return word }
        return width < 2 ? String(word.prefix(width)) : word.prefix(width - 1) + "."
    }

    /// `16 maps`, `128 units`.
    var units: String { "\(unitCount) \(hasMaps ? "maps" : "units")" }
}
