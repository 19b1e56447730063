import Cells
import History
import Runs

/// Everything the screen shows: views are pure functions of it and of a size; only the reducer changes it.
package struct DashboardState: Sendable {
    /// What is shown of the run; stands still while the view is frozen.
    package var history: RunHistory
    /// While the view is frozen: the run as it goes on.
    package var liveHistory: RunHistory?
    package var screen: Screen = .overview
    package var focus: Panel = .loss
    /// The panel that fills the screen, if any.
    package var enlarged: Panel?
    /// The sheet, prompt or overlay that takes the keys, if any.
    package var overlay: Overlay?
    /// When the overlay was opened: what decides in it is ignored at first.
    package var overlayOpenedAt: Double = -.infinity
    /// Rate presses that wait to become one command.
    package var stagedRate: StagedRate?
    /// What other steering keys asked for and what waits a moment before it is sent.
    package var heldCommands: [HeldCommand] = []
    /// A pause (true) or resume (false) that was sent and has no receipt yet.
    package var awaitedPause: Bool?
    package var charts = ChartSettings()
    /// The selected row of the layers screen, an index into `description.layers`.
    package var selectedLayer = 0
    /// The layer whose close-up is open.
    package var openedLayer: Int?
    /// Only layers whose name or kind contains this are listed.
    package var layerFilter = ""
    /// Worst first instead of depth order.
    package var layersByTrouble = false
    /// What is wrong with the palette's text, said under the field.
    package var paletteError: String?
    /// How many rows the log is scrolled up from its end.
    package var logScroll = 0
    /// The log's search words.
    package var logFilter = ""
    /// What the process printed while the dashboard was open.
    package var output = OutputHistory()
    /// How many of its lines were there when the view was frozen.
    package var frozenOutput: Int?
    /// What is sought in the whole log, and where it was found.
    package var storySearch = StorySearch()
    /// How many rows the whole log is scrolled up from its end, and its columns to the left.
    package var storyScroll = 0
    package var storyShift = 0
    /// How many rows the list of changes is scrolled up from its end.
    package var changesScroll = 0
    /// Whether the learning rate's screen has a logarithmic axis.
    package var logarithmicSchedule = false
    /// What the dashboard takes of the machine.
    package var cost = DashboardCost()
    /// The time of day when the run began, taken once so that times do not flicker.
    package var beganTimeOfDay: Double?
    /// The moment the view was frozen; the run goes on.
    package var frozenSince: Double?
    /// A short word about the last key (refusals, hints), shown until `expires`.
    package var message: Message?
    /// When the latest receipt came, for its bright moment.
    package var receiptAt: Double?
    /// Steering keys do nothing and say so.
    package var isReadOnly = false
    package var guardState = InputGuard()
    /// Monotonic seconds of the frame; views read the time from here and nowhere else.
    package var now: Double = 0
    /// Seconds since midnight, for "ends 14:07".
    package var timeOfDay: Double = 0
    /// The feed has answered before: receipts that come from now on are news.
    package var isFollowing = false
    /// When the latest status arrived, in the seconds of `now`.
    package var statusAt: Double?
    /// Where the person was before each of the last printable keys, at most four; see `InputGuard`.
    package var recentPlaces: [ViewPlace] = []
    /// When a confirmed quit becomes one: it waits as steering keys do.
    package var quitsAt: Double?
    /// When Ctrl-C was pressed last: again within 2 s interrupts.
    package var interruptedAt: Double?
    /// The screen's size.
    package var size = Size(width: 80, height: 24)
    /// Where each visible panel is, for the mouse; set from outside after each layout.
    package var panelRects: [Panel: Rect] = [:]
    /// The columns that charts over steps share, for the mouse and the cursor; set from outside after each layout.
    package var plotRect: Rect?
    /// The column where a drag of the x axis was last.
    package var panColumn: Int?
    /// Other runs, drawn behind this one.
    package var references: [ReferenceRun] = []
    /// The keys of this person.
    package var keys = KeyTable.standard
    /// The themes that can be chosen, and the one that is shown.
    package var themeNames: [String] = []
    package var themeName = ""
    /// The theme that was chosen in the dashboard, now or before: what is remembered.
    var keptTheme: String?
    /// What the bell rings for.
    package var bell: Set<BellOccasion> = [.notFinite]
    /// Rulings that a person has dragged, and the one that the mouse holds.
    package var splits = Splits()
    var draggedRuling: Splits.Ruling?
    /// Set when the dashboard should close; what to do then.
    package var exit: Exit?

    package init(history: RunHistory) { self.history = history }

    package struct Message: Hashable, Sendable {
        package var text: String
        package var isTrouble: Bool
        package var expires: Double

        package init(text: String, isTrouble: Bool, expires: Double) {
            self.text = text
            self.isTrouble = isTrouble
            self.expires = expires
        }
    }

    package enum Exit: Hashable, Sendable {
        /// The run has ended or goes on elsewhere; leave with the summary.
        case done
        /// Ctrl-C twice: interrupt the run, exit code 130.
        case interrupted
        /// Quit while the run is alive: interrupt it (the step is finished, `last` saved) and leave with the summary.
        case quit
    }
}
