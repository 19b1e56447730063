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
            var worstFirst = state.view.layers
            worstFirst.byTrouble = true
            listed = worstFirst.listed(of: state.run.history)
        }
        self.init(listed, from: 0, rows: rows)
    }

    /// For the table with the selected row: the rows around it.
    init(window state: DashboardState, rows: Int) {
        let listed = state.visibleLayers
        let selected = listed.firstIndex(of: state.view.layers.selected) ?? 0
        self.init(listed, from: max(0, selected - max(0, rows - 2)), rows: rows)
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

extension LayerStatistics {
    /// Whether so many units never fire that it is worth a colour.
    var hasDeadUnits: Bool { neverFired >= 0.3 }
    /// Whether half of the values lie in the flat ends of the activation.
    var isSaturated: Bool { saturated >= 0.5 }
    /// Whether an update is far smaller or larger than a thousandth of the weights.
    var hasOddUpdate: Bool { updateRatio.isFinite && !(1e-5...3e-2).contains(updateRatio) }
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
