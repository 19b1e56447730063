import Dashboard
import History
import Runs
import Screens
import Testing

/// What each panel exports: its own numbers under its own names.
@Suite struct PanelTableTests {
    private let state = SampleScreen.state()
    private var run: RunHistory { state.run.history }

    private func column(_ name: String, of panel: PanelID) throws -> [String] {
        let table = PanelTable(panel, of: state)
        let place = try #require(table.header.firstIndex(of: name))
        return table.rows.map { $0[place] }
    }

    @Test func `every panel has columns of its own`() {
        let steps = [
            "step", "epoch", "loss", "smoothedLoss", "accuracy", "learningRate", "gradientNorm", "validationLoss",
            "validationAccuracy",
        ]
        let rates = ["step", "epoch", "learningRate", "plannedRate"]
        let layers = [
            "layer", "kind", "step", "mean", "std", "minimum", "maximum", "zeros", "saturated", "neverFired",
            "signalNorm", "gradientNorm", "updateRatio", "unitStd",
        ]
        let words = ["step", "who", "what"]
        let expected: [PanelID: [String]] = [
            .loss: steps, .accuracy: ["step", "epoch", "accuracy", "smoothedAccuracy", "validationAccuracy"],
            .learningRate: rates, .layers: layers, .log: words,
            .depth: layers,
            .stdTrend: ["layer", "kind", "step", "std", "stdAtChange", "stdAtStart"],
            .signalTrend: ["layer", "kind", "step", "signalNorm", "signalNormAtChange", "signalNormAtStart"],
            .schedule: rates, .rateChanges: ["step", "who", "old", "new", "what"],
            .scheduleRest: ["step", "epoch", "learningRate"],
            .gradientNorms: ["step", "epoch", "gradientNorm", "smoothedGradientNorm"],
            .updateRatios: ["step", "layer", "kind", "updateRatio"],
            .clippedSteps: ["step", "seconds", "steps", "clippedSteps", "clippedShare"],
            .layerUpdates: ["step", "layer", "kind", "gradientNorm", "updateRatio"],
            .speed: ["step", "seconds", "samplesPerSecond"], .memory: ["step", "seconds", "resident", "peak"],
            .stepTimes: [
                "step", "seconds", "steps", "data", "forward", "backward", "update", "statistics", "waiting",
            ],
            .dashboardCost: ["what", "value", "unit"], .story: words,
        ]
        for screen in Screen.allCases {
            for panel in ScreenCatalogue.standard.panels(on: screen) {
                let table = PanelTable(panel, of: state)
                #expect(table.header == expected[panel], "\(panel)")
                #expect(!table.rows.isEmpty, "\(panel)")
                #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(panel)")
            }
        }
    }

    @Test func `the rate stands beside what was planned`() throws {
        let steps = try column("step", of: .learningRate).compactMap(Int.init)
        let plan = try column("plannedRate", of: .learningRate).compactMap(Double.init)
        #expect(plan == steps.map { run.description.schedule.rate(at: $0) })
        let used = try column("learningRate", of: .learningRate).compactMap(Double.init)
        #expect(used == steps.compactMap { run.series.values(at: Double($0))?[.learningRate] })
    }

    @Test func `samples of the system are told as they were taken`() throws {
        let samples = run.samples.filter { state.xRange.contains(Double($0.position.step)) }
        #expect(try column("samplesPerSecond", of: .speed).compactMap(Double.init) == samples.map(\.samplesPerSecond))
        #expect(try column("resident", of: .memory).compactMap(Int.init) == samples.map(\.memory.resident))
        let timed = samples.filter { $0.times.steps > 0 }
        #expect(try column("backward", of: .stepTimes).compactMap(Double.init) == timed.map(\.times.backward))
        #expect(try column("clippedSteps", of: .clippedSteps).compactMap(Int.init) == timed.map(\.times.clippedSteps))
    }

    @Test func `the updates have a row a layer and measurement`() throws {
        let reports = run.layerHistory.reports.filter { state.xRange.contains(Double($0.position.step)) }
        let ratios = reports.flatMap { $0.layers.map(\.updateRatio) }
        #expect(try column("updateRatio", of: .updateRatios).compactMap(Double.init) == ratios)
        #expect(try column("updateRatio", of: .layerUpdates).compactMap(Double.init) == ratios)
        let norms = reports.flatMap { $0.layers.map(\.gradientNorm) }
        #expect(try column("gradientNorm", of: .layerUpdates).compactMap(Double.init) == norms)
        #expect(try column("layer", of: .layerUpdates).count == norms.count)
    }

    @Test func `accuracy has its own average, and the gradient's norm where there are no classes`() throws {
        let steps = try column("step", of: .accuracy).compactMap(Int.init)
        let averages = try column("smoothedAccuracy", of: .accuracy).compactMap(Double.init)
        #expect(averages.last == steps.last.flatMap { run.series.average(.accuracy, at: Double($0), in: .linear) })
        let evaluated = try column("validationAccuracy", of: .accuracy).compactMap(Double.init)
        #expect(evaluated == run.evaluations.compactMap(\.accuracy))
        var regression = state
        regression.run.history.description.task.hasAccuracy = false
        #expect(PanelTable(.accuracy, of: regression).header.contains("smoothedGradientNorm"))
    }

    @Test(arguments: [true, false]) func `an average is exported as its own panel draws it`(isLogarithmic: Bool) {
        var state = state
        state.run.history.description.task.hasAccuracy = false
        for panel in [PanelID.accuracy, .gradientNorms] {
            if state.view.isLogarithmic(panel, of: state.run.history) != isLogarithmic {
                state.view.charts.otherY.formSymmetricDifference([panel])
            }
            let table = PanelTable(panel, of: state)
            let last = Double(run.series.stepRange?.upperBound ?? 0)
            let average = run.series.average(.gradientNorm, at: last, in: isLogarithmic ? .logarithmic : .linear)
            #expect(table.rows.last?.last.flatMap(Double.init) == average, "\(panel)")
            state.view.charts.otherY = []
        }
    }

    @Test func `what a filter hides is not written, and one layer is written alone`() {
        var filtered = state
        filtered.view.layers.filter = "linear"
        let listed = Set(filtered.visibleLayers.map { run.description.layers[$0].name })
        #expect(!listed.isEmpty && listed.count < run.description.layers.count)
        for panel in [PanelID.layers, .depth] {
            #expect(Set(PanelTable(panel, of: filtered).rows.map { $0[0] }) == listed)
        }
        #expect(Set(PanelTable(.layerUpdates, of: filtered).rows.map { $0[1] }) == listed)
        filtered.view.layers.opened = 1
        let alone = PanelTable(.depth, of: filtered)
        #expect(!alone.header.contains("layer"))
        #expect(alone.rows.count == run.layerHistory.reports.count { state.xRange.contains(Double($0.position.step)) })
        filtered.view.log.filter = "rate"
        let log = PanelTable(.log, of: filtered).rows
        #expect(!log.isEmpty && log.count < run.events.count && log.allSatisfy { $0[2].contains("rate") })
    }

    @Test func `the trends have their layers now, at the change and at the start`() throws {
        let latest = try #require(run.latestLayers)
        #expect(try column("std", of: .stdTrend).compactMap(Double.init) == latest.layers.map(\.std))
        let first = try #require(run.layerHistory.reports.first)
        #expect(
            try column("signalNormAtStart", of: .signalTrend).compactMap(Double.init) == first.layers.map(\.signalNorm))
    }

    @Test func `the rest of the plan begins now and goes on by epochs`() throws {
        let steps = try column("step", of: .scheduleRest).compactMap(Int.init)
        let now = run.status.position.step
        let perEpoch = run.description.lengths.stepsPerEpoch
        #expect(steps.first == now)
        #expect(steps.dropFirst().allSatisfy { $0 > now && $0.isMultiple(of: perEpoch) })
        #expect(steps.last == (run.description.lengths.totalSteps - 1) / perEpoch * perEpoch)
        let rates = steps.map { run.status.control.rate(at: $0, schedule: run.description.schedule) }
        #expect(try column("learningRate", of: .scheduleRest).compactMap(Double.init) == rates)
    }

    @Test func `changes say from what to what, the whole log what was printed`() throws {
        #expect(try column("new", of: .rateChanges).compactMap(Double.init) == run.story.rateChanges.map(\.new))
        var state = state
        _ = state.reduce(.printed(Array("epoch, done\n".utf8), .standardOutput))
        let table = PanelTable(.story, of: state)
        #expect(table.rows.last.map { Array($0.dropFirst()) } == ["out", "epoch, done"])
        #expect(table.text.hasSuffix(",out,\"epoch, done\"\n"))
        #expect(table.rows.count == PanelTable(.log, of: state).rows.count + 1)
    }

    @Test func `the dashboard's cost is told in seconds and shares`() {
        var state = state
        _ = state.reduce(.measured(DashboardCost(cpuShare: 0.01, frameSeconds: 0.002)))
        let table = PanelTable(.dashboardCost, of: state)
        #expect(table.rows.contains(["processor", "0.01", "share of a core"]))
        #expect(table.rows.contains(["frame", "0.002", "seconds"]))
        #expect(table.rows.contains(["frames", "NaN", "a second"]))
    }
}
