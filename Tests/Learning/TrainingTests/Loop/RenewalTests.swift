import PlanFixtures
import Runs
import Testing
import Training

/// Layers, dead units and memories that begin anew. At a rate of 1e-20 an update changes no weight.
@Suite struct RenewalTests {
    static let still = "optimizer={ sgd: { learningRate: 1e-20, momentum: 0.9 } }"

    private func renewed(_ layer: String, at step: Int, seed: Int = 5, threads: Int = 1) throws -> HeldRun {
        let run = try HeldRun(Config.pictures, "epochs=4", Self.still, "seed=\(seed)", "threads=\(threads)")
        run.train(until: step)
        run.send(.reinitialize(layer))
        run.train(until: step + 1)
        return run
    }

    @Test func `a layer is drawn from seed, step and layer`() throws {
        let run = try renewed("6", at: 3)
        let drawn = run.bits(of: "6")
        #expect(try renewed("6", at: 3, threads: 2).bits(of: "6") == drawn)
        #expect(try renewed("6", at: 4).bits(of: "6") != drawn)
        #expect(try renewed("6", at: 3, seed: 6).bits(of: "6") != drawn)
        let first = try HeldRun(Config.pictures, "epochs=4", Self.still)
        #expect(first.bits(of: "6") != drawn)
        for other in ["0", "9"] { #expect(run.bits(of: other) == first.bits(of: other), "layer \(other)") }
        #expect(run.outcomes == [.accepted(old: nil, new: nil)])
    }

    /// PyTorch's own: uniform within 1 / sqrt(fanIn), here of 512 inputs.
    @Test func `it is drawn by its initializer`() throws {
        let run = try renewed("6", at: 3)
        let weights = run.tensor("6.weight").map { Double($0) }
        let bound = 1 / Double(weights.count / 64).squareRoot()
        #expect(weights.allSatisfy { abs($0) <= bound })
        let mean = weights.reduce(0, +) / Double(weights.count)
        let variance = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
        #expect(abs(mean) < bound / 50 && abs(variance / (bound * bound / 3) - 1) < 0.05)
        run.send(.reinitialize("1"))
        run.train(until: 5)
        #expect(run.tensor("1.weight").allSatisfy { $0 == 1 } && run.tensor("1.bias").allSatisfy { abs($0) < 1e-15 })
        #expect(run.trainer.state.network.statistics.batchesTracked["1.num_batches_tracked"] == 1)
        #expect(run.trainer.state.network.statistics.batchesTracked["7.num_batches_tracked"] == 5)
    }

    /// Stopped at once, so that no update stands behind it.
    @Test func `the optimizer forgets the layer and no other`() throws {
        let run = try HeldRun(Config.blobs, "epochs=1")
        run.train(until: 10)
        let other = run.memory(of: "2")
        #expect(run.memory(of: "0").contains { $0 != 0 })
        run.send(.reinitialize("0"), .stop(keep: .last))
        run.train()
        #expect(run.memory(of: "0").allSatisfy { $0 == 0 } && run.memory(of: "2") == other)
    }

    @Test(arguments: ["'relu'", "'batchNorm', 'relu'"])
    func `dead units are drawn anew, and no others`(after: String) throws {
        let run = try HeldRun(
            Config.blobs, Self.still, "model=[{ linear: 16 }, \(after), { linear: 3 }]")
        run.train(until: 5)
        let hasNorm = after.contains("batchNorm")
        // Shifts that no input comes up against.
        for unit in [3, 7] { run.tensor(hasNorm ? "1.bias" : "0.bias")[unit] = -1_000 }
        let before = (Array(run.tensor("0.weight")), Array(run.tensor("0.bias")))
        run.send(.reinitializeDeadUnits("0"))
        run.train(until: 6)
        let after = (Array(run.tensor("0.weight")), Array(run.tensor("0.bias")))
        #expect((0..<16).filter { before.0[2 * $0] != after.0[2 * $0] } == [3, 7])
        #expect((0..<16).filter { before.1[$0] != after.1[$0] } == [3, 7])
        if hasNorm { #expect(run.tensor("1.bias").allSatisfy { abs($0) < 1e-15 }) }
        #expect(run.outcomes == [.accepted(old: nil, new: 2)])
        run.send(.reinitializeDeadUnits("0"))
        run.train(until: 7)
        #expect(Array(run.tensor("0.weight")) == after.0)
        #expect(run.outcomes == [.accepted(old: nil, new: 0)])
    }

    @Test func `a dead map of a convolution is drawn anew`() throws {
        let run = try HeldRun(
            Config.pictures, Self.still,
            "model=[{ conv2d: { filters: 4, kernel: 3 } }, 'relu', 'flatten', { linear: 10 }]")
        run.train(until: 2)
        run.tensor("0.bias")[2] = -1_000
        let before = Array(run.tensor("0.weight"))
        run.send(.reinitializeDeadUnits("0"))
        run.train(until: 3)
        let after = Array(run.tensor("0.weight"))
        #expect((0..<36).filter { before[$0] != after[$0] } == Array(18..<27))
    }

    /// Who is dead hangs on the weights and the next batch alone, not on who watches or how many threads compute.
    @Test func `it is the same with two threads and after a break`() throws {
        let script: [(Int, RunCommand)] = [(6, .reinitializeDeadUnits("0")), (9, .reinitializeDeadUnits("0"))]
        let dying = ["model=[{ linear: 16 }, 'relu', { linear: 3 }]", "initializer={ standard: { bias: -1 } }"]
        var plan = BrokenRun.Plan(Config.blobs, script: script)
        plan.changes = dying
        let whole = try BrokenRun.whole(plan, from: 8)
        plan.changes = dying + ["threads=2"]
        #expect(try BrokenRun.whole(plan, from: 8) == whole)
        #expect(try BrokenRun.goOn(plan, from: BrokenRun.begin(plan, until: 8)) == whole)
        plan.script = []
        #expect(try BrokenRun.whole(plan, from: 8).bits != whole.bits)
    }

    @Test func `a run without memory goes on as one that has just begun to remember`() throws {
        for optimizer in ["{ sgd: { momentum: 0.9, dampening: 0.5 } }", "{ adam: {} }"] {
            let run = try HeldRun(Config.blobs, "optimizer=\(optimizer)")
            run.train(until: 10)
            let other = try HeldRun(Config.blobs, "optimizer=\(optimizer)", state: run.trainer.stateBytes())
            run.send(.clearOptimizerState)
            run.train(until: 15)
            for slot in other.trainer.state.optimizer.slots { slot.fill(0) }
            other.trainer.state.optimizer.updateCount = 0
            other.train(until: 15)
            for layer in ["0", "2"] { #expect(run.bits(of: layer) == other.bits(of: layer), "\(optimizer)") }
            #expect(run.trainer.state.optimizer.updateCount == 5)
        }
    }

    @Test func `a rule that remembers nothing has nothing to forget`() throws {
        let run = try HeldRun(Config.blobs, "optimizer={ sgd: 0.1 }")
        run.send(.clearOptimizerState)
        run.train(until: 1)
        #expect(run.outcomes == [.refused("sgd remembers nothing")])
    }
}
