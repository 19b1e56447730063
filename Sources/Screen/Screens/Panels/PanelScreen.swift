import Cells
import Charts
import Dashboard
import History

/// A screen: a list of panels and how they lie.
protocol PanelScreen: SendableMetatype {
    static var screen: Screen { get }
    /// In tab order; the first has the focus at first.
    static var panels: [any Panel.Type] { get }
    /// What stands in its place below 40 columns or 10 rows.
    static var small: any SmallScreen.Type { get }
    /// Places the panels in the layout's frame.
    /// - Parameters:
    ///   - layerCount: how many layers the run has.
    ///   - clips: whether gradients are clipped.
    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool)
    /// Headings in rulings that are no panel's.
    static func headings(_ scene: Scene) -> [Frame.Heading]
    /// Draws what is no panel, last.
    static func drawRest(_ scene: Scene, on canvas: inout Canvas)
}

extension PanelScreen {
    static func headings(_ scene: Scene) -> [Frame.Heading] { [] }
    static func drawRest(_ scene: Scene, on canvas: inout Canvas) {}
}

/// All screens, by their digits.
enum ScreenList {
    static let all: [any PanelScreen.Type] = [
        OverviewScreen.self, LayersScreen.self, LearningRateScreen.self, UpdatesScreen.self, SystemScreen.self,
        LogScreen.self,
    ]

    static func screen(_ screen: Screen) -> any PanelScreen.Type { all[screen.rawValue - 1] }

    /// The type of a panel, nil where no screen shows one of that name.
    static func panel(_ id: PanelID) -> (any Panel.Type)? {
        for screen in all {
            if let panel = screen.panels.first(where: { $0.id == id }) { return panel }
        }
        return nil
    }
}

extension ScreenCatalogue {
    /// The screens of this room.
    package static let standard = ScreenCatalogue(
        panels: Dictionary(
            uniqueKeysWithValues: ScreenList.all.map { screen in (screen.screen, screen.panels.map { $0.id }) }),
        places: { state in ScreenLayout(size: state.window.size, state: state).places })
}

extension DashboardState {
    /// The dashboard as it opens, with the screens of this room.
    package init(
        history: RunHistory, references: [ReferenceRun] = [], person: Person = Person(), isReadOnly: Bool = false,
        remembered: RememberedView = RememberedView(), screen: Screen? = nil, size: Size = Size(width: 80, height: 24)
    ) {
        self.init(
            history: history, references: references, person: person, isReadOnly: isReadOnly, remembered: remembered,
            screen: screen, size: size, screens: .standard)
    }
}
