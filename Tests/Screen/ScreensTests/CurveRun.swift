import Dashboard
import History
import Runs
import Screens

/// A run of given numbers, as a recorder would have it.
struct CurveRun {
    var description = SampleRun.description
    var loss: (Int) -> Double = { _ in 1 }
    var accuracy: (Int) -> Double = { _ in 0.5 }
    var rate: (Int) -> Double = { _ in 0.05 }
    var gradient: (Int) -> Double = { _ in 1 }
    var penalty: (Int) -> Double = { _ in 0 }
    var evaluations: [EvaluationReport] = []
    /// Changes of the rate by hand: where, from what to what, and by which factor.
    var changes: [(step: Int, old: Double, new: Double)] = []
    /// What each layer's gradient norm and update over weight are.
    var layers: ((_ step: Int, _ layer: Int) -> (gradient: Double, update: Double))?
    /// Every how many steps layers are measured.
    var measuredEvery = 10

    /// The dashboard after so many steps.
    func state(_ count: Int, _ screen: Screen = .overview) -> DashboardState {
        var description = description
        description.lengths.totalSteps = max(count, description.lengths.totalSteps)
        var reports: [Report] = []
        for step in 0..<count {
            for change in changes where change.step == step {
                reports.append(
                    .receipt(
                        Receipt(
                            position: Position(step: step), author: .person,
                            command: .scaleLearningRate(change.new / change.old),
                            outcome: .accepted(old: change.old, new: change.new))))
            }
            reports.append(
                .step(
                    StepReport(
                        step: step, epoch: step / 125, loss: loss(step), penalty: penalty(step),
                        accuracy: accuracy(step), learningRate: rate(step), gradientNorm: gradient(step),
                        trainingSeconds: Double(step) / 50)))
            if let layers, step % measuredEvery == 0 {
                let all = description.layers.indices.map { layer in
                    let (gradient, update) = layers(step, layer)
                    return LayerStatistics(
                        mean: 0, std: 1, minimum: -1, maximum: 1, zeros: 0, saturated: .nan, neverFired: 0,
                        sampled: false, histogram: Histogram(low: -1, high: 1),
                        preactivation: Histogram(low: -1, high: 1), signalNorm: gradient, gradientNorm: gradient,
                        updateRatio: update)
                }
                reports.append(.layers(LayersReport(position: Position(step: step), layers: all), logged: false))
            }
            for report in evaluations where report.position.step == step + 1 { reports.append(.evaluation(report)) }
        }
        reports.append(
            .progress(
                RunProgress(
                    position: Position(step: count), epoch: count / 125, control: .planned,
                    learningRate: rate(count), samplesPerSecond: 1_000)))
        let run = LiveRun(description)
        run.record(reports, at: Double(count) / 50)
        return DashboardState(history: RunHistory(of: run), screen: screen)
    }

    static func evaluation(_ step: Int, loss: Double, accuracy: Double? = 0.9, isBest: Bool = false) -> EvaluationReport
    {
        EvaluationReport(
            position: Position(step: step), epoch: step / 125, loss: loss, accuracy: accuracy, isBest: isBest)
    }
}
