import Charts
import History
import Runs

/// Which shares of a network's layers have columns: never firing is known of rectifiers, saturation of what has flat ends.
struct LayerShares {
    enum Share: Equatable {
        case zeros, never, saturated

        var title: String {
            switch self {
            case .zeros: "zeros"
            case .never: "never"
            case .saturated: "satur"
            }
        }

        var value: KeyPath<LayerStatistics, Double> {
            switch self {
            case .zeros: \.zeros
            case .never: \.neverFired
            case .saturated: \.saturated
            }
        }

        /// Whether that is wrong with a layer; zeros are half of everything where all is well.
        func isOdd(_ alarms: LayerAlarms) -> Bool {
            switch self {
            case .zeros: false
            case .never: alarms.contains(.deadUnits)
            case .saturated: alarms.contains(.saturated)
            }
        }
    }

    let hasNever: Bool
    let hasSaturated: Bool

    init(_ layers: [LayerStatistics]) {
        hasNever = layers.contains { $0.neverFired.isFinite }
        hasSaturated = layers.contains { $0.saturated.isFinite }
    }

    /// The columns where there is room.
    var wide: [Share] {
        [.zeros] + (hasNever || !hasSaturated ? [.never] : []) + (hasSaturated ? [.saturated] : [])
    }

    /// The only column elsewhere.
    var slim: Share { hasSaturated && !hasNever ? .saturated : .never }
}

/// Why a layer stands among the worst, in a word of at most 6 columns and a figure of as many.
struct LayerReason {
    let word: String
    let figure: String

    /// - Parameter share: what stands beside it anyway.
    /// - Returns: nil where nothing is wrong, or what stands there says it.
    init?(
        _ alarms: LayerAlarms, _ layer: LayerDescription, _ statistics: LayerStatistics,
        besides share: LayerShares.Share?
    ) {
        if let share, share.isOdd(alarms) { return nil }
        if alarms.contains(.deadUnits) {
            (word, figure) = ("never", percent(statistics.neverFired, width: 5))
        } else if alarms.contains(.saturated) {
            (word, figure) = ("satur", percent(statistics.saturated, width: 5))
        } else if alarms.contains(.equalUnits) {
            (word, figure) = (Figure.count(layer.unitCount), "equal")
        } else if alarms.contains(.oddUpdate) {
            (word, figure) = ("update", FigureField.figure(statistics.updateRatio))
        } else {
            return nil
        }
    }
}
