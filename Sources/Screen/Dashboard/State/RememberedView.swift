/// What of the view outlives a run: where the person looked last, and how.
package struct RememberedView: Hashable, Sendable {
    package var screen: Screen?
    package var smoothing: Double?
    package var logarithmicLoss: Bool?
    package var logarithmicSchedule: Bool?
    package var xAxis: ChartSettings.XAxis?
    /// A theme chosen in the dashboard.
    package var theme: String?
    package var splits: Splits?

    package init() {}
}

extension DashboardState {
    /// What is to be remembered of this view.
    package var remembered: RememberedView {
        var view = RememberedView()
        view.screen = screen
        view.smoothing = charts.smoothing
        view.logarithmicLoss = charts.logarithmicLoss
        view.logarithmicSchedule = logarithmicSchedule
        view.xAxis = charts.xAxis
        view.theme = keptTheme
        view.splits = splits
        return view
    }

    /// Looks as it was remembered; what is absent or out of range stays as it is.
    package mutating func restore(_ view: RememberedView) {
        if let screen = view.screen { show(screen) }
        if let smoothing = view.smoothing, (0...0.999).contains(smoothing), smoothing != charts.smoothing {
            smooth(with: smoothing)
            message = nil
        }
        if let isLogarithmic = view.logarithmicLoss { charts.logarithmicLoss = isLogarithmic }
        if let isLogarithmic = view.logarithmicSchedule { logarithmicSchedule = isLogarithmic }
        if let xAxis = view.xAxis { charts.xAxis = xAxis }
        keptTheme = view.theme
        if let splits = view.splits { self.splits = splits }
    }
}
