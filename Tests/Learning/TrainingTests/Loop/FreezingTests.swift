import PlanFixtures
import Runs
import Testing
import Training

/// Layers that are not trained for a while.
@Suite struct FreezingTests {
    /// The layers of the pictures' net that learn.
    static let layers = ["0", "1", "6", "7", "9"]

    @Test(arguments: ["0", "1", "6", "9"])
    func `a frozen layer keeps its weights, its statistics and the optimizer's memory of it`(layer: String) throws {
        let run = try HeldRun(Config.pictures, "epochs=4")
        run.train(until: 5)
        let before = Self.layers.map { run.bits(of: $0) }
        let (memory, counts) = (run.memory(of: layer), run.trainer.state.network.statistics.batchesTracked)
        run.send(.freeze(layer))
        run.train(until: 12)
        let now = run.trainer.state.network.statistics.batchesTracked
        for (index, name) in Self.layers.enumerated() {
            #expect((run.bits(of: name) == before[index]) == (name == layer), "layer \(name)")
            if let count = counts["\(name).num_batches_tracked"] {
                #expect(now["\(name).num_batches_tracked"] == (name == layer ? count : count + 7))
            }
        }
        #expect(run.memory(of: layer) == memory)
    }

    /// The gradient is that of before, so the first update of all others is the one of a run where nothing is frozen.
    @Test func `the other layers take the same update`() throws {
        let (frozen, plain) = (try HeldRun(Config.blobs), try HeldRun(Config.blobs))
        for run in [frozen, plain] { run.train(until: 10) }
        let before = frozen.bits(of: "0")
        frozen.send(.freeze("0"))
        for run in [frozen, plain] { run.train(until: 11) }
        #expect(frozen.bits(of: "2") == plain.bits(of: "2"))
        #expect(frozen.bits(of: "0") == before && plain.bits(of: "0") != before)
    }

    /// As of PyTorch, whose norm is of the gradients that there are: a clipped step is as long as the bound, at a rate of 1.
    @Test func `the bound is on the gradients of what learns`() throws {
        let run = try HeldRun(Config.blobs, "gradientClipping={ norm: 0.01 }", "optimizer={ sgd: 1 }")
        run.train(until: 3)
        let before = Array(run.tensor("2.weight")) + Array(run.tensor("2.bias"))
        run.send(.freeze("0"))
        run.train(until: 4)
        let after = Array(run.tensor("2.weight")) + Array(run.tensor("2.bias"))
        let squares = zip(before, after).map { Double($1 - $0) * Double($1 - $0) }
        #expect(abs(squares.reduce(0, +).squareRoot() - 0.01) < 1e-5)
    }

    @Test func `a layer that learns again goes on where it was`() throws {
        let run = try HeldRun(Config.blobs)
        run.train(until: 5)
        run.send(.freeze("0"))
        run.train(until: 10)
        let before = run.bits(of: "0")
        run.send(.unfreeze("0"))
        run.train(until: 11)
        #expect(run.bits(of: "0") != before)
        #expect(run.outcomes == [.accepted(old: nil, new: nil), .accepted(old: nil, new: nil)])
    }

    @Test func `the name of a block means what stands in it`() throws {
        let run = try HeldRun(
            Config.pictures,
            "model=[{ conv2d: { filters: 4, kernel: 3, padding: 1 } }, { residual: { body: [{ conv2d: { filters: 4, kernel: 3, padding: 1 } }, 'batchNorm'] } }, 'flatten', { linear: 10 }]"
        )
        run.train(until: 2)
        let names = ["0", "1.body.0", "1.body.1", "3"]
        let before = names.map { run.bits(of: $0) }
        run.send(.freeze("1"), .unfreeze("1.body.0"))
        run.train(until: 4)
        #expect(names.indices.filter { run.bits(of: names[$0]) == before[$0] } == [2])
    }

    @Test(arguments: [
        ([RunCommand.freeze("1")], "no layer that learns is called 1; there is 0, 2"),
        ([.unfreeze("7")], "no layer that learns is called 7; there is 0, 2"),
        ([.unfreeze("0")], "layer 0 is not frozen"),
        ([.freeze("0"), .freeze("0")], "layer 0 is frozen already"),
        ([.freeze("0"), .reinitialize("0")], "layer 0 is frozen: unfreeze it first"),
        ([.freeze("0"), .reinitializeDeadUnits("0")], "layer 0 is frozen: unfreeze it first"),
        ([.reinitialize("1")], "no layer that learns is called 1; there is 0, 2"),
        ([.reinitializeDeadUnits("2")], "layer 2 has no units that can die"),
    ])
    func `what cannot be done is refused`(commands: [RunCommand], reason: String) throws {
        let run = try HeldRun(Config.blobs)
        for command in commands { run.send(command) }
        run.train(until: 1)
        #expect(run.outcomes.last == .refused(reason))
    }
}
