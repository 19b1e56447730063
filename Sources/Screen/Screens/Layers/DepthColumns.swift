import Charts

/// The columns of the table over depth: what fits, the least important dropped first.
struct DepthColumns {
    enum Figure: CaseIterable {
        case mean, std, zeros, saturated, never, signal, gradient, update

        var title: String {
            switch self {
            case .mean: "mean"
            case .std: "std"
            case .zeros: "zeros"
            case .saturated: "satur"
            case .never: "never"
            case .signal: "signal"
            case .gradient: "grad"
            case .update: "update"
            }
        }

        /// Columns with the gap before them.
        var width: Int {
            switch self {
            case .mean, .std: 8
            case .zeros: 7
            case .saturated, .never: 6
            case .signal, .gradient, .update: 8
            }
        }
    }

    /// Where names begin, behind the mark of the selected row.
    let nameX = 2
    /// Columns of the longest name that is shown.
    let nameWidth: Int
    let histogramX: Int
    private(set) var histogramWidth: Int
    private(set) var heatWidth: Int
    /// The column behind each figure.
    private(set) var ends: [(figure: Figure, endX: Int)] = []
    private(set) var gaugeX = 0
    private(set) var gaugeWidth = 0

    var kindX: Int { nameX + nameWidth + 1 }
    /// Columns of the kind, behind which one stays free.
    var kindWidth: Int { histogramX - 1 - kindX }
    var heatX: Int { histogramX + histogramWidth + 2 }

    /// Columns that names get beyond the usual where layers are nested deeply.
    private static func mostExtra(_ width: Int) -> Int { width >= 160 ? 16 : width >= 120 ? 8 : width >= 80 ? 4 : 0 }

    /// The columns that go where there is no room, first to last.
    private static func dispensable(_ shares: LayerShares?) -> [Figure] {
        guard let shares, shares.hasSaturated else { return [.mean, .saturated, .gradient, .zeros, .signal, .update] }
        return shares.hasNever
            ? [.mean, .gradient, .zeros, .signal, .update] : [.never, .mean, .zeros, .gradient, .signal, .update]
    }

    /// - Parameters:
    ///   - width: of the screen; the table has a border and a blank at both ends.
    ///   - longestName: characters of the longest name of a layer.
    ///   - label: columns that name, kind and size would take together.
    ///   - shares: which shares are known of the layers: where there is little room, what is worst must have its column.
    init(width: Int, longestName: Int = 2, label: Int = 0, shares: LayerShares? = nil) {
        // Usual are names of two digits beside kinds of nine letters; longer names first take what kinds do not need.
        let usual = 15
        let kind = 4
        let wanted = max(nameX + max(2, longestName) + 1 + kind, nameX + label) + 1
        let growth = min(max(0, wanted - usual), Self.mostExtra(width))
        histogramX = usual + growth
        nameWidth = max(2, min(longestName, histogramX - 1 - kind - 1 - nameX))
        var figures = Figure.allCases
        var gauge = 10
        histogramWidth = 16
        heatWidth = 16
        var extra = width - 120 - growth
        if extra >= 0 {
            histogramWidth += extra / 4
            heatWidth += extra - extra / 4 - extra / 8
            gauge += extra / 8
        } else {
            // Narrow pictures first, then whole columns.
            let narrower = min(-extra, 10)
            histogramWidth -= narrower / 2
            heatWidth -= narrower - narrower / 2
            extra += narrower
            if extra < 0 {
                extra += gauge
                gauge = 0
            }
            for figure in Self.dispensable(shares) where extra < 0 {
                figures.removeAll { $0 == figure }
                extra += figure.width
            }
            if extra < 0 {
                extra += heatWidth + 2
                heatWidth = 0
            }
            if extra < 0 {
                figures.removeAll { $0 == .never || $0 == .saturated }
            } else {
                histogramWidth += min(extra, 6)
            }
        }
        var end = width - 2
        if gauge > 0 {
            gaugeWidth = gauge - 1
            gaugeX = end - gaugeWidth
            end -= gauge
        }
        for figure in figures.reversed() {
            ends.insert((figure, end), at: 0)
            end -= figure.width
        }
    }
}
