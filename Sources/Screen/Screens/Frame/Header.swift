import Cells
import Charts
import Dashboard
import Runs
import Themes

/// Who runs, what it does, how far it is, how long it takes.
struct Header: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        drawState(on: &canvas)
        if layout.headerRows > 1 { drawProgress(on: &canvas) }
        if let banner { invert(banner, on: &canvas) }
    }

    private func drawState(on canvas: inout Canvas) {
        let isFull = layout.width >= .full
        let gap = isFull ? 4 : 2
        let edge = size.width - 2
        var column = 1
        if layout.width >= .single {
            column = canvas.write(clip(live.description.name, to: nameRoom(gap: gap)), x: 1, y: 0, .brightText)
            column += isFull ? 4 : 1
        }
        canvas.write([scene.phase], x: column, y: 0)
        // The widest phase keeps its place free, so that nothing moves when it changes.
        column += isFull ? 14 : 13
        if layout.width >= .single { column = canvas.write(epochSpans, x: column, y: 0) + gap }
        column = canvas.write(stepSpans, x: column, y: 0)
        if layout.headerRows == 1, column + 8 < edge {
            column = canvas.write(percent(scene.progress), x: column + 1, y: 0, .brightText)
        }
        var right = banner == nil ? timeSpans(withEnd: true) : []
        if width(of: right) > edge - column - 2 { right = timeSpans(withEnd: false) }
        if width(of: right) > edge - column - 2 { right = [] }
        guard isFull else {
            canvas.write(right, endX: edge, y: 0)
            return
        }
        let end = canvas.write(right, x: max(layout.headerDivider + 2, column + 2), y: 0)
        guard !live.description.origin.host.isEmpty, banner == nil else { return }
        let host = [Span.dim("on "), Span(live.description.origin.host)]
        if end + 2 + width(of: host) <= edge { canvas.write(host, endX: edge, y: 0) }
    }

    /// The columns of the name: the usual ones, and those that would stay blank beside it. They do not follow the time that is left,
    /// so that nothing moves while it shrinks.
    private func nameRoom(gap: Int) -> Int {
        let isFull = layout.width >= .full
        let usual = isFull ? 24 : 12
        let others = (isFull ? 4 + 14 : 1 + 13) + width(of: epochSpans) + gap + width(of: stepSpans)
        guard !isFull else { return max(usual, layout.headerDivider + 2 - 2 - others - 1) }
        let room = size.width - 2 - 1 - others - 2
        // The name comes before the time of day at which the run ends.
        let (whole, left) = ("3:12:07 left, ends 14:07".count, "3:12:07 left".count)
        let name = displayWidth(shown(live.description.name))
        return max(usual, room - (name <= room - whole ? whole : left))
    }

    /// Percent, a bar over the plots' columns, speed and the share of time the measuring takes.
    private func drawProgress(on canvas: inout Canvas) {
        canvas.write(percent(scene.progress, width: 5), x: 1, y: 1, .brightText)
        let start = ScreenLayout.plotStart
        let end = layout.headerDivider - 1
        let columns = end - start
        guard columns > 0 else { return }
        Gauge(fraction: scene.progress, done: palette[.train], rest: palette[.frame])
            .draw(into: &canvas.buffer, x: start, y: 1, width: columns, glyphs: glyphs)
        guard layout.width >= .compact else { return }
        let isFull = layout.width >= .full
        let status = live.status
        let right = layout.headerDivider + 2
        let speed = FigureField.speed(status.samplesPerSecond > 0 ? status.samplesPerSecond : .nan)
        canvas.write([.bright(speed), .dim(isFull ? " samples/s" : "/s")], x: right, y: 1)
        canvas.write([.dim("statistics "), .bright(shareText(status.statisticsShare))], endX: size.width - 2, y: 1)
    }

    /// What stands in the inverted row: a state of the whole screen and since when.
    private var banner: (text: String, role: ColorRole)? {
        var parts: [String] = []
        var role = ColorRole.brightText
        if live.status.phase.isPaused {
            let seconds = state.run.secondsInPhase(at: state.clock.now)
            let since = "since \(clock(state.run.phaseBeganTimeOfDay ?? state.clock.timeOfDay - seconds))"
            if state.run.isPausedLong(at: state.clock.now) {
                let advice = state.steering.isReadOnly ? nil : key(.togglePause).map { ", \($0) resumes" }
                parts.append("▲ stands still for \(FigureField.duration(seconds))" + (advice ?? ""))
                role = .warn
            } else {
                parts.append("\(since), \(FigureField.duration(seconds))")
            }
        }
        if let frozen = state.run.frozenSince {
            let since = state.run.frozenTimeOfDay ?? state.clock.timeOfDay - (state.clock.now - frozen)
            parts.append("view frozen since \(clock(since))")
        }
        if state.steering.isReadOnly { parts.append("read only") }
        return parts.isEmpty ? nil : (parts.joined(separator: ", "), role)
    }

    /// Turns row 0 over and says why at its right end.
    private func invert(_ banner: (text: String, role: ColorRole), on canvas: inout Canvas) {
        let style = palette[banner.role]
        canvas.buffer.restyle(Rect(x: 0, y: 0, width: size.width, height: 1)) { _ in style.adding(.reverse) }
        var text = shown(banner.text)
        var used = size.width
        while used > 0, canvas.buffer[used - 1, 0].glyph == " " { used -= 1 }
        let room = size.width - 2 - used - 2
        if displayWidth(text) > room, let comma = text.firstIndex(of: ",") { text = String(text[..<comma]) }
        guard room > 6 else { return }
        canvas.buffer.write(
            clip(text, to: room), endX: size.width - 2, y: 0, style: style.adding([.reverse, .bold]))
    }

    // MARK: Parts

    private var epochSpans: [Span] {
        let total = String(max(1, live.description.lengths.epochs))
        let epoch = min(live.status.epoch + 1, max(1, live.description.lengths.epochs))
        return [.dim("epoch "), .bright(String(epoch).rightAligned(in: total.count)), .dim("/" + total)]
    }

    private var stepSpans: [Span] {
        let step = FigureField.steps(live.status.position.step, asWideAs: live.description.lengths.totalSteps)
        return [.dim("step "), .bright(step), .dim(scene.ofAllSteps)]
    }

    private func timeSpans(withEnd: Bool) -> [Span] {
        if live.status.phase.isFinished {
            return [.dim("after "), .bright(FigureField.duration(live.status.secondsElapsed))]
        }
        guard let left = live.status.secondsLeft else { return [.bright("–"), .dim(" left")] }
        var spans: [Span] = [.bright(FigureField.duration(left)), .dim(" left")]
        if withEnd, left < 86_400 { spans.append(.dim(", ends \(clock(state.clock.timeOfDay + left))")) }
        return spans
    }
}
