import History
import Runs

/// What the person is looking at, and how: one value, so that a burst of typing can be taken back whole.
package struct ViewPlace: Hashable, Sendable {
    /// The screens there are.
    package var screens: ScreenCatalogue
    /// The screen that is shown.
    package var screen = Screen.overview
    /// The panel that arrows, wheel and zoom move.
    package var focus: PanelID
    /// The panel that fills the screen, if any.
    package var enlarged: PanelID?
    /// How charts over steps are shown.
    package var charts = ChartSettings()
    /// Which layers are listed, selected and opened.
    package var layers = LayerSelection()
    /// The overview's log.
    package var log = LogPlace()
    /// The whole log.
    package var story = StoryPlace()
    /// How many rows panels with rows of their own are scrolled up from their ends; absent is 0.
    package var scrolls: [PanelID: Int] = [:]

    /// The overview, with everything as it is at first.
    package init(screens: ScreenCatalogue) {
        self.screens = screens
        focus = screens.panels(on: .overview)[0]
    }

    /// The panels of the screen in tab order.
    package var panels: [PanelID] { screens.panels(on: screen) }

    /// The steps that charts show without a zoom. What is to come is what the learning rate's screen is for.
    package func fittingRange(of run: RunHistory) -> ClosedRange<Double> {
        run.fittingRange(wholePlan: screen == .learningRate, overTime: charts.xAxis == .time)
    }

    /// Whether `/` filters the layers; elsewhere it searches the log.
    package var searchesLayers: Bool {
        focus.layerList != nil || screens.layerList(on: screen) != nil && !hasLog
    }

    /// Whether the screen has the run's events beside other panels; `/` searches them there.
    var hasLog: Bool { screens.log(on: screen) != nil }

    /// Whether a chart's y axis is logarithmic.
    package func isLogarithmic(_ panel: PanelID, of run: RunHistory) -> Bool {
        panel.isLinear(run.description) == charts.otherY.contains(panel)
    }

    /// What a zoom keeps in place: the cursor, or the run's last step.
    package func zoomCenter(of run: RunHistory) -> Double {
        charts.cursorStep ?? Double(run.status.position.step)
    }

    /// Changes to a screen, with its first panel in focus.
    package mutating func show(_ screen: Screen, of run: RunHistory) {
        if screen != self.screen { focus = screens.panels(on: screen)[0] }
        self.screen = screen
        enlarged = nil
        layers.opened = nil
        // The plan to come, zoomed in, is not on the other screens yet.
        if let zoom = charts.zoom, zoom.upperBound > fittingRange(of: run).upperBound { charts.zoom = nil }
    }

    /// Chooses a panel of the screen; one that fills it gives way.
    mutating func choose(_ panel: PanelID) {
        focus = panel
        if enlarged != nil { enlarged = panel }
    }

    /// Chooses the panel so many places further in tab order, around the ends.
    mutating func choosePanel(by offset: Int) {
        let panels = panels
        let start = panels.firstIndex(of: focus) ?? 0
        choose(panels[(start + offset + panels.count) % panels.count])
    }

    /// Enter: the layer's close-up where there are layers, the panel alone elsewhere.
    mutating func lookCloser(at run: RunHistory) {
        if focus.enter == .openLayer { layers.open(of: run) } else { enlarged = focus }
    }

    /// Shows all steps and the newest rows of what is in focus.
    mutating func fit() {
        switch focus.rowList {
        case .log: log.scroll = 0
        case .story: story = StoryPlace()
        case .own: scrolls[focus] = nil
        case nil: break
        }
        charts.fit()
    }

    /// The other kind of y axis for the chart in focus, for the loss where no chart is.
    mutating func toggleLogarithm() {
        let panel = focus.hasAxis ? focus : .loss
        if charts.otherY.remove(panel) == nil { charts.otherY.insert(panel) }
    }

    /// Keeps selections and scrolling inside what there is.
    /// - Parameter rows: of the whole log.
    mutating func keep(inside run: RunHistory, rows: Int) {
        layers.keep(inside: run.description.layers.count)
        log.scroll(by: 0, of: run)
        story.scroll = min(max(0, story.scroll), max(0, rows - 1))
        for panel in scrolls.keys { scroll(panel, by: 0, of: run) }
    }
}
