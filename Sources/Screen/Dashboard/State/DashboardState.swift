import Cells
import Charts
import History
import Runs

/// Everything the screen shows: views are pure functions of it and of a size; only the reducer changes it.
///
/// It is made of named values, each of which owns its own changes; what concerns several of them stands in the reducer.
package struct DashboardState: Sendable {
    /// The run, as it is shown and as it goes on.
    package var run: FollowedRun
    /// What the person is looking at, and how.
    package var view: ViewPlace
    /// The sheet, prompt or overlay that takes the keys.
    package var overlay = OpenOverlay()
    /// What the person asks of the run.
    package var steering: Steering
    /// What the process printed, and what is sought in the whole log.
    package var story = StoryRecord()
    /// Which findings were heard of.
    package var heard = HeardFindings()
    /// What is said in passing.
    package var notices = Notices()
    /// The person's keys, themes and rulings.
    package var person: Person
    /// The moment: views read the time from here and nowhere else.
    package var clock = DashboardClock()
    /// The terminal's window and the mouse in it.
    package var window: DashboardWindow
    /// Where the run's weights go in the end.
    package var keeping = ResultKeeping()
    /// What the dashboard takes of the machine.
    package var cost = DashboardCost()
    /// Set when the dashboard should close; what to do then.
    package var exit: Exit?

    /// How the dashboard closes.
    package enum Exit: Hashable, Sendable {
        /// The run has ended or goes on elsewhere; leave with the summary.
        case done
        /// Ctrl-C twice: interrupt the run, exit code 130.
        case interrupted
        /// Quit while the run is alive: stop it, keeping the last weights (the step is finished first), and leave with the summary.
        case quit
        /// Leave the run going without this terminal.
        case detached
    }

    /// The dashboard as it opens.
    /// - Parameters:
    ///   - references: other runs, drawn behind this one.
    ///   - isReadOnly: the run cannot be steered from here.
    ///   - remembered: how the person left the view last time; what is absent or out of range is as at first.
    ///   - screen: where it opens; nil for where the person was last.
    ///   - screens: what there is to look at.
    package init(
        history: RunHistory, references: [ReferenceRun] = [], person: Person = Person(), isReadOnly: Bool = false,
        remembered: RememberedView = RememberedView(), screen: Screen? = nil, size: Size = Size(width: 80, height: 24),
        screens: ScreenCatalogue
    ) {
        view = ViewPlace(screens: screens)
        run = FollowedRun(history: history, references: references)
        steering = Steering(isReadOnly: isReadOnly)
        self.person = person
        window = DashboardWindow(size: size)
        view.restore(remembered, of: history)
        self.person.restore(remembered)
        if view.charts.smoothing != ChartSettings().smoothing { run.smooth(with: view.charts.average) }
        if let screen { view.show(screen, of: history) }
    }

    /// The steps that charts show: the zoom, or what fits.
    package var xRange: ClosedRange<Double> { view.charts.zoom ?? fittingRange }

    /// The steps that charts show without a zoom.
    package var fittingRange: ClosedRange<Double> { view.fittingRange(of: run.history) }

    /// Where steps stand on the x axis that all charts over steps share.
    package var stepScale: AxisScale { run.history.stepScale(view.charts, fitting: fittingRange) }

    /// The layers that are listed, as indices into the description.
    package var visibleLayers: [Int] { view.layers.listed(of: run.history) }

    /// The whole log as the view shows it.
    package var storyRows: Story { story.rows(with: run.history) }

    /// What is to be remembered of this view.
    package var remembered: RememberedView { RememberedView(view, person) }

    /// What the view is moved over.
    var ground: ViewGround {
        let places = places
        func rows(_ isWanted: (RowList) -> Bool) -> Int? {
            view.panels.first { $0.rowList.map(isWanted) ?? false }.flatMap { places.rects[$0]?.height }
        }
        return ViewGround(
            view, run: run.history, ghosts: run.references, story: storyRows, columns: places.stepPlot?.width,
            logRows: rows { if case .log = $0 { true } else { false } },
            storyRows: rows { if case .story = $0 { true } else { false } })
    }

    /// The x axis as it is drawn.
    var shownSteps: ShownSteps { ShownSteps(view, of: run.history, columns: places.stepPlot?.width) }

    /// Where everything lies in the window.
    package var places: PanelPlaces { view.screens.places(self) }

    /// What an overlay has to know of the rest of the dashboard.
    var situation: Situation {
        Situation(
            now: clock.now, run: run, view: view, steering: steering, person: person, keeping: keeping,
            size: window.size)
    }
}
