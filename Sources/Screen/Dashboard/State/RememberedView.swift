import History

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

    /// Nothing remembered.
    package init() {}

    /// What is to be remembered of a view and of the person who looks.
    init(_ view: ViewPlace, _ person: Person) {
        screen = view.screen
        smoothing = view.charts.smoothing
        logarithmicLoss = view.charts.logarithmicLoss
        logarithmicSchedule = view.charts.logarithmicSchedule
        xAxis = view.charts.xAxis
        theme = person.keptTheme
        splits = person.splits
    }
}

extension ViewPlace {
    /// Looks as it was remembered; what is absent or out of range stays as it is.
    mutating func restore(_ remembered: RememberedView, of run: RunHistory) {
        if let screen = remembered.screen { show(screen, of: run) }
        if let smoothing = remembered.smoothing, (0...0.999).contains(smoothing) { charts.smoothing = smoothing }
        if let isLogarithmic = remembered.logarithmicLoss { charts.logarithmicLoss = isLogarithmic }
        if let isLogarithmic = remembered.logarithmicSchedule { charts.logarithmicSchedule = isLogarithmic }
        if let xAxis = remembered.xAxis { charts.xAxis = xAxis }
    }
}

extension Person {
    /// Takes up the theme and the rulings that were remembered.
    mutating func restore(_ remembered: RememberedView) {
        keptTheme = remembered.theme
        if let splits = remembered.splits { self.splits = splits }
    }
}
