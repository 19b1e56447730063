import History
import Runs

/// A panel as the reducer knows it: its name, and what keys, wheel and clicks do in it. Panels are equal where their names are.
///
/// The panel types of the room above declare theirs beside themselves; what they draw is no concern of this room.
package struct PanelID: Hashable, Sendable, CustomStringConvertible {
    /// What the palette, exports and tests call it, the only one of that name.
    package let name: String
    /// What keys, wheel and clicks do in it.
    package let conduct: Conduct
    /// What Enter does.
    package let enter: Enter
    /// Whether its y axis is linear before anybody changes that.
    package let isLinear: @Sendable (RunDescription) -> Bool

    /// What arrows, page keys, wheel and clicks do in a panel.
    package enum Conduct: Sendable {
        /// A chart over steps: they move the cursor, pan and zoom.
        case steps
        /// A chart with the layers along its x axis: they select layers.
        case depth
        /// A list of the layers: they select layers.
        case layers(LayerList)
        /// Rows that scroll.
        case rows(RowList)
        /// Figures: the keys move the cursor of the charts beside it, the wheel does nothing.
        case figures
    }

    /// What Enter does in a panel.
    package enum Enter: Hashable, Sendable {
        /// The panel alone fills the screen.
        case enlarge
        /// The selected layer's close-up opens.
        case openLayer
        /// The editor of the rest of the schedule opens.
        case editSchedule
    }

    /// - Parameter enter: nil for what suits the conduct: close-ups of layers, everything else enlarged.
    package init(
        _ name: String, _ conduct: Conduct, enter: Enter? = nil,
        isLinear: @escaping @Sendable (RunDescription) -> Bool = { _ in false }
    ) {
        self.name = name
        self.conduct = conduct
        self.isLinear = isLinear
        self.enter =
            enter
            ?? {
                switch conduct {
                case .layers, .depth: .openLayer
                case .steps, .rows, .figures: .enlarge
                }
            }()
    }

    /// The overview's chart of the loss: settings and palette name its axis.
    package static let loss = PanelID("loss", .steps)

    /// The name.
    package var description: String { name }

    /// Whether the names are equal.
    package static func == (one: PanelID, other: PanelID) -> Bool { one.name == other.name }
    /// Hashes the name.
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Whether the panel is a chart over steps.
    package var isOverSteps: Bool { if case .steps = conduct { true } else { false } }

    /// Whether the panel has a y axis that can be changed.
    var hasAxis: Bool {
        switch conduct {
        case .steps, .depth: true
        case .layers, .rows, .figures: false
        }
    }

    /// The list of layers that the panel is, if it is one.
    package var layerList: LayerList? { if case .layers(let list) = conduct { list } else { nil } }

    /// The rows that the panel scrolls, if it does.
    package var rowList: RowList? { if case .rows(let list) = conduct { list } else { nil } }
}

/// What the mouse must know of a list of layers.
package struct LayerList: Sendable {
    /// Whether a click on the selected layer opens it.
    package let opensOnClick: Bool
    /// The layer whose row lies at a row of the screen, as an index into the description.
    package let layer: @Sendable (_ y: Int, _ panel: PanelID, _ state: DashboardState) -> Int?

    /// - Parameter layer: nil where no layer's row lies.
    package init(
        opensOnClick: Bool,
        layer: @escaping @Sendable (_ y: Int, _ panel: PanelID, _ state: DashboardState) -> Int?
    ) {
        self.opensOnClick = opensOnClick
        self.layer = layer
    }
}

/// Which rows a panel scrolls.
package enum RowList: Sendable {
    /// The run's events; they are sought and stay where they are while new ones come.
    case log
    /// The whole log, sought too.
    case story
    /// Rows of the panel's own: how many there are.
    case own(count: @Sendable (RunHistory) -> Int)
}
