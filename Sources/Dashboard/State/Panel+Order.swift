extension Panel {
    /// The panels of a screen in tab order.
    package static func order(on screen: Screen) -> [Panel] {
        switch screen {
        case .overview: [.loss, .accuracy, .learningRate, .layers, .log]
        case .layers: [.depth, .stdTrend, .signalTrend]
        }
    }

    /// Whether the panel is a chart over steps.
    package var isOverSteps: Bool { self == .loss || self == .accuracy || self == .learningRate }

    /// Whether the panel lists the layers.
    package var listsLayers: Bool { self == .layers || self == .depth }
}
