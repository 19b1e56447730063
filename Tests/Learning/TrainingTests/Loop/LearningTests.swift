import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// A run learns what it is given to learn.
@Suite struct LearningTests {
    @Test func `clouds are told apart`() throws {
        let run = try Run.finish(Config.blobs)
        #expect(run.steps.count == 60)
        #expect(try #require(run.evaluations.last?.accuracy) > 0.95)
        #expect(
            run.end
                == EndSummary(
                    position: Position(step: 60), reason: .completed, kept: .last,
                    best: run.evaluations.last { $0.isBest }))
    }

    @Test(arguments: ["adam", "adamW", "rmsprop", "adagrad"])
    func `every rule learns spirals`(rule: String) throws {
        let rate = rule == "adagrad" ? 0.05 : 0.01
        let run = try Run.finish(
            Config.blobs, "data={spirals: {count: 600}}", "optimizer={\(rule): {learningRate: \(rate)}}",
            "model=[{linear: 64}, 'tanh', {linear: 32}, 'relu', {linear: 3}]", "epochs=30", "batchSize=32")
        // Guessing is a third, and no straight line does much better.
        #expect(try #require(run.evaluations.map { $0.accuracy ?? 0 }.max()) > 0.8)
    }

    @Test func `a small convolution net learns digits`() throws {
        let run = try Run.finish(Config.pictures, "data.digits.count=600", "epochs=8", "threads=2")
        #expect(try #require(run.evaluations.last?.accuracy) > 0.4)
        let (first, last) = (run.steps[0].loss, run.steps[run.steps.count - 1].loss)
        #expect(last < first / 2)
    }

    @Test func `mean squared error and hinge learn too`() throws {
        for loss in ["mse", "hinge"] {
            let run = try Run.finish(Config.blobs, "loss=\(loss)", "optimizer.sgd.learningRate=0.05", "epochs=6")
            #expect(try #require(run.evaluations.last?.accuracy) > 0.9, "\(loss)")
        }
    }

    @Test func `a run says what it is`() throws {
        let run = try Run.finish(Config.pictures)
        let description = run.material.description
        #expect(description.name == "run")
        #expect(
            description.lengths.totalSteps == 8 && description.lengths.stepsPerEpoch == 4
                && description.lengths.epochs == 2)
        #expect(description.task.trainingExamples == 240 && description.task.validationExamples == 60)
        #expect(description.layers.map(\.name) == ["0", "6", "9"])
        #expect(description.layers.map(\.activation) == ["relu", "tanh", nil])
        #expect(description.task.hasAccuracy && description.task.hasValidation && description.task.classCount == 10)
        #expect(run.rates == (0..<8).map { description.schedule.rate(at: $0) })
    }

    @Test func `phases come in order`() throws {
        let run = try Run.finish(Config.pictures)
        #expect(
            run.phases == [
                .training, .evaluating, .training, .evaluating, .training, .finished(.completed),
            ])
        guard case .end = run.reports.last else { return #expect(Bool(false), "the end comes last") }
    }
}
