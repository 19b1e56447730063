import Cells
import Dashboard
import Runs

/// Which layers a list shows and how many found no row.
struct LayerRows {
    /// Indices into the description's layers.
    let indices: [Int]
    /// Listed layers before the first and behind the last that is shown.
    let above: Int
    let below: Int
    /// Whether the worst come first, so that those without a row are the quietest.
    private let isWorstFirst: Bool

    /// For a list without a selection: where the rows do not suffice the worst come first.
    init(state: DashboardState, rows: Int) {
        var listed = state.visibleLayers
        let isShort = listed.count > rows
        if isShort, !state.view.layers.byTrouble {
            var selection = state.view.layers
            selection.byTrouble = true
            listed = selection.listed(of: state.run.history)
        }
        self.init(listed, from: 0, rows: rows, isWorstFirst: isShort || state.view.layers.byTrouble)
    }

    /// For the table with the selected row: the rows around it.
    init(window state: DashboardState, rows: Int) {
        let listed = state.visibleLayers
        let selected = listed.firstIndex(of: state.view.layers.selected) ?? 0
        self.init(
            listed, from: max(0, selected - max(0, rows - 2)), rows: rows, isWorstFirst: state.view.layers.byTrouble)
    }

    /// For a panel in whose list a selection is seen only while keys move it.
    init(of panel: PanelID, in state: DashboardState, rows: Int) {
        if state.view.focus == panel {
            self.init(window: state, rows: rows)
        } else {
            self.init(state: state, rows: rows)
        }
    }

    private init(_ listed: [Int], from start: Int, rows: Int, isWorstFirst: Bool) {
        self.isWorstFirst = isWorstFirst
        guard listed.count > rows, rows > 0 else {
            indices = listed
            (above, below) = (0, 0)
            return
        }
        // One row says what has none.
        let first = min(start, listed.count - rows + 1)
        indices = Array(listed[first..<min(listed.count, first + rows - 1)])
        (above, below) = (first, listed.count - first - indices.count)
    }

    /// Layers that are listed and not shown.
    var hidden: Int { above + below }

    /// What has no row, for the last one: `+12 quiet` where the worst come first, else `+3 above, 9 below`; nil where all have.
    var rest: String? {
        if hidden == 0 { return nil }
        if isWorstFirst, above == 0 { return "+\(below) quiet" }
        let words = isWorstFirst ? ("worse", "quieter") : ("above", "below")
        if above == 0 { return "+\(below) \(words.1)" }
        return below == 0 ? "+\(above) \(words.0)" : "+\(above) \(words.0), \(below) \(words.1)"
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
    /// `conv2d` as `conv`, cut to a number of columns: `lin.`; nothing where fewer than three are left.
    func shortKind(_ width: Int) -> String {
        let word = kind.hasPrefix("conv") ? "conv" : kind
        guard word.count > width else { return word }
        return width < 3 ? "" : word.prefix(width - 1) + "."
    }

    /// `16 maps`, `128 units`, `1 unit`.
    var units: String { "\(unitCount) \(hasMaps ? "map" : "unit")\(unitCount == 1 ? "" : "s")" }

    /// What one example's output is, if so many columns hold it: `8×24×24`, else `8 maps`; `128 units`.
    func shape(_ width: Int) -> String {
        let text = outputShape.map(String.init).joined(separator: "×")
        return hasMaps && text.count <= width ? text : units
    }

    /// The extent of the maps alone: `24×24`; nil where there are none or that takes more columns.
    func extent(_ width: Int) -> String? {
        guard hasMaps else { return nil }
        let text = outputShape.dropFirst().map(String.init).joined(separator: "×")
        return text.count <= width ? text : nil
    }
}
