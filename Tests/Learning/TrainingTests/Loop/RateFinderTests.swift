import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// Learning-rate range tests: they find what can be known beforehand, and cost the run not a bit.
@Suite struct RateFinderTests {
    private func tests(_ run: RunRecord) -> [RateTestResult] {
        run.reports.compactMap { if case .rateTest(let test) = $0 { test } else { nil } }
    }

    @Test(arguments: [Config.blobs, Config.pictures])
    func `a test changes no bit of the run`(config: String) throws {
        let test = RateTest(steps: 30)
        let plain = try Run.finish(config, "epochs=4", logsStatistics: true)
        let tested = try Run.finish(
            config, "epochs=4", script: [(7, .findLearningRate(test))], logsStatistics: true)
        #expect(tested.finalBits == plain.finalBits)
        #expect(tested.steps.map(\.loss) == plain.steps.map(\.loss))
        let result = try #require(tests(tested).last)
        #expect(result.isOver && result.share == 1 && result.position.step == 7 && !result.curve.points.isEmpty)
    }

    private static let optimizers = [
        "sgd: { learningRate: 0.01 }", "sgd: { learningRate: 0.01, momentum: 0.9 }", "adam: { learningRate: 0.001 }",
        "adamW: { learningRate: 0.001 }", "rmsprop: { learningRate: 0.001 }", "adagrad: { learningRate: 0.01 }",
    ]

    @Test(arguments: optimizers, ["crossEntropy", "hinge", "mse"])
    func `the curve of any optimizer and loss is flat and falls, and blows up or says that it does not`(
        optimizer: String, loss: String
    ) throws {
        let material = try RunMaterial(plan: Config.plan(Config.blobs, ["optimizer={ \(optimizer) }", "loss=\(loss)"]))
        defer { material.pool.close() }
        let result = RateFinder(material).run(RateTest(tries: false)) { _ in true }
        let curve = result.curve
        #expect(result.concern != .neverDescends, "\(result.words)")
        let first = try #require(curve.first)
        let early = curve.smoothed.prefix(10).map(\.loss)
        #expect(early.allSatisfy { abs($0 - first) < 0.3 * first })
        let (valley, blowUp) = (try #require(curve.valley), try #require(curve.blowUp))
        #expect(valley < blowUp)
    }

    @Test func `a hundred examples are gone through again and again`() throws {
        let material = try RunMaterial(
            plan: Config.plan(Config.blobs, ["data={ blobs: { count: 125 } }", "batchSize=20"]))
        defer { material.pool.close() }
        let result = RateFinder(material).run(RateTest()) { _ in true }
        #expect(result.curve.points.count >= 50 && result.suggested?.way == .tried)
    }

    @Test func `what is suggested trains better than a tenth and ten times of it`() throws {
        let material = try RunMaterial(plan: Config.plan(Config.blobs))
        let result = RateFinder(material).run(RateTest()) { _ in true }
        material.pool.close()
        let rate = try #require(result.suggested?.rate)
        func loss(_ rate: Double) throws -> Double {
            let run = try Run.finish(Config.blobs, "optimizer.sgd.learningRate=\(rate)")
            let last = run.steps.suffix(15).map(\.loss)
            return run.isFinite ? last.reduce(0, +) / 15 : .infinity
        }
        // Next to nothing is as good as nothing.
        let own = try loss(rate) - 0.005
        #expect(try own <= loss(rate / 10) && own <= loss(rate * 10))
    }

    @Test func `a rate that is adopted is the peak of what is left`() throws {
        let run = try Run.finish(
            Config.blobs, "schedule=cosine", script: [(20, .findLearningRate(RateTest(adopts: true)))])
        let result = try #require(tests(run).last)
        let rate = try #require(result.suggested?.rate)
        #expect(abs(run.rates[20] / rate - 1) < 1e-9)
        #expect(run.rates[20...].max() == run.rates[20])
    }

    @Test func `the range that is said is the range of the curve, until it is hopeless`() throws {
        let material = try RunMaterial(plan: Config.plan(Config.blobs))
        defer { material.pool.close() }
        let test = RateTest(from: 1e-4, to: 1e-2, steps: 25, tries: false)
        let points = RateFinder(material).run(test) { _ in true }.curve.points
        #expect(points.count == 25)
        #expect(abs(points[0].rate / 1e-4 - 1) < 1e-9 && abs(points[24].rate / 1e-2 - 1) < 1e-9)
    }

    @Test func `the same plan gives the same curve on any number of threads`() throws {
        let curves = try [1, 2].map { threads in
            let material = try RunMaterial(plan: Config.plan(Config.pictures, ["threads=\(threads)"]))
            defer { material.pool.close() }
            return RateFinder(material).run(RateTest(steps: 20, tries: false)) { _ in true }
        }
        #expect(curves[0] == curves[1])
    }

    @Test func `what cannot be tested is refused with the reason`() throws {
        let run = try Run.finish(Config.blobs, script: [(20, .findLearningRate(RateTest(from: 1, to: 0.1)))])
        guard case .refused(let reason)? = run.receipts.first?.outcome else {
            Issue.record("it was not refused")
            return
        }
        #expect(reason.contains("the ramp goes up from 1 to 0.1"))
    }
}
