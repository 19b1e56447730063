import RunStore
import Runs
import TestSupport
import Testing

@Suite struct EventFileWriterTests {
    private let folder = ScratchFolder()

    private func events(_ reports: [Report], at seconds: Double = 2.5) throws -> [EventFileDecoder.Event] {
        var writer = try EventFileWriter(folder / "events", layers: Sample.layers, began: 1_760_000_000)
        for report in reports { writer.record(report, at: seconds) }
        try writer.close()
        return try EventFileDecoder.events(in: try folder.bytes("events"))
    }

    private func scalars(_ event: EventFileDecoder.Event) -> [String: Float] {
        Dictionary(uniqueKeysWithValues: event.values.compactMap { value in value.scalar.map { (value.tag, $0) } })
    }

    @Test
    func `the file begins with its version`() throws {
        #expect(
            try events([]) == [EventFileDecoder.Event(wallTime: 1_760_000_000, step: 0, fileVersion: "brain.Event:2")])
    }

    @Test
    func `a step has a scalar for each metric at its step and time`() throws {
        let event = try events([.step(Sample.step(300))])[1]
        #expect(event.step == 300)
        #expect(event.wallTime == 1_760_000_002.5)
        #expect(
            scalars(event) == [
                "train/loss": 0.5, "train/penalty": 0.25, "train/accuracy": 0.75, "train/learning_rate": 0.1,
                "train/gradient_norm": 1.5,
            ])
    }

    @Test
    func `without classes there is no accuracy`() throws {
        let events = try events([
            .step(Sample.step(0, accuracy: .nan)), .evaluation(Sample.evaluation(1, accuracy: nil)),
        ])
        #expect(
            scalars(events[1]).keys.sorted() == [
                "train/gradient_norm", "train/learning_rate", "train/loss", "train/penalty",
            ])
        #expect(scalars(events[2]) == ["validation/loss": 0.125])
    }

    @Test
    func `a loss that is not finite is kept as it is`() throws {
        let event = try events([.step(Sample.step(0, loss: .nan))])[1]
        #expect(try #require(scalars(event)["train/loss"]).isNaN)
    }

    @Test
    func `an evaluation has its two scalars`() throws {
        let event = try events([.evaluation(Sample.evaluation(1_000_000))])[1]
        #expect(event.step == 1_000_000)
        #expect(scalars(event) == ["validation/loss": 0.125, "validation/accuracy": 0.875])
    }

    @Test
    func `a logged layer report is one histogram a layer`() throws {
        let event = try events([.layers(Sample.layersReport(20), logged: true)])[1]
        #expect(event.step == 20)
        #expect(event.values.map(\.tag) == ["layers/0", "layers/3.body.0"])
        let histogram = try #require(event.values[0].histogram)
        #expect(histogram.min == Double(Float(-0.1)))
        #expect(histogram.max == 1.5)
        #expect(histogram.count == 2016)
        #expect(histogram.sum == 1008)
        #expect(histogram.sumOfSquares == (0.25 * 0.25 + 0.5 * 0.5) * 2016)
        #expect(histogram.buckets == (0..<64).map(Double.init))
        #expect(histogram.limits.count == 64)
        #expect(histogram.limits[31] == (histogram.min + histogram.max) / 2)
        #expect(histogram.limits[63] == histogram.max)
    }

    @Test
    func `one value everywhere is one bucket`() throws {
        let event = try events([.layers(Sample.layersReport(20), logged: true)])[1]
        let histogram = try #require(event.values[1].histogram)
        #expect(histogram.limits == [0])
        #expect(histogram.buckets == [0])
    }

    @Test
    func `a histogram without finite bounds is left out`() throws {
        var statistics = Sample.statistics
        statistics.histogram.high = .nan
        let report = LayersReport(position: Position(step: 1), layers: [statistics, Sample.statistics])
        let event = try events([.layers(report, logged: true)])[1]
        #expect(event.values.map(\.tag) == ["layers/3.body.0"])
    }

    @Test
    func `everything else leaves no trace`() throws {
        let count = try events([
            .layers(Sample.layersReport(20), logged: false), .receipt(Sample.receipt(1, .pause)),
            .phase(.training, Position(step: 0)), .note(.run, "x", Position(step: 0)), .end(Sample.end),
            .notFinite(Position(step: 0), loss: 1, gradientNorm: 1),
        ]).count
        #expect(count == 1)
    }
}
