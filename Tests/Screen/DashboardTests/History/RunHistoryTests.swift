import Dashboard
import History
import Runs
import Screens
import Testing

@Suite("The run's history")
struct RunHistoryTests {
    static func history(_ events: [(RunEvent.Content, Int, Double)], layers: [LayersReport] = []) -> RunHistory {
        let desk = Desk()
        var history = RunHistory(description: desk.state.run.history.description)
        history.apply(
            desk.changes(
                layers: layers,
                events: events.map { RunEvent(position: Position(step: $0.1), content: $0.0, seconds: $0.2) }))
        return history
    }

    static func receipt(
        _ command: RunCommand, step: Int = 1180, author: Author = .person, old: Double? = nil, new: Double? = nil
    ) -> RunEvent.Content {
        .receipt(
            Receipt(
                position: Position(step: step), author: author, command: command, outcome: .accepted(old: old, new: new)
            ))
    }

    @Test(
        arguments: [
            (RunCommand.scaleLearningRate(0.5), Author.person, "you ×0.5"),
            (.setLearningRate(0.01), .person, "you 0.0100"),
            (.followSchedule, .person, "plan"), (.scaleLearningRate(0.1), .policy("plateau"), "rule ×0.1"),
            (.setLearningRate(0.5), .script, "script 0.500"),
        ])
    func `rate changes are marked with who and how`(command: RunCommand, author: Author, label: String) {
        let history = Self.history([(Self.receipt(command, author: author, old: 0.04, new: 0.02), 1180, 0)])
        #expect(history.story.rateChanges.map(\.position) == [Position(step: 1180)])
        #expect(history.story.rateChanges.map(\.author) == [author])
        #expect(history.story.rateChanges.map { [$0.old, $0.new] } == [[0.04, 0.02]])
        #expect(history.story.rateChanges.map(\.label) == [label])
    }

    @Test
    func `other receipts and refusals leave no rate mark`() {
        let refused = RunEvent.Content.receipt(
            Receipt(position: Position(step: 1), author: .person, command: .followSchedule, outcome: .refused("no")))
        #expect(Self.history([(Self.receipt(.pause), 1, 0), (refused, 1, 0)]).story.rateChanges.isEmpty)
    }

    @Test
    func `a resume says how long the run stood still`() {
        let history = Self.history([
            (Self.receipt(.pause), 1180, 100), (Self.receipt(.step(1)), 1180, 110), (Self.receipt(.resume), 1180, 121),
            (Self.receipt(.resume), 1180, 130),
        ])
        #expect(history.words(at: 2).text == "resumed after 0:21")
        #expect(history.words(at: 2).short == "resumed")
        #expect(history.words(at: 3).text == "resumed")
    }

    @Test
    func `only the best evaluation so far is marked`() {
        let reports = [(100, true), (200, true), (300, false)].map { step, isBest in
            EvaluationReport(position: Position(step: step), epoch: 0, loss: 0.3, accuracy: 0.9, isBest: isBest)
        }
        let history = Self.history(reports.map { (.evaluation($0), $0.position.step, 0) })
        #expect((0..<3).map { history.words(at: $0).mark } == [.none, .best, .none])
        #expect(history.evaluations == reports)
    }

    @Test
    func `steps that were not finite come from reports and from events, once each`() {
        let history = Self.history([
            (.notFinite(loss: .nan, gradientNorm: 1), 30, 0), (.notFinite(loss: .nan, gradientNorm: 1), 20, 0),
            (.notFinite(loss: .nan, gradientNorm: 1), 30, 0),
        ])
        #expect(history.notFiniteCount(over: 0...100) == 2)
        #expect(history.notFiniteCount(over: 25...100) == 1)
    }

    static func layers(_ step: Int) -> LayersReport {
        var layer = LayerStatistics.empty
        layer.mean = Double(step)
        return LayersReport(position: Position(step: step), layers: [layer, .empty])
    }

    @Test
    func `layer reports are thinned evenly, the first and the latest stay`() {
        var history = LayerHistory()
        for step in 0..<10_000 { history.append(Self.layers(step)) }
        let steps = history.reports.map(\.position.step)
        #expect(steps.count <= 512)
        #expect(steps.first == 0)
        #expect(steps.last == 9999)
        #expect(steps == steps.sorted())
        #expect(zip(steps, steps.dropFirst()).map { $1 - $0 }.max()! <= 10_000 / 128)
    }

    @Test
    func `the nearest layer report is found`() {
        let history = Self.history([], layers: [10, 20, 40].map(Self.layers))
        for (step, found) in [(0.0, 10), (14, 10), (16, 20), (29, 20), (31, 40), (99, 40)] {
            #expect(history.layerHistory.nearest(to: step)?.position.step == found)
        }
        #expect(history.latestLayers?.position.step == 40)
        #expect(history.layerHistory.reports.count == 3)
    }

    @Test
    func `in a strip a measurement stands until the next one`() {
        let history = Self.history([], layers: [10, 20, 40].map(Self.layers))
        let mean = history.layerHistory.strip(layer: 0, \.mean, over: 0...60, count: 6)
        #expect(mean == [10, 20, 20, 40, 40, nil])
        #expect(history.layerHistory.strip(layer: 1, \.mean, over: 0...60, count: 2) == [nil, nil])
        #expect(history.layerHistory.strip(layer: 9, \.mean, over: 0...60, count: 2) == [nil, nil])
    }
}
