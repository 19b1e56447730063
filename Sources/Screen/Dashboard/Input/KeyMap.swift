import Cells

/// The keys and what they do: the one table behind the reducer, the footer and the help.
package enum KeyMap {
    /// All bindings, in the order of the footer and the help.
    package static let bindings: [KeyBinding] = steering + viewing

    /// The bindings of a screen, in the same order.
    package static func bindings(on screen: Screen) -> [KeyBinding] {
        bindings.filter { $0.screens.contains(screen) }
    }

    private static let chartScreens: Set<Screen> = [.overview, .learningRate, .updates, .system]

    /// What a key asks for on a screen, nil where it is free.
    package static func command(for key: InputEvent.Key, on screen: Screen) -> KeyCommand? {
        for binding in bindings where binding.screens.contains(screen) {
            if let trigger = binding.triggers.first(where: { $0.key == key }) { return trigger.command }
        }
        return nil
    }

    private static let steering: [KeyBinding] = [
        KeyBinding(
            "space", "pause", "pause, resume", .steering, importance: 1, [(.character(" "), .togglePause)]),
        KeyBinding(
            ".", "step", "one step while paused (:step 20 for more)", .steering, importance: 2,
            [(.character("."), .singleStep)]),
        KeyBinding(
            "} {", "rate", "rate ×2, ÷2 (also > <); presses within half a second become one command, at most ×8",
            .steering, importance: 3,
            [
                (.character("}"), .rateUp), (.character(">"), .rateUp),
                (.character("{"), .rateDown), (.character("<"), .rateDown),
            ]),
        KeyBinding(
            "=", "set", "set the rate: a number, *0.5 or /3; rescales the plan or holds the value, tab changes",
            .steering, importance: 4,
            [(.character("="), .rateSheet)]),
        KeyBinding(
            "i", "edit plan…", "edit the rest of the plan: shape, from, length, floor; Enter applies, Esc drops it",
            .steering, importance: 4, screens: [.learningRate], [(.character("i"), .editSchedule)]),
        KeyBinding(
            "p", "plan", "back to the planned rate", .steering, importance: 6, [(.character("p"), .followSchedule)]),
        KeyBinding(
            "u", "undo", "take back the last change of the rate or the plan by hand", .steering, importance: 2,
            [(.character("u"), .undo)]),
        KeyBinding(
            "e", "evaluate", "evaluate on the validation set now", .steering, importance: 7,
            [(.character("e"), .evaluate)]),
        KeyBinding(
            "r", "rewind…", "go back in time: the cursor chooses the moment, and a rate may be typed", .steering,
            importance: 6, [(.character("r"), .rewind)]),
        KeyBinding(
            "F L", "race…", "copies at several rates from here; L: at rising ones",
            .steering,
            [(.character("F"), .race), (.character("L"), .findRate)]),
        KeyBinding(
            "c C", "checkpoint",
            "write a checkpoint now; C: the pre-flight ladder", .steering,
            [(.character("c"), .checkpoint), (.character("C"), .check)]),
        KeyBinding(
            "s", "stop…", "stop early: asks which weights to keep", .steering, importance: 5,
            [(.character("s"), .stopSheet)]),
        KeyBinding(
            "d", "detach", "leave the run going without this terminal; sitter attach comes back to it", .steering,
            [(.character("d"), .detach)]),
        KeyBinding(
            "ctrl-C", "quit", "asks before quitting; again within 2 s interrupts the run (exit code 130)", .steering,
            [(.control("c"), .interrupt)]),
        KeyBinding(
            "ctrl-Z", "suspend", "suspend sitter: training stands still until fg", .steering,
            [(.control("z"), .suspend)]),
    ]

    private static let viewing: [KeyBinding] = [
        KeyBinding(
            "1-6", "screens", "overview, layers, learning rate, updates, system, log", .viewing, importance: 4,
            Screen.allCases.map { (.character(Character("\($0.rawValue)")), .screen($0.rawValue)) }),
        KeyBinding(
            "tab", "panel", "next panel (shift-tab: previous; or click)", .viewing, importance: 3,
            screens: [.overview, .layers, .learningRate, .updates, .system],
            [(.tab, .nextPanel), (.backTab, .previousPanel)]),
        KeyBinding(
            "arrows", "move", "move the cursor, pan, scroll (also h j k l, page keys, wheel)", .viewing,
            [
                (.left, .left), (.character("h"), .left), (.down, .down), (.character("j"), .down),
                (.up, .up), (.character("k"), .up), (.right, .right), (.character("l"), .right),
                (.pageUp, .pageUp), (.pageDown, .pageDown),
            ]),
        KeyBinding(
            "+ -", "zoom", "zoom the steps around the cursor (or wheel on a chart)", .viewing,
            screens: chartScreens,
            [(.character("+"), .zoomIn), (.character("-"), .zoomOut)]),
        KeyBinding(
            "0 End", "fit", "show all steps; End: follow the end", .viewing,
            [(.character("0"), .fit), (.end, .followEnd)]),
        KeyBinding(
            "] [", "mark", "next, previous mark: rate change, best, NaN, note", .viewing,
            screens: chartScreens,
            [(.character("]"), .nextMark), (.character("["), .previousMark)]),
        KeyBinding(
            "y", "log y", "y axis of the chart in focus: logarithmic or linear", .viewing,
            screens: [.overview, .learningRate, .updates], [(.character("y"), .logarithm)]),
        KeyBinding(
            "x X", "x axis", "x axis in steps, epochs, time; X: logarithmic or linear", .viewing,
            screens: chartScreens, [(.character("x"), .xAxis), (.character("X"), .logarithmX)]),
        KeyBinding(
            "w", "smooth", "smoothing: off, or over 1, 3, 10 % of the steps so far", .viewing,
            screens: [.overview, .updates],
            [(.character("w"), .smoothing)]),
        KeyBinding(
            "o", "order", "layers in depth order or worst first", .viewing, importance: 6,
            screens: [.layers, .updates],
            [(.character("o"), .order)]),
        KeyBinding(
            "b", "before", "histograms after the activation, before it, or of the gradients", .viewing, importance: 7,
            screens: [.layers], [(.character("b"), .quantity)]),
        KeyBinding(
            "! a A", "findings", "what is wrong, what helps; a: heard, A: later", .viewing,
            importance: 2,
            [(.character("!"), .findings), (.character("a"), .acknowledge), (.character("A"), .snooze)]),
        KeyBinding(
            "z", "zoom", "enlarge the panel, or back", .viewing, importance: 5,
            screens: [.overview, .layers, .learningRate, .updates, .system], [(.character("z"), .enlarge)]),
        KeyBinding(
            "Enter", "closer", "look closer: one layer, or the panel alone", .viewing, [(.enter, .lookCloser)]),
        KeyBinding("Esc", "back", "back; drops what waits to be sent", .viewing, [(.escape, .back)]),
        KeyBinding(
            "/", "search", "filter layers, or search the log", .viewing, importance: 7, [(.character("/"), .search)]),
        KeyBinding(
            "n N g G", "match", "next, previous match; top, bottom (also Home)",
            .viewing,
            [
                (.character("n"), .nextMatch), (.character("N"), .previousMatch), (.character("g"), .top),
                (.home, .top),
                (.character("G"), .bottom),
            ]),
        KeyBinding(
            "v", "freeze", "freeze the view; the run goes on", .viewing, importance: 8, [(.character("v"), .freeze)]),
        KeyBinding(
            "m", "note", "a note at this step, for the log and the charts", .viewing, [(.character("m"), .note)]),
        KeyBinding(
            "E Y", "export", "export the panel's numbers as CSV, or the screen as text; Y copies the numbers", .viewing,
            [(.character("E"), .export), (.character("Y"), .copy)]),
        KeyBinding(
            "M", "mouse", "give the terminal its mouse, or take it back", .viewing,
            [(.character("M"), .mouse)]),
        KeyBinding(
            "T", "tags…", "choose which series is the loss, the accuracy",
            .viewing,
            importance: 3, [(.character("T"), .tags)]),
        KeyBinding("t", "theme", "choose a theme; it is shown at once", .viewing, [(.character("t"), .themes)]),
        KeyBinding(
            ":", "commands", "type a command, with completion", .viewing, importance: 9,
            [(.character(":"), .palette)]),
        KeyBinding("?", "help", "this help", .viewing, importance: 1, [(.character("?"), .help)]),
        KeyBinding(
            "q", "quit", "quit; asks first while the run is alive (y quits)", .viewing, importance: 2,
            [(.character("q"), .quit)]),
        KeyBinding("ctrl-L", "redraw", "draw the screen anew", .viewing, [(.control("l"), .redraw)]),
    ]
}
