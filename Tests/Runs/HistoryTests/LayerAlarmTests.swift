import History
import Runs
import Testing

/// What is wrong with a layer, judged by several measurements.
@Suite struct LayerAlarmTests {
    private static let layer = LayerDescription(
        name: "1", kind: "linear", outputShape: [8], activation: "relu", parameterCount: 72)

    private static func statistics(_ change: (inout LayerStatistics) -> Void) -> LayerStatistics {
        var layer = LayerStatistics.empty
        (layer.mean, layer.std, layer.unitStd, layer.neverFired, layer.updateRatio) = (0, 1, 0.8, 0, 1e-3)
        change(&layer)
        return layer
    }

    /// A run of constant rate whose layer was measured at these steps.
    private static func run(
        _ steps: [Int], schedule: Schedule = Schedule(base: 0.1, total: 1_000),
        _ change: (Int, inout LayerStatistics) -> Void
    ) -> RunHistory {
        var description = Sample.description
        description.schedule = schedule
        description.layers = [layer]
        var run = RunHistory(description: description)
        let end = (steps.last ?? 0) + 1
        run.record(
            (0..<end).map { step in
                .step(
                    StepReport(
                        step: step, epoch: 0, loss: 1, accuracy: 0.5, learningRate: schedule.rate(at: step),
                        gradientNorm: 1))
            }, at: 0)
        run.record(
            steps.map { step in
                .layers(
                    LayersReport(position: Position(step: step), layers: [statistics { change(step, &$0) }]),
                    logged: false)
            }, at: 0)
        return run
    }

    static let troubles: [(LayerAlarms, @Sendable (inout LayerStatistics) -> Void)] = [
        (.deadUnits, { $0.neverFired = 0.4 }), (.saturated, { $0.saturated = 0.9 }),
        (.oddUpdate, { $0.updateRatio = 0.2 }), (.equalUnits, { $0.unitStd = 1e-7 }),
    ]

    @Test(arguments: 0..<4) func `no alarm rests on a single early measurement`(_ index: Int) {
        let (alarm, change) = Self.troubles[index]
        for steps in [[0], [0, 1], [700]] {
            #expect(Self.run(steps) { change(&$1) }.layerAlarms() == [[]], "\(steps)")
        }
        #expect(Self.run([0, 1, 2]) { change(&$1) }.layerAlarms() == [alarm])
    }

    @Test(arguments: 0..<4) func `a run that is over is judged by two`(_ index: Int) {
        let (alarm, change) = Self.troubles[index]
        var run = Self.run([0, 40]) { change(&$1) }
        #expect(run.layerAlarms() == [[]])
        run.record([.phase(.finished(.completed), Position(step: 41))], at: 1)
        #expect(run.layerAlarms() == [alarm])
        var young = Self.run([40]) { change(&$1) }
        young.record([.phase(.finished(.completed), Position(step: 41))], at: 1)
        #expect(young.layerAlarms() == [[]])
    }

    @Test(arguments: 0..<4) func `one measurement among others neither raises an alarm nor hides that it is over`(
        _ index: Int
    ) {
        let (alarm, change) = Self.troubles[index]
        let steps = [0, 10, 20, 30, 40]
        #expect(Self.run(steps) { if $0 == 20 { change(&$1) } }.layerAlarms() == [[]])
        #expect(Self.run(steps) { if $0 != 40 { change(&$1) } }.layerAlarms() == [[]])
        let run = Self.run(steps) { if $0 != 40 { change(&$1) } }
        #expect(run.layerAlarms(upTo: 35) == [alarm], "under a cursor that stands earlier")
        #expect(run.layerAlarms(upTo: 5) == [[]])
    }

    @Test func `healthy updates raise none in a warm-up and none at a cosine's end`() {
        let schedule = Schedule(kind: Schedule.Cosine(to: 0), base: 0.1, warmup: 100, total: 1_000)
        for end in [2, 50, 500, 900, 999] {
            let run = Self.run([end - 2, end - 1, end], schedule: schedule) {
                $1.updateRatio = 1e-2 * schedule.rate(at: $0)
            }
            #expect(run.layerAlarms() == [[]], "step \(end)")
        }
        // Ten thousand times less than the rate explains.
        let run = Self.run([500, 501, 502], schedule: schedule) { $1.updateRatio = 1e-6 * schedule.rate(at: $0) }
        #expect(run.layerAlarms() == [.oddUpdate])
    }

    @Test func `a layer that never fires is dead, not of equal units`() {
        let run = Self.run([0, 1, 2]) { ($1.neverFired, $1.std, $1.unitStd) = (1, 0, 0) }
        #expect(run.layerAlarms() == [.deadUnits])
    }

    @Test func `heat maps are of the numbers that are asked for`() {
        var run = RunHistory(description: Sample.description)
        var after = [UInt32](repeating: 0, count: 64)
        var before = after
        after[63] = 9
        before[0] = 9
        let statistics = Self.statistics {
            $0.histogram = Histogram(low: 0, high: 1, counts: after)
            $0.preactivation = Histogram(low: 0, high: 1, counts: before)
        }
        let gradients = Histogram(low: -1, high: 1, counts: [UInt32](repeating: 1, count: 64))
        run.record(
            [
                .layers(
                    LayersReport(
                        position: Position(step: 0), layers: [statistics],
                        parameters: [ParameterStatistics(weights: gradients, gradients: gradients, sampled: false)]),
                    logged: false)
            ], at: 0)
        func shades(_ quantity: LayerQuantity) -> [Double] {
            run.layerHistory(of: quantity).heat(
                HeatQuestion(
                    layer: 0, quantity, columns: 1, end: 1, reached: 1, bins: 2, filled: 2, low: 0, high: 1)
            ) { counts, shades in shades = counts }
        }
        #expect(shades(.after) == [0, 9])
        #expect(shades(.before) == [9, 0])
        #expect(shades(.gradient) == [16, 16], "the negative half lies beyond")
    }
}
