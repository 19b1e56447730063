import Files
import Foundation
import NeuralNetworks
import PlanFixtures
import Plans
import Runs
import Tensors
import TestSupport
import Testing
import Training

/// The whole state: n steps, written, read, m steps are the bits of n + m.
@Suite struct TrainingStateTests {
    struct Case: Codable, Sendable, CustomTestStringConvertible {
        var name: String
        var plan: BrokenRun.Plan
        /// The update before which the run is broken off.
        var step: Int
        var testDescription: String { name }
    }

    /// One epoch of the points has 15 steps, one of the pictures 4.
    static let cases: [Case] = [
        Case(name: "momentum, in the middle of an epoch", plan: .init(Config.blobs), step: 22),
        Case(name: "at the end of an epoch", plan: .init(Config.blobs), step: 30),
        Case(name: "before the first step", plan: .init(Config.blobs), step: 0),
        Case(name: "norms, dropout, decay, clipping, cosine", plan: .init(Config.pictures, "epochs=4"), step: 9),
        Case(
            name: "adam, two threads",
            plan: .init(Config.pictures, "epochs=4", "optimizer={ adam: {} }", "threads=2"), step: 6),
        Case(
            name: "centered rmsprop with momentum, clipped values",
            plan: .init(
                Config.blobs, "optimizer={ rmsprop: { momentum: 0.9, centered: true } }",
                "gradientClipping={ value: 0.1 }"),
            step: 17),
        Case(
            name: "decaying adagrad, mixup",
            plan: .init(
                Config.blobs, "optimizer={ adagrad: { learningRateDecay: 0.1 } }", "augmentation=[{ mixup: 0.4 }]"),
            step: 17),
        Case(
            name: "random layers and a residual block",
            plan: .init(
                Config.pictures, "epochs=4",
                "model=[{ conv2d: { filters: 4, kernel: 3, padding: 1 } }, { residual: { body: [{ conv2d: { filters: 4, kernel: 3, padding: 1 } }, 'batchNorm'] } }, { gaussianNoise: 0.1 }, { fractionalMaxPool2d: { size: 2, outputRatio: 0.7 } }, 'flatten', { linear: { units: 16, dropConnect: 0.3 } }, 'prelu', { linear: 10 }]"
            ), step: 7),
        Case(
            name: "plateau counting and cooling down",
            plan: .init(
                Config.blobs, "epochs=8", "optimizer={ sgd: { learningRate: 1e-6 } }",
                "plateau={ patience: 1, cooldown: 1, factor: 0.5, threshold: 0.9 }"), step: 80),
        Case(
            name: "early stopping that has waited",
            plan: .init(
                Config.blobs, "epochs=20", "optimizer={ sgd: { learningRate: 1e-20 } }", "earlyStopping={ patience: 3 }"
            ),
            step: 50),
        Case(
            name: "a held rate, and more of the script to come",
            plan: .init(
                Config.blobs, "schedule=linear",
                script: [(10, .setLearningRate(1 / 3)), (40, .scaleLearningRate(0.1)), (45, .followSchedule)]),
            step: 25),
        Case(
            name: "a schedule replaced twice",
            plan: .init(
                Config.blobs, "schedule=linear",
                script: [
                    (10, .setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 1e-3), rate: 0.07, warmup: .steps(5)))),
                    (20, .setSchedule(ScheduleChange(scale: 0.7, floor: 0.02))),
                    (50, .setSchedule(ScheduleChange(kind: Schedule.MultiStep(at: [.epochs(0.2)], factor: 0.3)))),
                ]), step: 33),
        Case(
            name: "a best that is restored at the end",
            plan: .init(
                Config.pictures, "epochs=4", script: [(8, .setLearningRate(20)), (14, .stop(keep: .best))]),
            step: 11),
        Case(
            name: "paused, single steps to make",
            plan: .init(Config.blobs, script: [(7, .pause), (7, .step(5)), (12, .resume)]), step: 9),
        Case(
            name: "an evaluation, and a stop behind it",
            plan: .init(Config.blobs, script: [(22, .evaluate), (22, .evaluate), (40, .stop(keep: .last))]), step: 22),
        Case(
            name: "decay, momentum, clipping and dropout changed by hand",
            plan: .init(
                Config.pictures, "epochs=4", "earlyStopping={ patience: 5 }",
                script: [
                    (3, .setWeightDecay(1.0 / 3)), (4, .setMomentum(0.3)), (5, .setGradientClipping(0.1)),
                    (6, .setDropout(DropoutChange(p: 0.7, layer: "5"))), (6, .setPatience(1)),
                    (13, .setWeightDecay(0.01)),
                ]),
            step: 9),
        Case(
            name: "frozen layers and some that begin anew",
            plan: .init(
                Config.pictures, "epochs=4",
                script: [
                    (3, .freeze("0")), (4, .reinitialize("6")), (5, .freeze("7")), (6, .reinitializeDeadUnits("0")),
                    (7, .clearOptimizerState), (11, .unfreeze("0")), (12, .reinitialize("9")),
                    (13, .reinitializeDeadUnits("0")),
                ]),
            step: 9),
        Case(
            name: "longer by hand, evaluated more often",
            plan: .init(
                Config.pictures, "epochs=4", "plateau={ patience: 0, threshold: 0.5 }",
                script: [
                    (3, .setEvaluationInterval(5)), (4, .setEpochs(6)), (12, .setEvaluationInterval(0)),
                    (17, .setEpochs(5)),
                ]),
            step: 18),
        Case(
            name: "batches of other sizes, larger and smaller than the plan's",
            plan: .init(
                Config.pictures, "epochs=4", "plateau={ patience: 0, threshold: 0.5 }",
                "augmentation=[{ mixup: { alpha: 0.2 } }]",
                script: [
                    (2, .setBatchSize(20)), (7, .setBatchSize(100)), (11, .setBatchSize(33)), (13, .setEpochs(5)),
                ]),
            step: 9),
        Case(
            name: "near what single precision holds, and beyond",
            plan: .init(
                Config.blobs, "loss=mse", "model=[{ linear: 9 }, { linear: 9 }, { linear: 3 }]",
                script: [(20, .setLearningRate(1e6))]),
            step: 21),
    ]

    @Test(arguments: cases) func `a run goes on with the same bits`(broken: Case) throws {
        let whole = try BrokenRun.whole(broken.plan, from: broken.step)
        let bytes = try BrokenRun.begin(broken.plan, until: broken.step)
        let result = try BrokenRun.goOn(broken.plan, from: bytes)
        #expect(result.bits == whole.bits)
        #expect(result.slots == whole.slots)
        #expect(result.updateCount == whole.updateCount && result.batchesTracked == whole.batchesTracked)
        #expect(result.log == whole.log)
    }

    @Test(arguments: [0, 3, 8, 12]) func `a run goes on in another process`(index: Int) async throws {
        let broken = Self.cases[index]
        let folder = ScratchFolder()
        let whole = try BrokenRun.whole(broken.plan, from: broken.step)
        try Data(BrokenRun.begin(broken.plan, until: broken.step)).write(to: URL(fileURLWithPath: folder / "state"))
        let state: String = folder / "state"
        let result: String = folder / "result"
        await #expect(processExitsWith: .success) {
            [state = state as String, result = result as String, index = index as Int] in
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: state)))
            let found = try BrokenRun.goOn(TrainingStateTests.cases[index].plan, from: bytes)
            try JSONEncoder().encode(found).write(to: URL(fileURLWithPath: result))
        }
        let found = try JSONDecoder().decode(
            BrokenRun.Result.self, from: Data(contentsOf: URL(fileURLWithPath: result)))
        #expect(found == whole)
    }

    /// Broken off twice, it is still the same run; and what is read is written again byte for byte.
    @Test func `a state is read and written unchanged`() throws {
        let plan = BrokenRun.Plan(
            Config.pictures, "epochs=4", "plateau={ patience: 0 }", "earlyStopping={ patience: 3 }",
            script: [
                (2, .scaleLearningRate(0.1)),
                (3, .setSchedule(ScheduleChange(kind: Schedule.Exponential(factor: 0.97)))),
                (9, .pause), (9, .step(4)), (13, .resume), (15, .note("\u{1F4D3} \"quoted\"\n")),
            ])
        let bytes = try BrokenRun.begin(plan, until: 11)
        let material = try RunMaterial(plan: Config.plan(plan.config, plan.changes))
        defer { material.pool.close() }
        let state = try TrainingState(material, bytes: bytes, path: "state")
        #expect(state.copied(waiting: state.waiting).bytes() == bytes)
        #expect(state.position.step == 11 && state.best.report != nil && state.rate.rests.count == 1)
        #expect(state.lifecycle.standing.pauseReason == .asked && state.lifecycle.standing.stepsAllowed == 2)
        #expect(state.waiting.map(\.step) == [13, 15])
    }

    @Test func `the bytes are a file of weights too`() throws {
        let folder = ScratchFolder()
        let bytes = try BrokenRun.begin(.init(Config.pictures, "optimizer={ adam: {} }"), until: 6)
        try Data(bytes).write(to: URL(fileURLWithPath: folder / "state.safetensors"))
        let material = try RunMaterial(plan: Config.plan(Config.pictures), weights: folder / "state.safetensors")
        defer { material.pool.close() }
        let state = try TrainingState(
            RunMaterial(plan: Config.plan(Config.pictures, ["optimizer={ adam: {} }"])), bytes: bytes, path: "state")
        #expect(material.network.parameters.array == state.network.parameters.array)
        #expect(material.network.buffers.array == state.network.statistics.buffers.array)
        let names = try SafetensorsFile(bytes: bytes, path: "state").entries.map(\.name)
        #expect(names.prefix(2) == ["0.weight", "0.bias"])
        #expect(names.contains("optimizer.exp_avg_sq.0.weight") && names.contains("best.1.running_mean"))
    }

    /// Without what is changed by hand beside the rate, which versions before did not know.
    @Test func `a state of the format before is read`() throws {
        var bytes = try BrokenRun.begin(.init(Config.blobs), until: 16)
        func replace(_ old: String, _ new: String) throws {
            bytes.replaceSubrange(try #require(bytes.firstRange(of: Array(old.utf8))), with: new.utf8)
        }
        try replace(#"\"format\":4"#, #"\"format\":3"#)
        try replace(#"\"tuning\""#, #"\"unread\""#)
        let sum = try #require(bytes.firstRange(of: Array(#""crc32":""#.utf8))).upperBound
        bytes.replaceSubrange(sum..<sum + 8, with: "00000000".utf8)
        let digits = String(CRC32.checksum(of: bytes), radix: 16)
        bytes.replaceSubrange(sum..<sum + 8, with: (String(repeating: "0", count: 8 - digits.count) + digits).utf8)
        #expect(
            try BrokenRun.goOn(.init(Config.blobs), from: bytes).bits
                == BrokenRun.whole(.init(Config.blobs), from: 16).bits)
    }

    @Test func `exact numbers survive`() throws {
        let (third, tiny) = (1.0 / 3, Double.leastNonzeroMagnitude)
        let plan = BrokenRun.Plan(Config.blobs, script: [(0, .setLearningRate(third)), (60, .scaleLearningRate(tiny))])
        let material = try RunMaterial(plan: Config.plan(Config.blobs))
        defer { material.pool.close() }
        let state = try TrainingState(material, bytes: BrokenRun.begin(plan, until: 3), path: "state")
        #expect(state.rate.control == .held(third))
        #expect(state.waiting.map(\.command) == [.scaleLearningRate(tiny)])
    }

    /// The state of 16 updates of another plan.
    private func error(_ plan: BrokenRun.Plan, for config: String, _ changes: String...) throws -> String {
        let bytes = try BrokenRun.begin(plan, until: 16)
        let material = try RunMaterial(plan: Config.plan(config, changes))
        defer { material.pool.close() }
        let before = material.network.parameters.array
        let error = #expect(throws: TrainingStateError.self) {
            _ = try TrainingState(material, bytes: bytes, path: "run/state")
        }
        #expect(material.network.parameters.array == before, "the network stays as it was")
        return try #require(error).description
    }

    @Test func `the state of another run is one clear error`() throws {
        let plan = BrokenRun.Plan(Config.blobs)
        #expect(
            try error(plan, for: Config.pictures, "epochs=4")
                == "run/state: is the state of another run: 1.num_batches_tracked is missing")
        #expect(
            try error(plan, for: Config.blobs, "model=[{ linear: 9 }, 'relu', { linear: 3 }]")
                == "run/state: tensor 0.weight: has shape 16x2; the model's is 9x2")
        #expect(
            try error(plan, for: Config.blobs, "optimizer={ adam: {} }")
                == "run/state: is the state of another run: its optimizer remembers momentum_buffer, not exp_avg and exp_avg_sq"
        )
        #expect(try error(plan, for: Config.blobs, "epochs=1").contains("it stands at step 16 of 15"))
        #expect(try error(plan, for: Config.blobs, "earlyStopping={ patience: 3 }").contains("other policies"))
        let text = Config.blobs.replacing("validation: { fraction: 0.2 },", with: "")
        #expect(try error(plan, for: text).contains("no validation set"))
    }

    @Test func `weights alone are no state`() throws {
        let material = try RunMaterial(plan: Config.plan(Config.blobs))
        defer { material.pool.close() }
        let bytes = SafetensorsFile.bytes(material.network.state.tensors())
        #expect(throws: TrainingStateError.noState(path: "weights")) {
            _ = try TrainingState(material, bytes: bytes, path: "weights")
        }
    }

    /// Bent bytes are refused in one line or read; nothing traps, also not when the run goes on.
    @Test func `bent bytes never trap`() throws {
        let plan = BrokenRun.Plan(
            Config.blobs, "plateau={ patience: 1 }", "earlyStopping={ patience: 30 }",
            script: [
                (3, .setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 0), warmup: .steps(2)))),
                (4, .setMomentum(0.5)), (4, .setGradientClipping(2)), (4, .freeze("0")), (5, .setEpochs(5)),
                (6, .setBatchSize(20)), (9, .setBatchSize(30)),
                (5, .setEvaluationInterval(7)), (5, .setPatience(20)),
                (40, .setLearningRate(0.1)),
            ])
        let bytes = try BrokenRun.begin(plan, until: 16)
        let header = 8 + bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let material = try RunMaterial(plan: Config.plan(plan.config, plan.changes))
        defer { material.pool.close() }
        var random = SplitMix64(seed: 7)
        var read = 0
        for round in 0..<1_500 {
            var bent = bytes
            for _ in 0...(round % 3) {
                let place = Int(random.next() % UInt64(header))
                bent[place] =
                    round % 2 == 0 ? UInt8(truncatingIfNeeded: random.next()) : [0x30, 0x39, 0x2D, 0x65][round / 2 % 4]
            }
            do throws(TrainingStateError) {
                let state = try TrainingState(material, bytes: bent, path: "bent")
                read += 1
                let trainer = Trainer(
                    material: material, mailbox: CommandMailbox(), reports: ReportMailbox(), options: TrainerOptions(),
                    state: state)
                if read % 20 == 1 { _ = trainer.run(until: state.position.step + 2) }
            } catch {
                #expect(!error.description.contains("\n"))
            }
        }
        #expect(read > 0)
    }
}
