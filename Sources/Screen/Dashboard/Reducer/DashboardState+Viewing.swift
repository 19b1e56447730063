import Runs

extension DashboardState {
    /// Takes a key that changes what is seen and nothing else.
    mutating func view(_ command: KeyCommand) {
        switch command {
        case .screen(let number): Screen(rawValue: number).map { show($0) }
        case .nextPanel: choosePanel(by: 1)
        case .previousPanel: choosePanel(by: -1)
        case .up, .down, .left, .right, .pageUp, .pageDown, .top, .bottom: move(command)
        case .zoomIn: zoom(by: 2, around: zoomCenter)
        case .zoomOut: zoom(by: 0.5, around: zoomCenter)
        case .fit: fit()
        case .followEnd: followNewest()
        case .nextMark: goToMark(forward: true)
        case .previousMark: goToMark(forward: false)
        case .logarithm where screen == .learningRate: logarithmicSchedule.toggle()
        case .logarithm: toggleLogarithm()
        case .logarithmX: toggleLogarithmX()
        case .xAxis: charts.xAxis = Self.after(charts.xAxis, in: [.steps, .epochs, .time])
        case .smoothing: smooth(with: Self.smoothings.first { $0 > charts.smoothing } ?? Self.smoothings[0])
        case .enlarge: enlarged = enlarged == nil ? focus : nil
        case .lookCloser: lookCloser()
        case .back: goBack()
        case .order: layersByTrouble.toggle()
        case .nextMatch: goToMatch(forward: true)
        case .previousMatch: goToMatch(forward: false)
        case .freeze: freeze()
        default: break
        }
    }

    /// What `w` cycles through.
    package static let smoothings = [0, 0.6, 0.9, 0.97, 0.99]

    /// Changes to a screen, with its first panel in focus.
    package mutating func show(_ screen: Screen) {
        if screen != self.screen { focus = Panel.order(on: screen)[0] }
        self.screen = screen
        enlarged = nil
        openedLayer = nil
        // The plan to come, zoomed in, is not on the other screens yet.
        if let zoom = charts.zoom, zoom.upperBound > fittingRange.upperBound { charts.zoom = nil }
    }

    mutating func smooth(with smoothing: Double) {
        charts.smoothing = smoothing
        history.smooth(with: smoothing)
        liveHistory?.smooth(with: smoothing)
        for index in references.indices { references[index].series.smooth(with: smoothing) }
        say(smoothing == 0 ? "smoothing off" : "smoothing \(smoothing)", for: 2)
    }

    mutating func fit() {
        if focus == .log { logScroll = 0 }
        if focus == .rateChanges { changesScroll = 0 }
        if focus == .story { (storyScroll, storyShift) = (0, 0) }
        charts.zoom = nil
        charts.cursorStep = nil
        charts.follows = false
    }

    /// Shows the newest steps at the zoom there is, and goes on with them; all steps where there is none.
    mutating func followNewest() {
        guard let zoom = charts.zoom, let newest = history.stepRange?.upperBound else { return fit() }
        if focus == .log { logScroll = 0 }
        charts.cursorStep = nil
        charts.follows = true
        let span = zoom.upperBound - zoom.lowerBound
        if !zoom.contains(Double(newest)) {
            self.zoom(from: max(0, Double(newest) - span * 0.75), to: Double(newest) + span * 0.25)
        }
        say("follows the end", for: 2)
    }

    /// The other kind of y axis for the chart in focus, for the loss where no chart is.
    private mutating func toggleLogarithm() {
        let panel = focus.isOverSteps || focus == .stdTrend || focus == .signalTrend ? focus : .loss
        if charts.otherY.remove(panel) == nil { charts.otherY.insert(panel) }
    }

    private mutating func toggleLogarithmX() {
        charts.logarithmicX.toggle()
        if charts.xAxis == .time, charts.logarithmicX {
            say("log x is for steps and epochs: press x", for: 3)
        } else {
            say(charts.logarithmicX ? "x axis logarithmic" : "x axis linear", for: 2)
        }
    }

    /// Whether a chart's y axis is logarithmic.
    package func isLogarithmic(_ panel: Panel) -> Bool {
        let byItself: Bool =
            switch panel {
            case .accuracy: !history.description.hasAccuracy
            case .learningRate: false
            default: true
            }
        return byItself != charts.otherY.contains(panel)
    }

    /// Freezes what is shown, or lets it go on with everything that happened meanwhile.
    mutating func freeze() {
        if frozenSince == nil {
            frozenSince = now
            frozenOutput = output.dropped + output.lines.count
            liveHistory = history
        } else {
            frozenSince = nil
            frozenOutput = nil
            history = live
            liveHistory = nil
            followSearch()
        }
    }

    private mutating func choosePanel(by offset: Int) {
        let panels = Panel.order(on: screen)
        let start = panels.firstIndex(of: focus) ?? 0
        focus = panels[(start + offset + panels.count) % panels.count]
        if enlarged != nil { enlarged = focus }
    }

    /// Enter: the layer's close-up where layers are listed, the panel alone elsewhere.
    private mutating func lookCloser() {
        if focus == .scheduleRest {
            steer(.editSchedule)
        } else if !focus.listsLayers, focus != .stdTrend, focus != .signalTrend {
            enlarged = focus
        } else if visibleLayers.contains(selectedLayer) {
            openedLayer = selectedLayer
        } else if let first = visibleLayers.first {
            selectedLayer = first
            openedLayer = first
        }
    }

    /// Esc: one thing back, the innermost first.
    private mutating func goBack() {
        if openedLayer != nil {
            openedLayer = nil
        } else if enlarged != nil {
            enlarged = nil
        } else if screen == .log, !storySearch.words.isEmpty {
            storySearch = StorySearch()
        } else if searchesLayers ? !layerFilter.isEmpty : !logFilter.isEmpty {
            if searchesLayers { layerFilter = "" } else { logFilter = "" }
        } else {
            charts.cursorStep = nil
        }
    }

    private static func after<Value: Equatable>(_ value: Value, in values: [Value]) -> Value {
        values[((values.firstIndex(of: value) ?? -1) + 1) % values.count]
    }
}
