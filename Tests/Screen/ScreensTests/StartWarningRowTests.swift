import Cells
import Dashboard
import History
import Runs
import Screens
import Testing

/// What is said before the first step stands in the row of findings, and what other runs lack in the chart.
@Suite struct StartWarningRowTests {
    private static let doubt = StartWarning(
        "csv.header",
        "table.csv: line 1 looks like data (0.5, 1), and is taken for the names of the columns; header: false")
    private static let notice = StartWarning(
        "weights.prefix", .notice, "w.safetensors: the names begin with \"module.\"")

    private func row(_ warnings: [StartWarning], _ run: SampleRun = SampleRun(), width: Int = 120) -> String {
        let state = SampleScreen.state(run) { $0.run.history.description.warnings = warnings }
        return SampleScreen.draw(state, width, 40).text.split(separator: "\n", omittingEmptySubsequences: false)
            .first { $0.contains("▲") && ($0.contains("table.csv") || $0.contains("safetensors")) }.map(String.init)
            ?? ""
    }

    @Test func `a doubt stays in the row, cut where it has no room`() {
        #expect(row([Self.doubt]).contains("▲ \(Self.doubt.sentence)"))
        #expect(
            row([Self.doubt], width: 80).contains(
                "▲ table.csv: line 1 looks like data (0.5, 1), and is taken for the names"))
        #expect(row([]).isEmpty)
    }

    @Test func `of several the first doubt is shown, and where the others are`() {
        let said = row([Self.notice, Self.doubt, Self.notice], width: 160)
        #expect(said.contains("▲ \(Self.doubt.sentence)  +2: 6"))
    }

    @Test func `a notice goes after the first epoch`() {
        #expect(row([Self.notice], SampleRun(step: 100)).contains("▲ \(Self.notice.sentence)"))
        #expect(row([Self.notice], SampleRun(step: 126)).isEmpty)
    }

    /// Finite at the first and the last of 600 steps: two dots and no line between them, and a mark at the first that was not.
    @Test func `a ghost that was no number has a gap and a mark`() {
        func ghost(_ loss: (Int) -> Double) -> ReferenceRun {
            let run = LiveRun(SampleRun.description)
            let steps = (0..<600).map { step in
                StepReport(
                    step: step, epoch: 0, loss: loss(step), accuracy: .nan, learningRate: 0.1, gradientNorm: 1)
            }
            run.record(steps.map { .step($0) }, at: 0)
            let gaps = steps.filter { !$0.loss.isFinite }.map(\.step)
            return ReferenceRun(name: "ghost", feed: run, notFinite: gaps.isEmpty ? [:] : [.loss: gaps])
        }
        func drawn(_ ghost: ReferenceRun) -> String {
            let state = SampleScreen.state(SampleRun(step: 1)) {
                $0.run.references = [ghost]
                $0.view.charts.zoom = 0...600
                $0.view.enlarged = .loss
            }
            return SampleScreen.draw(state, 120, 40).text
        }
        func dots(_ text: String) -> Int { text.unicodeScalars.count { (0x2801...0x28FF).contains($0.value) } }
        let whole = drawn(ghost { 1 + Double($0) / 600 })
        let broken = drawn(ghost { $0 == 0 || $0 == 599 ? 1 : .nan })
        #expect(dots(whole) > dots(broken) + 30)
        #expect(!whole.contains("▲") && broken.contains("▲"))
    }
}
