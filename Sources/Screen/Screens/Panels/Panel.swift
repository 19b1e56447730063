import Cells
import Charts
import Dashboard
import Themes

/// A part of a screen that can be chosen, enlarged, zoomed or scrolled: all that there is to say about it in one type.
///
/// A panel is made for one frame. What outlives frames is in the state; what the reducer must know of it, what keys,
/// wheel and clicks do in it, is in its id.
protocol Panel: SceneView, SendableMetatype {
    static var id: PanelID { get }
    /// Columns and rows, the ruling with the title included, below which only the title is drawn.
    static var smallest: Size { get }
    /// Completes the layout of the panel alone in the frame, where its rectangle is already.
    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect)
    /// Its own numbers, for export.
    static func table(of state: DashboardState) -> PanelTable

    init(scene: Scene)

    var title: String { get }
    /// What stands after the title.
    var note: [Span] { get }
    /// Groups of spans at the ruling's right end, the most important first; what the cursor reads while there is one.
    var readOuts: [[Span]] { get }
    /// How far title and read-outs stand from the ends of the ruling.
    var insets: HeadingInsets { get }
    /// Numbers in the border below the panel.
    func ticks(below rect: Rect) -> Frame.Axis?
    /// Draws everything below the ruling.
    /// - Parameter rect: the panel with its upper ruling.
    func draw(in rect: Rect, on canvas: inout Canvas)
}

/// How far from the ends of its ruling a heading's text stands, and the columns between groups of read-outs.
struct HeadingInsets {
    var left = 1
    var right = 1
    /// Nil for 3, or 2 on screens below 120 columns.
    var gap: Int?
}

extension Panel {
    static var smallest: Size { Size(width: 1, height: 2) }
    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) {}

    var note: [Span] { [] }
    var readOuts: [[Span]] { [] }
    var insets: HeadingInsets { HeadingInsets() }
    func ticks(below rect: Rect) -> Frame.Axis? { nil }
}
