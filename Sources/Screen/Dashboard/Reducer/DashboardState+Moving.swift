import Runs

extension DashboardState {
    /// Moves in the focused panel: the cursor of a chart, the selected layer, the log's rows.
    mutating func move(_ command: KeyCommand) {
        if openedLayer == nil {
            switch focus {
            case .log: return scrollLog(command)
            case .story: return scrollStory(command)
            case .rateChanges: return scrollChanges(command)
            default: break
            }
        }
        if openedLayer != nil || focus.listsLayers || focus == .stdTrend || focus == .signalTrend {
            return moveAmongLayers(command)
        }
        moveAlongSteps(command)
    }

    /// Rows of a page of the log.
    private var logPage: Int { max(1, (panelRects[.log]?.height ?? 12) - 2) }

    private mutating func scrollLog(_ command: KeyCommand) {
        switch command {
        case .up: scrollLog(by: 1)
        case .down: scrollLog(by: -1)
        case .pageUp: scrollLog(by: logPage)
        case .pageDown: scrollLog(by: -logPage)
        case .top: scrollLog(by: history.events.count)
        case .bottom: logScroll = 0
        default: break
        }
    }

    /// Scrolls the log up by so many rows.
    mutating func scrollLog(by rows: Int) {
        logScroll = min(max(0, logScroll + rows), max(0, history.events.count - 1))
    }

    private mutating func moveAmongLayers(_ command: KeyCommand) {
        // The trends have the layers along their x axis.
        let alongLayers = focus == .stdTrend || focus == .signalTrend
        switch command {
        case .up: selectLayer(by: -1)
        case .down: selectLayer(by: 1)
        case .left where alongLayers: selectLayer(by: -1)
        case .right where alongLayers: selectLayer(by: 1)
        case .left, .right: moveAlongSteps(command)
        case .pageUp: selectLayer(by: -5)
        case .pageDown: selectLayer(by: 5)
        case .top: selectLayer(first: true)
        case .bottom: selectLayer(first: false)
        default: break
        }
    }

    /// Moves the cursor of the charts over steps.
    mutating func moveAlongChart(_ command: KeyCommand) { moveAlongSteps(command) }

    private mutating func moveAlongSteps(_ command: KeyCommand) {
        switch command {
        case .left: moveCursor(columns: -1)
        case .right: moveCursor(columns: 1)
        case .pageUp: pan(byShare: -0.5)
        case .pageDown: pan(byShare: 0.5)
        case .top: setCursor(0)
        case .bottom: setCursor(.greatestFiniteMagnitude)
        default: break
        }
    }

    /// What a zoom keeps in place: the cursor, or the run's last step.
    var zoomCenter: Double { charts.cursorStep ?? Double(history.status.position.step) }

    /// Steps worth jumping to, without those that were not finite: rate changes, the best evaluation, notes.
    private var marks: [Int] {
        var steps = Set(history.rateChanges.map(\.position.step))
        if let best = history.best { steps.insert(best.position.step) }
        for event in history.events {
            if case .note = event.content { steps.insert(event.position.step) }
        }
        return steps.sorted()
    }

    mutating func goToMark(forward: Bool) {
        let start = charts.cursorStep ?? .infinity
        let marks = marks
        let found =
            forward
            ? [marks.first { Double($0) > start + 0.5 }, history.notFiniteStep(after: start + 0.5)].compactMap { $0 }
                .min()
            : [marks.last { Double($0) < start - 0.5 }, history.notFiniteStep(before: start - 0.5)].compactMap { $0 }
                .max()
        guard let found else {
            let hasNone = marks.isEmpty && history.notFiniteStep(after: -1) == nil
            say(hasNone ? "no marks yet" : forward ? "no mark after this" : "no mark before this", for: 2)
            return
        }
        charts.cursorStep = Double(found)
        reveal(Double(found))
    }
}
