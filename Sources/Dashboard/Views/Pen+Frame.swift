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
        let isFocused = state.focus == panel && state.overlay == nil
        var heading = Frame.Heading(
            y: rect.y, from: rect.x - 1, through: rect.endX, title: shown(title(of: panel)),
            titleStyle: palette[.title], focus: isFocused ? palette[.focusFrame] : nil)
        heading.note = runs(note(of: panel))
        let taken = displayWidth(heading.title) + (isFocused ? 4 : 2) + width(of: note(of: panel)) + 5
        var groups = readOuts(of: panel)
        let isTight = panel == .layers && layout.rowsPerLayer == 1
        if isTight { heading.rightInset = 0 }
        let gap = layout.width >= .full && panel != .learningRate ? 3 : 2
        func joined() -> [Span] { Array(groups.joined(separator: [.dim(String(repeating: " ", count: gap))])) }
        while !groups.isEmpty, width(of: joined()) + taken > rect.width + 1 { groups.removeLast() }
        heading.readOuts = runs(joined())
        return heading
    }

    private func runs(_ spans: [Span]) -> [(String, Style)] { spans.map { (shown($0.text), palette[$0.role]) } }

    private func title(of panel: Panel) -> String {
        switch panel {
        case .loss: "loss"
        case .accuracy: run.description.hasAccuracy ? "accuracy" : "gradient norm"
        case .learningRate: layout.width >= .medium ? "learning rate" : "rate"
        case .layers: "layers"
        case .log: "log"
        case .depth: closeUpTitle ?? "depth"
        case .stdTrend: "std"
        case .signalTrend: "backward signal"
        }
    }

    private func note(of panel: Panel) -> [Span] {
        switch panel {
        case .log where !state.logFilter.isEmpty: return [.dim("/ "), Span(state.logFilter)]
        case .depth: return depthNote
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
        case .log: state.logScroll > 0 ? [[.dim("\(state.logScroll) newer below")]] : []
        case .depth: depthReadOuts
        case .stdTrend, .signalTrend: trendReadOuts
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
            Span(words.short + " ", words.isTrouble ? .bad : state.isReceiptBright ? .brightText : .text),
        ]
        let row = loss.endY
        guard row < layout.frame.endY - 1 else { return }
        let start = loss.endX - 1 - width(of: spans)
        var used = start - 1
        while used > 0, buffer[used, row].glyph == "─" || buffer[used, row].glyph == "-" { used -= 1 }
        // The read-outs of the panel below own the ruling; the receipt takes what they leave.
        let isFree = (start..<max(start, loss.endX - 1)).allSatisfy {
            buffer[$0, row].glyph == "─" || buffer[$0, row].glyph == "-"
        }
        if start > 0, isFree { write(spans, x: start, y: row) }
    }
}

extension String {
    /// The text as a pen's terminal can show it.
    func shown(by pen: Pen) -> String { pen.shown(self) }
}
