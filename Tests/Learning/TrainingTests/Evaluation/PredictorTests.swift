import Datasets
import NeuralNetworks
import PlanFixtures
import Plans
import Tensors
import Testing
import Training

/// An evaluation after the run says what those during the run said.
@Suite struct PredictorTests {
    /// The loss of the weights that a material's network has, over what a plan holds out.
    private func loss(
        _ material: RunMaterial, _ plan: RunPlan, views: [PictureVariant] = []
    ) throws -> LossValue {
        let set = try EvaluationSet(.heldOut, of: plan, data: material.data, pool: material.pool)
        let outputs = try #require(
            try Predictor.outputs(of: material, for: set.prepared(by: material.data), views: views))
        guard case .classes(let classes, let count) = set.examples.targets else { throw Missing() }
        return Predictions(
            outputs: outputs, truth: .classes(classes), width: count, loss: plan.loss,
            batch: material.network.maximumBatch, pool: material.pool
        ).loss
    }

    private struct Missing: Error {}

    /// A material of another process, so to speak, with the weights that a run ended with.
    private func material(_ plan: RunPlan, weightsOf run: RunRecord) throws -> RunMaterial {
        let material = try RunMaterial(plan: plan)
        material.network.state.copy(from: run.material.network.state)
        return material
    }

    @Test(arguments: [Config.blobs, Config.pictures])
    func `the loss of the last evaluation comes back bit for bit, also on two threads`(config: String) throws {
        let run = try Run.finish(config)
        let last = try #require(run.evaluations.last)
        for threads in [1, 2] {
            let plan = try Config.plan(config, ["threads=\(threads)"]).forEvaluation
            let material = try material(plan, weightsOf: run)
            defer { material.pool.close() }
            let value = try loss(material, plan)
            #expect(value.mean.bitPattern == last.loss.bitPattern)
            #expect(value.accuracy == last.accuracy)
        }
    }

    @Test func `averaged over its views it is what the run said that averages over them`() throws {
        let averaging = "validation={fraction: 0.2, averaging: [\"identity\", \"horizontalFlip\"]}"
        let run = try Run.finish(Config.pictures, averaging)
        let plan = try Config.plan(Config.pictures, [averaging]).forEvaluation
        let material = try material(plan, weightsOf: run)
        defer { material.pool.close() }
        let value = try loss(material, plan, views: plan.averaging.flatMap(\.variants))
        #expect(value.mean.bitPattern == run.evaluations.last?.loss.bitPattern)
    }

    @Test func `it stops between two batches where it is asked to`() throws {
        let plan = try Config.plan(Config.blobs).forEvaluation
        let material = try RunMaterial(plan: plan)
        defer { material.pool.close() }
        let set = try EvaluationSet(.heldOut, of: plan, data: material.data, pool: material.pool)
        let outputs = try Predictor.outputs(of: material, for: set.prepared(by: material.data), while: { false })
        #expect(outputs == nil)
    }
}
