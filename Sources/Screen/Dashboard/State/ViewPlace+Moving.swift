import History
import Runs

/// What a view is moved over: the run as it is shown, the axis of its charts, its log, and the rows that a page has.
package struct ViewGround: Sendable {
    /// The run as it is shown.
    package let run: RunHistory
    /// Where the loss of the runs behind it stopped being finite for the first time, rising.
    package let ghostMarks: [Int]
    /// The axis of its charts.
    package let steps: ShownSteps
    /// Its whole log.
    package let story: Story
    /// Rows of a page of the overview's log.
    package let logPage: Int
    /// Rows of a page of the whole log.
    package let storyPage: Int

    /// - Parameters:
    ///   - columns: of the plot that charts over steps share, nil where none is drawn.
    ///   - logRows: rows of the overview's log with its title, nil where it is not drawn.
    ///   - storyRows: rows of the whole log with its title, nil where it is not drawn.
    package init(
        _ view: ViewPlace, run: RunHistory, ghosts: [ReferenceRun] = [], story: Story, columns: Int?, logRows: Int?,
        storyRows: Int?
    ) {
        self.run = run
        ghostMarks = ghosts.compactMap { $0.notFinite[.loss]?.first }.sorted()
        steps = ShownSteps(view, of: run, columns: columns)
        self.story = story
        logPage = max(1, (logRows ?? 12) - 2)
        storyPage = max(1, (storyRows ?? 20) - 2)
    }
}

extension ViewPlace {
    /// Takes a key that changes what is seen and nothing else.
    /// - Returns: what is to be said about it.
    mutating func take(_ command: KeyCommand, on ground: ViewGround) -> Remark? {
        switch command {
        case .screen(let number): Screen(rawValue: number).map { show($0, of: ground.run) }
        case .nextPanel: choosePanel(by: 1)
        case .previousPanel: choosePanel(by: -1)
        case .up, .down, .left, .right, .pageUp, .pageDown, .top, .bottom: move(command, on: ground)
        case .zoomIn: charts.zoom(by: 2, around: zoomCenter(of: ground.run), on: ground.steps)
        case .zoomOut: charts.zoom(by: 0.5, around: zoomCenter(of: ground.run), on: ground.steps)
        case .fit: fit()
        case .followEnd: return followNewest(on: ground.steps)
        case .nextMark: return goToMark(forward: true, on: ground)
        case .previousMark: return goToMark(forward: false, on: ground)
        case .logarithm where screen == .learningRate: charts.logarithmicSchedule.toggle()
        case .logarithm: toggleLogarithm()
        case .logarithmX: return toggleLogarithmX()
        case .xAxis: charts.switchXAxis()
        case .enlarge: enlarged = enlarged == nil ? focus : nil
        case .lookCloser: lookCloser(at: ground.run)
        case .order: layers.byTrouble.toggle()
        case .quantity: layers.quantity = layers.quantity.next
        default: break
        }
        return nil
    }

    /// Moves in the focused panel: the cursor of a chart, the selected layer, the log's rows.
    private mutating func move(_ command: KeyCommand, on ground: ViewGround) {
        if layers.opened != nil { return moveAmongLayers(command, on: ground) }
        switch focus.conduct {
        case .steps, .figures: moveAlongSteps(command, on: ground.steps)
        case .layers, .depth: moveAmongLayers(command, on: ground)
        case .rows(.log): log.take(command, on: ground)
        case .rows(.story): story.take(command, on: ground)
        case .rows(.own(let count)): scrollRows(command, count(ground.run), on: ground)
        }
    }

    /// Moves the cursor of the charts over steps.
    package mutating func moveAlongSteps(_ command: KeyCommand, on steps: ShownSteps) {
        switch command {
        case .left: charts.moveCursor(columns: -1, on: steps)
        case .right: charts.moveCursor(columns: 1, on: steps)
        case .pageUp: charts.pan(byShare: -0.5, on: steps)
        case .pageDown: charts.pan(byShare: 0.5, on: steps)
        case .top: charts.setCursor(0, on: steps)
        case .bottom: charts.setCursor(.greatestFiniteMagnitude, on: steps)
        default: break
        }
    }

    /// Moves the selection among the layers.
    package mutating func moveAmongLayers(_ command: KeyCommand, on ground: ViewGround) {
        let alongLayers = if case .depth = focus.conduct { true } else { false }
        switch command {
        case .up: layers.select(by: -1, of: ground.run)
        case .down: layers.select(by: 1, of: ground.run)
        case .left where alongLayers: layers.select(by: -1, of: ground.run)
        case .right where alongLayers: layers.select(by: 1, of: ground.run)
        case .left, .right: moveAlongSteps(command, on: ground.steps)
        case .pageUp: layers.select(by: -5, of: ground.run)
        case .pageDown: layers.select(by: 5, of: ground.run)
        case .top: layers.select(first: true, of: ground.run)
        case .bottom: layers.select(first: false, of: ground.run)
        default: break
        }
    }

    /// Shows the newest steps at the zoom there is, and goes on with them; all steps where there is none.
    private mutating func followNewest(on steps: ShownSteps) -> Remark? {
        guard charts.follow(on: steps) else {
            fit()
            return nil
        }
        if case .log? = focus.rowList { log.scroll = 0 }
        return Remark("follows the end", for: 2)
    }

    private mutating func goToMark(forward: Bool, on ground: ViewGround) -> Remark? {
        let step = charts.cursorStep ?? .infinity
        let own = ground.run.mark(from: step, forward: forward)
        let ghost =
            forward
            ? ground.ghostMarks.first { Double($0) > step + 0.5 } : ground.ghostMarks.last { Double($0) < step - 0.5 }
        let marks = [own, ghost].compactMap { $0 }
        guard let found = forward ? marks.min() : marks.max() else {
            let words =
                !ground.run.hasMarks && ground.ghostMarks.isEmpty
                ? "no marks yet" : forward ? "no mark after this" : "no mark before this"
            return Remark(words, for: 2)
        }
        charts.mark(Double(found), on: ground.steps)
        return nil
    }

    private mutating func toggleLogarithmX() -> Remark {
        charts.logarithmicX.toggle()
        if charts.xAxis == .time, charts.logarithmicX {
            return Remark("log x is for steps and epochs, not for time", for: 3)
        }
        return Remark(charts.logarithmicX ? "x axis logarithmic" : "x axis linear", for: 2)
    }

    // MARK: Lists

    /// Scrolls rows of the focused panel's own by a key; what does not scroll moves along the steps.
    private mutating func scrollRows(_ command: KeyCommand, _ count: Int, on ground: ViewGround) {
        switch command {
        case .up: scroll(focus, by: 1, of: ground.run)
        case .down: scroll(focus, by: -1, of: ground.run)
        case .pageUp: scroll(focus, by: 8, of: ground.run)
        case .pageDown: scroll(focus, by: -8, of: ground.run)
        case .top: scroll(focus, by: count, of: ground.run)
        case .bottom: scrolls[focus] = nil
        default: moveAlongSteps(command, on: ground.steps)
        }
    }

    /// Scrolls rows of a panel's own up by so many rows.
    mutating func scroll(_ panel: PanelID, by rows: Int, of run: RunHistory) {
        guard case .own(let count)? = panel.rowList else { return }
        let place = min(max(0, (scrolls[panel] ?? 0) + rows), max(0, count(run) - 1))
        scrolls[panel] = place > 0 ? place : nil
    }

    /// What the wheel does over a panel, so many notches up.
    mutating func wheel(_ notches: Int, over panel: PanelID, at step: Double?, on ground: ViewGround) {
        switch panel.conduct {
        case .steps:
            let factor = notches > 0 ? 1.5 : 1 / 1.5
            charts.zoom(by: factor, around: step ?? zoomCenter(of: ground.run), on: ground.steps)
        case .layers, .depth: layers.select(by: -notches, of: ground.run)
        case .rows(.log): log.scroll(by: 3 * notches, of: ground.run)
        case .rows(.story): story.scroll(by: 3 * notches, on: ground)
        case .rows(.own): scroll(panel, by: 3 * notches, of: ground.run)
        case .figures: break
        }
    }
}
