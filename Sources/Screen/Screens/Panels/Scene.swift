import Cells
import Dashboard
import History
import Themes

/// What one frame shows: the state, where everything lies, and what can be told from both. Made once a frame; everything that
/// is drawn holds it.
final class Scene {
    let state: DashboardState
    /// The run as it is now, taken once: each look at it would be a copy.
    let live: RunHistory
    let layout: ScreenLayout
    let look: Look
    /// The x axis of the charts over steps, nil where none is shown.
    let axis: StepAxis?
    /// What is wrong with each layer by the last measurements.
    private(set) lazy var latestAlarms = run.layerAlarms()
    /// The same by those up to the cursor, where there is one.
    private(set) lazy var shownAlarms = state.view.charts.cursorStep.map { run.layerAlarms(upTo: $0) } ?? latestAlarms

    /// What ratios of update to weight are healthy at the rate of the last measurement, and of that at the cursor.
    private(set) lazy var latestBand = updateBand(of: run.latestLayers)
    private(set) lazy var shownBand = updateBand(of: shownLayers)

    init(state: DashboardState, size: Size, look: Look) {
        self.state = state
        self.look = look
        live = state.run.live
        layout = ScreenLayout(size: size, state: state)
        axis = layout.stepPlot.map { StepAxis(state: state, width: $0.width, glyphs: look.glyphs) }
    }

    /// The panels of the moment; a layer that is looked at closely is on every screen alone.
    var panels: [any Panel.Type] {
        openedLayer == nil ? ScreenList.screen(state.view.screen).panels : [DepthPanel.self]
    }

    /// The run as the view shows it, which stands still while frozen.
    var run: RunHistory { state.run.history }
}

/// Something that is drawn out of a scene.
protocol SceneView {
    var scene: Scene { get }
}

extension SceneView {
    var state: DashboardState { scene.state }
    var run: RunHistory { scene.run }
    var live: RunHistory { scene.live }
    var layout: ScreenLayout { scene.layout }
    var size: Size { scene.layout.size }
    var look: Look { scene.look }
    var palette: Palette { scene.look.palette }
    var glyphs: GlyphSet { scene.look.glyphs }
    var isASCII: Bool { scene.look.isASCII }

    func shown(_ text: String) -> String { look.shown(text) }
    func clip(_ text: String, to width: Int) -> String { look.clip(text, to: width) }
    func width(of spans: [Span]) -> Int { look.width(of: spans) }
}
