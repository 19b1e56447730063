import History

/// What of the view outlives a run: where the person looked last, and how.
package struct RememberedView: Hashable, Sendable {
    /// The screen that was shown.
    package var screen: Screen?
    /// The share of the steps so far that lines are averaged over, 0 to 0.5.
    package var smoothing: Double?
    /// Whether the loss had a logarithmic axis.
    package var logarithmicLoss: Bool?
    /// Whether the learning rate's screen had one.
    package var logarithmicSchedule: Bool?
    /// What the x axis counted.
    package var xAxis: ChartSettings.XAxis?
    /// A theme chosen in the dashboard.
    package var theme: String?
    /// Rulings that were dragged.
    package var splits: Splits?
    /// Whether the mouse was the dashboard's.
    package var mouse: Bool?

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
        mouse = person.hasMouse
    }
}

extension ViewPlace {
    /// Looks as it was remembered; what is absent or out of range stays as it is.
    mutating func restore(_ remembered: RememberedView, of run: RunHistory) {
        if let screen = remembered.screen { show(screen, of: run) }
        if let smoothing = remembered.smoothing, (0...MovingAverage.largestShare).contains(smoothing) {
            charts.smoothing = smoothing
        }
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
        if let mouse = remembered.mouse { hasMouse = mouse }
    }
}
