import Cells
import Dashboard

/// Where everything of a screen lies: a pure function of the size and of what is shown, used by the views and by the mouse.
///
/// Rows from the top: header, finding, one frame with shared rulings, footer. What does not fit is dropped in a fixed order,
/// so that phase, step, loss, rate and the finding's first words stay to the end.
package struct ScreenLayout: Hashable, Sendable {
    /// The whole screen's.
    package let size: Size
    /// Where a person has dragged the rulings.
    let splits: Splits
    /// The column of the ruling between the left and the right pane, nil with one pane.
    package internal(set) var dividerX: Int?
    /// Where the column of the ruling begins; below the frame's upper border nobody can drag it.
    package internal(set) var dividerTop: Int?
    /// The visible panels and the rulings between them that can be dragged: what the mouse needs to know.
    package internal(set) var places = PanelPlaces()
    /// The cells of each visible chart's plot; one x range serves those over steps.
    package internal(set) var plotRects: [PanelID: Rect] = [:]
    /// The visible charts over steps, from the top.
    package internal(set) var stepPanels: [PanelID] = []
    /// The row of epoch numbers above the bottom border, if there is room.
    package internal(set) var epochRow: Int?
    /// The interior row that carries the rate as figures where its chart does not fit.
    package internal(set) var rateRow: Int?
    /// Gauges of update over weight below the layers, on tall screens.
    package internal(set) var updatesRect: Rect?
    /// How many layers the panel of layers has to show.
    let layerCount: Int
    /// Rows of one layer in the layers panel or the depth table.
    package internal(set) var rowsPerLayer = 1
    /// Whether the updates' list of layers has charts in its rows.
    package internal(set) var hasLayerCharts = false

    /// How much of a screen there is.
    package enum Style: Hashable, Sendable {
        /// Below 20 x 6: phase and step.
        case status
        /// Below 40 columns or 10 rows: figures and one curve, no frame.
        case figures
        case framed
    }

    /// How much of a screen the size allows.
    package var style: Style {
        guard size.width >= 20, size.height >= 6 else { return .status }
        return size.width >= 40 && size.height >= 10 ? .framed : .figures
    }

    /// Rows of the header, 0...2; row 1 carries the progress bar.
    package var headerRows: Int { style != .framed ? 0 : size.height >= 24 ? 2 : 1 }

    /// The row of findings, nil where it shares the footer's.
    package var findingRow: Int? { style == .framed && size.height >= 16 ? headerRows : nil }

    /// The row of keys, nil where there is none.
    package var footerRow: Int? { style == .framed ? size.height - 1 : nil }

    /// Where the header's right part begins: the overview's ruling, on every screen the same.
    package var headerDivider: Int { Self.divider(width: size.width, splits: splits) ?? size.width - 1 }

    /// The column where every plot begins, after the y labels.
    package static let plotStart = 7

    /// The ruling between the panes of the overview, nil where there is one pane.
    static func divider(width: Int) -> Int? {
        let width = WidthClass(columns: width) < .compact ? nil : width
        return width.map { min(Int((($0 >= 120 ? 0.64 : 0.6) * Double($0)).rounded()), $0 - 32) }
    }

    /// - Parameters:
    ///   - enlarged: the panel that has the frame alone; another screen's is ignored.
    ///   - layerCount: how many layers the panel of layers has to show.
    ///   - closeUp: whether one layer has the frame alone.
    ///   - clips: whether gradients are clipped.
    package init(
        size: Size, screen: Screen, enlarged: PanelID? = nil, layerCount: Int, closeUp: Bool = false,
        clips: Bool = false, splits: Splits = Splits()
    ) {
        self.size = size
        self.splits = splits
        self.layerCount = layerCount
        guard style == .framed else { return }
        let top = headerRows + (findingRow == nil ? 0 : 1)
        frame = Rect(x: 0, y: top, width: size.width, height: size.height - 1 - top)
        let screen = ScreenList.screen(screen)
        if let alone = closeUp ? DepthPanel.self : screen.panels.first(where: { $0.id == enlarged }) {
            let rect = panel(from: frame.y, to: frame.endY - 1, left: 0, right: size.width - 1)
            panelRects[alone.id] = rect
            if !closeUp { alone.layOutAlone(&self, rect) }
        } else {
            screen.layOut(&self, layerCount: layerCount, clips: clips)
        }
        places.stepPlot = stepPlot
        addColumnRuling()
    }

    /// The layout of a state at a size.
    package init(size: Size, state: DashboardState) {
        self.init(
            size: size, screen: state.view.screen, enlarged: state.view.enlarged,
            layerCount: state.run.history.description.layers.count,
            closeUp: state.view.layers.opened.map { state.run.history.description.layers.indices.contains($0) }
                ?? false,
            clips: state.run.history.description.gradientBounds.clips, splits: state.person.splits)
    }

    /// The frame with its four borders, empty where there is none.
    package internal(set) var frame: Rect {
        get { places.frame }
        set { places.frame = newValue }
    }

    /// Each visible panel, the ruling with its title included: what a click chooses.
    package internal(set) var panelRects: [PanelID: Rect] {
        get { places.rects }
        _modify { yield &places.rects }
    }

    /// The plot whose columns all charts over steps share, nil where none is shown.
    package var stepPlot: Rect? { stepPanels.first.flatMap { plotRects[$0] } }

    /// The class of the width.
    package var width: WidthClass { WidthClass(columns: size.width) }

    // MARK: Placing panels

    /// Gives each layer as many of some rows as all can have, at least one and no more than `most`.
    mutating func fitLayers(into rows: Int, most: Int) {
        rowsPerLayer = max(1, min(most, rows / max(1, layerCount)))
    }

    /// A panel between two rulings; it owns the upper one and none of its side borders.
    func panel(from top: Int, to bottom: Int, left: Int, right: Int) -> Rect {
        Rect(x: left + 1, y: top, width: right - left - 1, height: bottom - top)
    }

    /// Places a panel between two rulings.
    /// - Returns: its rectangle.
    @discardableResult
    mutating func add(_ id: PanelID, from top: Int, to bottom: Int, left: Int, right: Int) -> Rect {
        let rect = panel(from: top, to: bottom, left: left, right: right)
        panelRects[id] = rect
        return rect
    }

    /// Places the chart over steps of a panel in its rectangle, some rows above its end.
    mutating func addChart(_ id: PanelID, in rect: Rect, rowsBelow: Int = 0) {
        plotRects[id] = plot(in: rect, rowsBelow: rowsBelow)
        stepPanels.append(id)
    }

    /// The plot inside a panel, right of the y labels.
    func plot(in panel: Rect, rowsBelow: Int = 0) -> Rect {
        Rect(
            x: frame.x + panel.x - 1 + Self.plotStart, y: panel.y + 1, width: panel.width - Self.plotStart,
            height: panel.height - 1 - rowsBelow)
    }
}
