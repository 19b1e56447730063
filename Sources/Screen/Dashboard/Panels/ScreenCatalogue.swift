import Cells

/// The screens there are to look at: the panels of each, and where they lie. The room above says it; the same panels on the same
/// screens are the same catalogue.
package struct ScreenCatalogue: Hashable, Sendable {
    private let panels: [Screen: [PanelID]]
    /// Where the panels of a state lie in its window.
    package let places: @Sendable (DashboardState) -> PanelPlaces

    /// - Parameter panels: of each screen in tab order, at least one; no two of one name, on whatever screens.
    package init(panels: [Screen: [PanelID]], places: @escaping @Sendable (DashboardState) -> PanelPlaces) {
        for screen in Screen.allCases {
            precondition(panels[screen]?.isEmpty == false, "every screen has a panel: \(screen.name)")
        }
        let names = panels.values.joined().map(\.name)
        precondition(Set(names).count == names.count, "two panels have one name: \(names.sorted())")
        self.panels = panels
        self.places = places
    }

    /// Whether the screens have the same panels.
    package static func == (one: ScreenCatalogue, other: ScreenCatalogue) -> Bool { one.panels == other.panels }
    /// Hashes the panels.
    package func hash(into hasher: inout Hasher) { hasher.combine(panels) }

    /// The panels of a screen in tab order.
    package func panels(on screen: Screen) -> [PanelID] { panels[screen] ?? [] }

    /// The screen and the panel where Enter opens the editor of the rest of the schedule.
    var editor: (screen: Screen, panel: PanelID)? {
        for screen in Screen.allCases {
            if let panel = panels(on: screen).first(where: { $0.enter == .editSchedule }) { return (screen, panel) }
        }
        return nil
    }

    /// The panel of a screen that lists the layers.
    func layerList(on screen: Screen) -> PanelID? { panels(on: screen).first { $0.layerList != nil } }

    /// The panel of a screen that scrolls the run's events.
    func log(on screen: Screen) -> PanelID? {
        panels(on: screen).first { if case .log? = $0.rowList { true } else { false } }
    }
}
