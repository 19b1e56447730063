import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The row of findings: what the run came to, or what is wrong; while nothing is, which screens there are.
struct FindingRow: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        guard let row = layout.findingRow else { return }
        canvas.write(spans ?? screenSpans, x: 1, y: row, limit: size.width - 2)
    }

    /// Layer or number, what is the case, since when.
    var spans: [Span]? {
        if live.status.untold == .gone {
            return [Span("▲ its process has gone at step \(Figure.count(live.status.position.step))", .warn)]
        }
        if live.status.untold == .recorded {
            let isEmpty = live.series.count == 0 && live.evaluations.isEmpty
            return isEmpty ? [.dim("no numbers yet: the file is read again when it has grown")] : warningSpans
        }
        if case .finished(let reason) = live.status.phase { return endSpans(reason) }
        if live.status.phase != .paused(.notFinite), let found = validationSpans { return found }
        if live.status.phase != .paused(.notFinite), let found = findingSpans { return found }
        guard let step = notFiniteStep else { return warningSpans }
        let at = Figure.count(step)
        if live.status.phase == .paused(.notFinite) {
            let start = "▲ loss is not finite at step \(at)"
            let isRuined = NotFiniteFinding(live).isRuined
            let long = start + (isRuined ? ": updates before it have ruined the weights" : ": the update was skipped")
            let short = start + (isRuined ? ", weights ruined" : ", update skipped")
            let forms =
                pauseKey.map { [long + "; \($0) says what can be done", short + ": \($0)", start] }
                ?? [long, short, start]
            return [Span(forms.first { $0.count <= size.width - 2 } ?? start, .bad)]
        }
        let count = live.notFiniteCount(over: 0...Double(max(1, live.status.position.step)))
        let more = count > 1 ? ", \(Figure.count(count)) times in all" : ""
        return [Span("▲ loss is not finite at step \(at): the update was skipped\(more)", .bad)]
    }

    /// What is said where the latest evaluation was not finite.
    private var validationSpans: [Span]? {
        guard let report = live.status.latestEvaluation, report.loss.wentWrong else { return nil }
        let start = "▲ validation loss is not finite at step \(Figure.count(report.position.step))"
        let isPaused = live.status.phase == .paused(.validationNotFinite)
        let advice = isPaused ? pauseKey.map { "; \($0) goes on all the same" } : nil
        let forms = [start + ": no best, no progress" + (advice ?? ""), start]
        return [Span(forms.first { $0.count <= size.width - 2 } ?? start, .bad)]
    }

    /// The first cause of what is wrong, and how many more there are.
    private var findingSpans: [Span]? {
        let findings = state.heard.rest(of: live, at: state.clock.now)
        guard let first = findings.first else { return nil }
        let place = key(.findings).map { "  \($0)" } ?? ""
        let more = (findings.count > 1 ? "  +\(findings.count - 1)" : "") + place
        let since = first.onset > 0 ? ", since step \(Figure.count(first.onset))" : ""
        let room = size.width - 2 - 2 - displayWidth(more)
        let text = shown(first.text)
        let forms = ["\(first.kind.words): \(text)\(since)", "\(first.kind.words): \(text)"]
        let words = forms.first { displayWidth($0) <= room } ?? clip(forms[1], to: room)
        return [Span("▲ " + words, .bad), .dim(more)]
    }

    /// The key that pauses and resumes; nil where nobody may steer, so that there is no advice either.
    private var pauseKey: String? { state.steering.isReadOnly ? nil : key(.togglePause) }

    /// What was to be said before the first step: what gives doubt stays, a notice goes after the first epoch.
    private var warningSpans: [Span]? {
        let all = live.description.warnings
        let isYoung = live.status.position.step < max(1, live.description.lengths.firstStep(ofEpoch: 1))
        guard let first = all.first(where: { $0.weight == .doubt }) ?? (isYoung ? all.first : nil) else { return nil }
        let place = key(.screen(Screen.log.rawValue)).map { ": \($0)" } ?? ""
        let more = all.count > 1 ? "  +\(all.count - 1)\(place)" : ""
        let room = size.width - 2 - 2 - more.count
        let sentence = shown(first.sentence)
        return [
            Span("▲ " + (displayWidth(sentence) > room ? clip(sentence, to: room) : sentence), .warn), .dim(more),
        ]
    }

    /// The latest step whose loss or gradient was not finite.
    private var notFiniteStep: Int? {
        let reached = Double(max(1, live.status.position.step))
        return live.notFiniteStep(before: reached.nextUp)
    }

    /// What the run came to: why it ended where that is not the usual, what was kept, and where it is. The header says that it is over.
    private func endSpans(_ reason: EndReason) -> [Span] {
        var groups: [[Span]] = []
        if reason != .completed {
            let isTrouble = reason == .notFinite
            let words = "\(EventWords.words(of: reason)) at step \(Figure.count(live.status.position.step))"
            groups.append([Span((isTrouble ? "▲ " : "") + words, isTrouble ? .bad : .brightText)])
        }
        guard let end = live.status.end else { return groups.first ?? [] }
        let kept = keptSpans(end)
        // The end's, wherever the cursor stands.
        let lastLoss = live.series.stepRange.flatMap {
            live.series.average(.loss, at: Double($0.upperBound), in: scene.space(of: .loss))
        }
        let last: [Span] = [.dim("last loss "), Span(Figure.plain(lastLoss))]
        // What matters least goes first where there is no room.
        let (file, folder) = place(of: end)
        let choices: [[[Span]]] = [
            groups + [kept.long, last, file], groups + [kept.long, file], groups + [kept.middle, file],
            groups + [kept.middle, folder], groups + [kept.long], groups + [kept.middle], groups + [kept.short],
        ]
        let gap: [Span] = [.dim("   ")]
        let forms: [[Span]] = choices.map { Array($0.joined(separator: gap)) }
        return forms.first { width(of: $0) <= size.width - 2 } ?? forms[forms.count - 1]
    }

    private func keptSpans(_ end: EndSummary) -> (long: [Span], middle: [Span], short: [Span]) {
        let isBest = end.kept == .best && end.best != nil
        let short: [Span] =
            isBest
            ? [.dim("kept "), Span("◆ ", .best), Span("the best weights")] : [.dim("kept "), Span("the last weights")]
        guard let best = end.best else { return (short, short, short) }
        let before: [Span] = isBest ? [.dim("kept ")] : short + [.dim("   best ")]
        let middle: [Span] =
            before + [
                Span("◆ ", .best), Span("step \(Figure.count(best.position.step))"), .dim("  loss "),
                .bright(Figure.plain(best.loss)),
            ]
        guard let accuracy = best.accuracy else { return (middle, middle, short) }
        return (middle + [.dim("  accuracy "), .bright(shareText(accuracy))], middle, short)
    }

    /// Where the weights are, and the same in fewer words.
    private func place(of end: EndSummary) -> (file: [Span], folder: [Span]) {
        if let directory = live.description.origin.directory {
            return (
                [.dim("in "), Span("\(directory)/checkpoints/\(end.kept.rawValue).safetensors")],
                [.dim("in "), Span(directory)]
            )
        }
        if let saved = state.keeping.saved { return ([.dim("saved in "), Span(saved)], [Span("saved")]) }
        let short = [Span("not saved", .warn)]
        let asks = state.keeping.isOffered ? hint(.quit, "asks").map { [.dim(": ")] + $0 } ?? [] : []
        return (short + asks, short)
    }

    /// The screens by their keys, the open one bright: what stands there while nothing is found.
    private var screenSpans: [Span] {
        func spans(_ name: (Screen) -> String) -> [Span] {
            Screen.allCases.flatMap { screen -> [Span] in
                let isOpen = screen == state.view.screen
                return [
                    Span(screen == .overview ? "" : "  "),
                    Span(key(.screen(screen.rawValue)) ?? "–", isOpen ? .brightText : .key),
                    Span(" " + name(screen), isOpen ? .brightText : .dimText),
                ]
            }
        }
        let forms = [spans(\.name), spans { $0 == .learningRate ? "rate" : $0.name }]
        return forms.first { width(of: $0) <= size.width - 2 } ?? []
    }
}
