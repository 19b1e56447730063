import Cells
import Charts
import Dashboard
import History
import Runs
import Screens
import Testing

/// Other runs behind this one.
@Suite struct GhostTests {
    /// A run beside one whose evaluations lie far below both lines.
    private static func state(evaluated: Bool) -> DashboardState {
        var run = CurveRun()
        run.evaluations = [CurveRun.evaluation(500, loss: 1.2), CurveRun.evaluation(900, loss: 1.1)]
        var state = run.state(1_000)
        let other = LiveRun(SampleRun.description)
        other.record(
            (0..<1_000).map {
                .step(StepReport(step: $0, epoch: 0, loss: 2, accuracy: 0.5, learningRate: 0.1, gradientNorm: 1))
            }, at: 0)
        if evaluated {
            other.record(
                [200, 500, 900].map { .evaluation(CurveRun.evaluation($0, loss: 0.2, accuracy: 0.3)) }, at: 0)
        }
        state.run.references = [ReferenceRun(name: "other", feed: other)]
        return state
    }

    private static let sizes = [(80, 24), (120, 40), (200, 50)]

    /// The rows of a panel's plot that have something in the ghosts' colour.
    private func rows(_ panel: PanelID, _ state: DashboardState, _ size: (Int, Int)) throws -> [Int] {
        let plot = try #require(
            ScreenLayout(size: Size(width: size.0, height: size.1), state: state).plotRects[panel])
        let buffer = SampleScreen.draw(state, size.0, size.1)
        return (plot.y..<plot.endY).filter { y in
            (plot.x..<plot.endX).count { buffer[$0, y].style == SampleScreen.palette[.ghost] } > 5
        }
    }

    @Test(arguments: sizes, [PanelID.loss, .accuracy])
    func `a compared run shows its validation too, with a sample and a figure in the legend`(
        size: (Int, Int), panel: PanelID
    ) throws {
        let with = Self.state(evaluated: true)
        #expect(try rows(panel, with, size).count > rows(panel, Self.state(evaluated: false), size).count)
        let heading = try #require(
            SampleScreen.draw(with, size.0, size.1).text.split(separator: "\n").first {
                $0.contains(panel == .loss ? " loss " : " accuracy ")
            })
        #expect(heading.contains("⠤ ⠤"), "\(heading)")
        if size.0 >= 120 { #expect(heading.contains(panel == .loss ? "0.200" : "30.0 %"), "\(heading)") }
    }

    @Test func `where its sample finds no room the line is left out`() throws {
        var with = Self.state(evaluated: true)
        var without = Self.state(evaluated: false)
        for index in 0..<2 {
            with.run.references.append(with.run.references[0])
            without.run.references.append(without.run.references[0])
            with.run.references[index].name = "run-\(index)"
        }
        #expect(try rows(.loss, with, (80, 24)) == rows(.loss, without, (80, 24)))
        #expect(try rows(.loss, with, (200, 50)) != rows(.loss, without, (200, 50)))
    }

    @Test(arguments: sizes) func `one without validation has no second line and no words about it`(size: (Int, Int)) {
        let text = SampleScreen.draw(Self.state(evaluated: false), size.0, size.1).text
        #expect(!text.split(separator: "\n").contains { $0.contains(" loss ") && $0.contains("⠤ ⠤") })
    }
}
