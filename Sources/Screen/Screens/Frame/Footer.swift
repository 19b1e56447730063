import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The keys of the moment, steering left, viewing right; what waits to be sent and words about the last key come first.
struct Footer: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        guard let row = layout.footerRow else { return }
        // What the last key did comes before a finding too: it is gone soon, and stands nowhere else.
        let isAnswering = state.steering.stagedRate != nil || isMessage && state.notices.isForemost(at: state.clock.now)
        if layout.findingRow == nil, state.overlay.shown == nil, !isAnswering,
            let finding = FindingRow(scene: scene).spans
        {
            canvas.write(finding, x: 1, y: row, limit: size.width - 2)
            return
        }
        let keys = KeyMap.footer(for: state)
        var words = self.words
        var used = words.isEmpty ? 0 : width(of: words) + 3
        var fitting = keys.fitting(size.width - used)
        let all = keys.fitting(size.width)
        if used > 0, isMessage, !state.notices.isForemost(at: state.clock.now), fitting != all {
            (words, used, fitting) = ([], 0, all)
        }
        if layout.width == .narrow, state.overlay.shown == nil {
            fitting = ([], keys.viewing.filter { $0.key == key(.help) })
        }
        var x = 1
        if used > 0 { x = canvas.write(words, x: 1, y: row, limit: size.width - 2) + 3 }
        canvas.write(spans(fitting.steering), x: x, y: row)
        let right = spans(fitting.viewing)
        let start = size.width - 1 - width(of: right)
        if start >= x + width(of: spans(fitting.steering)) { canvas.write(right, x: start, y: row) }
    }

    private func spans(_ keys: [FooterKey]) -> [Span] {
        var spans: [Span] = []
        for key in keys {
            if !spans.isEmpty { spans.append(.dim("  ")) }
            spans.append(Span(key.key, .key))
            spans.append(Span(" " + key.label, .text))
        }
        return spans
    }

    /// Whether the words are a message, which gives way to the keys after a while.
    private var isMessage: Bool {
        state.steering.stagedRate == nil
            && state.notices.current(at: state.clock.now, beside: state.overlay) != nil
    }

    /// The chip of a staged rate, or the word about the last key.
    private var words: [Span] {
        if let staged = state.steering.stagedRate,
            let new = state.steering.stagedLearningRate(from: state.run.live.status)
        {
            let old = live.status.learningRate
            let factor =
                staged.factor >= 1 ? Figure.factor(staged.factor) : "÷" + Figure.factor(1 / staged.factor).dropFirst()
            let peak = state.stagedPeak.map { ", peak \(Figure.plain($0))" } ?? ""
            return [Span("rate \(Figure.plain(old)) → \(Figure.plain(new)) (\(factor)\(peak))", .you)]
        }
        if let message = state.notices.current(at: state.clock.now, beside: state.overlay) {
            return [
                Span(message.isTrouble ? "▲ " + message.text : message.text, message.isTrouble ? .warn : .brightText)
            ]
        }
        if let held = state.steering.heldCommands.last {
            return [Span(EventWords.asked(held.command) + " …", .you)]
        }
        return []
    }
}
