import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The sheet of findings: each with its evidence, and what can be done below it.
struct FindingsView: SceneView {
    let scene: Scene
    let sheet: FindingsSheet

    func draw(on canvas: inout Canvas) {
        let width = min(84, size.width - 6)
        let offer = sheet.offer(of: live)
        var lines: [[Span]] = []
        var chosenLine = 0
        for (place, finding) in live.findings.enumerated() {
            if place > 0 { lines.append([]) }
            let isHead = place == 0
            lines.append([
                Span("▲ " + finding.kind.words, isHead ? .bad : .warn),
                .dim("  since step \(Figure.count(finding.onset))"),
            ])
            lines += HelpPage.wrapped(shown(finding.text), to: width - 2).map { [Span("  " + $0)] }
            if let evidence = evidence(finding) { lines.append([.dim("  " + evidence)]) }
            for (index, remedy) in finding.remedies.enumerated() {
                let isChosen = offer?.finding == place && offer?.remedy == index
                if isChosen { chosenLine = lines.count }
                let isOffered = FindingsSheet.offers(of: live).contains { $0.finding == place && $0.remedy == index }
                let mark = isChosen ? "  ▸ " : isOffered ? "    " : "  · "
                lines += HelpPage.wrapped(shown(remedy.words), to: width - 4).enumerated().map { row, words in
                    [
                        Span(row == 0 ? mark : "    ", .key),
                        Span(words, isChosen ? .brightText : isOffered ? .text : .dimText),
                    ]
                }
            }
        }
        lines.append([])
        lines.append(
            (offer == nil ? [] : [Span("Enter", .key), .dim(" does it   "), Span("↑ ↓", .key), .dim(" choose   ")])
                + [Span("Esc", .key), .dim(" back")])
        // The chosen one stays in sight where there is no room for all.
        let room = max(3, size.height - 6)
        let start = max(0, min(chosenLine - room / 2, lines.count - room))
        let visible = Array(lines[start..<min(lines.count, start + room)])
        canvas.write(visible, in: canvas.box("findings", width: width, rows: visible.count))
    }

    /// The numbers behind it.
    private func evidence(_ finding: Finding) -> String? {
        guard finding.value.isFinite, finding.threshold.isFinite else { return nil }
        return "measured \(Figure.plain(finding.value)), held against \(Figure.plain(finding.threshold))"
    }
}
