import Datasets
import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// Twenty whole training steps against plain loops of double precision.
@Suite struct ReferenceTrainingTests {
    @Test(arguments: ReferencePerceptron.Loss.allCases)
    func `a small perceptron trains as in double precision`(loss: ReferencePerceptron.Loss) throws {
        let changes = [
            "data={ blobs: { count: 100, features: 5, classes: 4 } }", "validation={ fraction: 0.2 }",
            "model=[{ linear: 7 }, 'relu', { linear: 4 }]", "loss=\(loss.rawValue)", "shuffle=false",
            "optimizer={ sgd: { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 } }", "gradientClipping=0.5",
            "epochs=4",
        ]
        let plan = try Config.plan(Config.blobs, changes)
        let material = try RunMaterial(plan: plan)
        let (data, network) = (material.training, material.network)
        guard case .classes(let labels, _) = data.targets else { return #expect(Bool(false), "blobs have classes") }
        func tensors() -> [[Double]] {
            network.layout.segments.map { segment in segment.range.map { Double(network.parameters.values[$0]) } }
        }
        var reference = ReferencePerceptron(
            weights: tensors(), inputs: 5, hidden: 7, classes: 4, loss: loss, rate: 0.1, momentum: 0.9, decay: 0.01,
            mostNorm: 0.5)
        let reports = ReportMailbox()
        let trainer = Trainer(
            material: material, mailbox: CommandMailbox(), reports: reports, options: TrainerOptions())
        _ = trainer.run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        let steps = all.compactMap { if case .step(let step) = $0 { step } else { nil } }
        #expect(steps.count == 20)
        var wasClipped = false
        for step in steps {
            let range = step.step % 5 * 16..<(step.step % 5 + 1) * 16
            let batch = range.map { row in (0..<5).map { Double(data.inputs.values[row * 5 + $0]) } }
            let expected = reference.step(batch, range.map { Int(labels[$0]) })
            #expect(abs(step.loss - expected.loss) < 1e-4, "loss of step \(step.step)")
            #expect(abs(step.penalty - expected.penalty) < 1e-5, "penalty of step \(step.step)")
            #expect(abs(step.gradientNorm - expected.norm) < 1e-4, "norm of step \(step.step)")
            if expected.norm > 0.5 { wasClipped = true }
        }
        #expect(wasClipped, "clipping is part of the test")
        for (found, expected) in zip(tensors(), reference.weights) {
            let difference = zip(found, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            let size = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(difference < 1e-4 * size)
        }
    }
}
