import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// Who runs, what it does, how far it is, how long it takes.
    mutating func drawHeader() {
        drawHeaderState()
        if layout.headerRows > 1 { drawProgress() }
        if let banner = headerBanner { invertHeader(banner) }
    }

    private mutating func drawHeaderState() {
        let isFull = layout.width >= .full
        let gap = isFull ? 4 : 2
        let edge = size.width - 2
        var column = 1
        if layout.width >= .single {
            column = write(clip(live.description.name, to: isFull ? 24 : 12), x: 1, y: 0, .brightText)
            column += isFull ? 4 : 1
        }
        write(phaseSpans, x: column, y: 0)
        // The widest phase keeps its place free, so that nothing moves when it changes.
        column += isFull ? 14 : 13
        if layout.width >= .single { column = write(epochSpans, x: column, y: 0) + gap }
        column = write(stepSpans, x: column, y: 0)
        if layout.headerRows == 1, column + 8 < edge {
            column = write(percent(progress), x: column + 1, y: 0, .brightText)
        }
        var right = headerBanner == nil ? timeSpans(withEnd: true) : []
        if width(of: right) > edge - column - 2 { right = timeSpans(withEnd: false) }
        if width(of: right) > edge - column - 2 { right = [] }
        guard isFull else {
            write(right, endX: edge, y: 0)
            return
        }
        let end = write(right, x: max(layout.headerDivider + 2, column + 2), y: 0)
        guard !live.description.host.isEmpty, headerBanner == nil else { return }
        let host = [Span.dim("on "), Span(live.description.host)]
        if end + 2 + width(of: host) <= edge { write(host, endX: edge, y: 0) }
    }

    /// Percent, a bar over the plots' columns, speed and the share of time the measuring takes.
    private mutating func drawProgress() {
        write(percent(progress, width: 5), x: 1, y: 1, .brightText)
        let start = ScreenLayout.plotStart
        let end = layout.headerDivider - 1
        let columns = end - start
        guard columns > 0 else { return }
        Gauge(fraction: progress, done: palette[.train], rest: palette[.frame])
            .draw(into: &buffer, x: start, y: 1, width: columns, glyphs: glyphs)
        guard layout.width >= .compact else { return }
        let isFull = layout.width >= .full
        let status = live.status
        let right = layout.headerDivider + 2
        let speed = Figures.speed(status.samplesPerSecond > 0 ? status.samplesPerSecond : .nan)
        write([.bright(speed), .dim(isFull ? " samples/s" : "/s")], x: right, y: 1)
        write([.dim("probes "), .bright(shareText(status.statisticsShare))], endX: size.width - 2, y: 1)
    }

    /// What stands in the inverted row: a state of the whole screen and since when.
    private var headerBanner: (text: String, role: ColorRole)? {
        var parts: [String] = []
        var role = ColorRole.brightText
        if live.status.phase.isPaused {
            let seconds = state.run.secondsInPhase(at: state.clock.now)
            let since = "since \(clock(state.clock.timeOfDay - seconds))"
            if state.run.isPausedLong(at: state.clock.now) {
                parts.append("▲ stands still for \(Figures.duration(seconds)), space resumes")
                role = .warn
            } else {
                parts.append("\(since), \(Figures.duration(seconds))")
            }
        }
        if let frozen = state.run.frozenSince {
            parts.append("view frozen since \(clock(state.clock.timeOfDay - (state.clock.now - frozen)))")
        }
        if state.steering.isReadOnly { parts.append("read only") }
        return parts.isEmpty ? nil : (parts.joined(separator: ", "), role)
    }

    /// Turns row 0 over and says why at its right end.
    private mutating func invertHeader(_ banner: (text: String, role: ColorRole)) {
        let style = palette[banner.role]
        buffer.restyle(Rect(x: 0, y: 0, width: size.width, height: 1)) { _ in style.adding(.reverse) }
        var text = shown(banner.text)
        var used = size.width
        while used > 0, buffer[used - 1, 0].glyph == " " { used -= 1 }
        let room = size.width - 2 - used - 2
        if displayWidth(text) > room, let comma = text.firstIndex(of: ",") { text = String(text[..<comma]) }
        guard room > 6 else { return }
        buffer.write(
            clip(text, to: room), endX: size.width - 2, y: 0, style: style.adding([.reverse, .bold]))
    }

    // MARK: Parts

    /// The phase with its glyph: colour, glyph and word say the same thing.
    var phaseSpans: [Span] {
        let (glyph, word, role): (String, String, ColorRole) =
            switch live.status.phase {
            case .preparing: ("·", "preparing", .dimText)
            case .training: ("▸", "training", .good)
            case .evaluating: ("○", "evaluating", .validation)
            case .paused(.asked): ("●", "paused", .you)
            case .paused(.notFinite): ("▲", "paused", .bad)
            case .finished: ("●", "finished", .brightText)
            }
        return [Span(glyph + " " + word, role)]
    }

    private var epochSpans: [Span] {
        let total = String(max(1, live.description.epochs))
        let epoch = min(live.status.epoch + 1, max(1, live.description.epochs))
        return [.dim("epoch "), .bright(padded(String(epoch), to: total.count)), .dim("/" + total)]
    }

    private var stepSpans: [Span] {
        let total = String(Figures.steps(live.description.totalSteps, asWideAs: 0))
        let step = Figures.steps(live.status.position.step, asWideAs: live.description.totalSteps)
        return [.dim("step "), .bright(step), .dim("/" + total)]
    }

    private func timeSpans(withEnd: Bool) -> [Span] {
        if live.status.phase.isFinished {
            return [.dim("after "), .bright(Figures.duration(live.status.secondsElapsed))]
        }
        guard let left = live.status.secondsLeft else { return [.bright("–"), .dim(" left")] }
        var spans: [Span] = [.bright(Figures.duration(left)), .dim(" left")]
        if withEnd, left < 86_400 { spans.append(.dim(", ends \(clock(state.clock.timeOfDay + left))")) }
        return spans
    }
}
