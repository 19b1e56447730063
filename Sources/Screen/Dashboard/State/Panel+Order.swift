extension Panel {
    /// The panels of a screen in tab order.
    package static func order(on screen: Screen) -> [Panel] {
        switch screen {
        case .overview: [.loss, .accuracy, .learningRate, .layers, .log]
        case .layers: [.depth, .stdTrend, .signalTrend]
        case .learningRate: [.schedule, .rateChanges, .scheduleRest]
        case .updates: [.gradientNorms, .updateRatios, .clippedSteps, .layerUpdates]
        case .system: [.speed, .memory, .stepTimes, .dashboardCost]
        case .log: [.story]
        }
    }

    /// The screen that shows the panel; the overview for what several do.
    package var screen: Screen { Screen.allCases.first { Panel.order(on: $0).contains(self) } ?? .overview }

    /// Whether the panel is a chart over steps.
    package var isOverSteps: Bool {
        switch self {
        case .loss, .accuracy, .learningRate, .schedule, .gradientNorms, .updateRatios, .clippedSteps, .speed, .memory:
            true
        default: false
        }
    }

    /// Whether the panel lists the layers.
    package var listsLayers: Bool { self == .layers || self == .depth || self == .layerUpdates }

    /// Whether the panel has rows to scroll.
    package var scrolls: Bool { self == .log || self == .story || self == .rateChanges }
}
