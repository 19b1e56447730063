import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The one frame with its shared rulings, the panels' titles and read-outs in them, and the step axis below.
    mutating func drawFrame() {
        guard !layout.frame.isEmpty else { return }
        var frame = Frame(bounds: layout.frame, style: palette[.frame])
        let bottom = layout.frame.endY - 1
        for rect in layout.panelRects.values where rect.y > layout.frame.y {
            frame.rulings.append(.horizontal(y: rect.y, from: rect.x - 1, through: rect.endX))
        }
        if let rect = layout.updatesRect {
            frame.rulings.append(.horizontal(y: rect.y, from: rect.x - 1, through: rect.endX))
        }
        if let x = layout.dividerX {
            let top = layout.panelRects[.stdTrend]?.y ?? layout.frame.y
            frame.rulings.append(.vertical(x: x, from: top, through: bottom))
        }
        for panel in Panel.allCases {
            guard let rect = layout.panelRects[panel], rect.height > 0 else { continue }
            frame.headings.append(heading(of: panel, rect))
        }
        if let rect = layout.updatesRect {
            frame.headings.append(
                Frame.Heading(
                    y: rect.y, from: rect.x - 1, through: rect.endX, title: "update ÷ weight".shown(by: self),
                    titleStyle: palette[.title]))
        }
        if let ticks = stepTicks { frame.axes.append(ticks) }
        frame.axes += depthTicks
        frame.draw(into: &buffer, glyphs: glyphs)
        drawReceiptInBorder()
    }

    private func heading(of panel: Panel, _ rect: Rect) -> Frame.Heading {
        let isFocused = state.view.focus == panel && state.overlay.shown == nil
        var heading = Frame.Heading(
            y: rect.y, from: rect.x - 1, through: rect.endX, title: shown(title(of: panel)),
            titleStyle: palette[.title], focus: isFocused ? palette[.focusFrame] : nil)
        heading.note = runs(note(of: panel))
        var groups = readOuts(of: panel)
        if panel == .layers, layout.rowsPerLayer == 1 { heading.rightInset = 0 }
        if panel == .stdTrend || panel == .signalTrend { heading.leftInset = 0 }
        let noteWidth = width(of: note(of: panel))
        let taken =
            heading.leftInset + displayWidth(heading.title) + (isFocused ? 4 : 2)
            + (noteWidth > 0 ? noteWidth + 3 : 0) + 2 + heading.rightInset
        let gap = layout.width >= .full && panel != .learningRate ? 3 : 2
        func joined() -> [Span] { Array(groups.joined(separator: [.dim(String(repeating: " ", count: gap))])) }
        while !groups.isEmpty, width(of: joined()) + taken > rect.width { groups.removeLast() }
        heading.readOuts = runs(joined())
        return heading
    }

    private func runs(_ spans: [Span]) -> [(String, Style)] { spans.map { (shown($0.text), palette[$0.role]) } }

    func title(of panel: Panel) -> String {
        switch panel {
        case .loss: "loss"
        case .accuracy: run.description.hasAccuracy ? "accuracy" : "gradient norm"
        case .learningRate: layout.width >= .medium ? "learning rate" : "rate"
        case .layers: "layers"
        case .log: "log"
        case .depth: closeUpTitle ?? "depth"
        case .stdTrend: "std"
        case .signalTrend: "backward signal"
        case .schedule: "learning rate"
        case .rateChanges: "changes"
        case .scheduleRest: state.overlay.scheduleSheet == nil ? "rest of the plan" : "edit the rest"
        case .gradientNorms: "gradient norm"
        case .updateRatios: "update ÷ weight"
        case .clippedSteps: "clipped steps"
        case .layerUpdates: "layers"
        case .speed: "samples/s"
        case .memory: "memory"
        case .stepTimes: "time of a step"
        case .dashboardCost: "dashboard"
        case .story: "log"
        }
    }

    private func note(of panel: Panel) -> [Span] {
        switch panel {
        case .log where !state.view.logFilter.isEmpty: return [.dim("/ "), Span(state.view.logFilter)]
        case .depth: return depthNote
        case .layerUpdates where !state.view.layers.filter.isEmpty: return [.dim("/ "), Span(state.view.layers.filter)]
        case .story: return storyNote
        default: return []
        }
    }

    /// Groups of spans at a ruling's right end, the most important first.
    private func readOuts(of panel: Panel) -> [[Span]] {
        switch panel {
        case .loss: lossReadOuts
        case .accuracy: accuracyReadOuts
        case .learningRate: rateReadOuts
        case .layers: layersReadOuts
        case .log: state.view.logScroll > 0 ? [[.dim("\(state.view.logScroll) newer below")]] : []
        case .depth: depthReadOuts
        case .stdTrend, .signalTrend: trendReadOuts
        case .schedule: scheduleReadOuts
        case .rateChanges: state.view.changesScroll > 0 ? [[.dim("\(state.view.changesScroll) newer below")]] : []
        case .scheduleRest: []
        case .gradientNorms: gradientReadOuts
        case .updateRatios: ratioReadOuts
        case .clippedSteps: clippedReadOuts
        case .layerUpdates: layerUpdatesReadOuts
        case .speed: speedReadOuts
        case .memory: memoryReadOuts
        case .stepTimes: stepTimesReadOuts
        case .dashboardCost: []
        case .story: storyReadOuts
        }
    }

    /// With one pane the last receipt stands in the loss panel's lower border.
    private mutating func drawReceiptInBorder() {
        guard layout.width < .compact, layout.panelRects[.log] == nil, let loss = layout.panelRects[.loss],
            let index = run.events.lastIndex(where: { if case .receipt = $0.content { true } else { false } })
        else { return }
        let words = run.words(at: index)
        let spans = [
            Span(" " + Figure.count(words.step) + " ", .dimText), Span(words.who + " ", role(ofAuthor: words.who)),
            Span(
                words.short + " ",
                words.isTrouble ? .bad : state.notices.isReceiptBright(at: state.clock.now) ? .brightText : .text),
        ]
        let row = loss.endY
        guard row < layout.frame.endY - 1, let gap = longestRuling(row) else { return }
        let wanted = width(of: spans)
        guard gap.count >= wanted + 2 else { return }
        write(spans, x: gap.lowerBound + 1, y: row)
    }

    /// The longest stretch of a row where the ruling is free.
    private func longestRuling(_ row: Int) -> Range<Int>? {
        var longest: Range<Int>?
        var start: Int?
        for x in 1..<size.width {
            let isFree = buffer[x, row].glyph == "─" || buffer[x, row].glyph == "-"
            if isFree, start == nil { start = x }
            if !isFree, let first = start {
                if x - first > longest?.count ?? 0 { longest = first..<x }
                start = nil
            }
        }
        return longest
    }
}

extension String {
    /// The text as a pen's terminal can show it.
    func shown(by pen: Pen) -> String { pen.shown(self) }
}
