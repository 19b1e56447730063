import PlanFixtures
import Runs
import Testing
import Training

/// Commands that change a run beside its rate: each is what a plan would have said from the same state on.
@Suite struct TuningTests {
    /// A command, and what the plan of a run that goes on from the state before it says instead.
    struct Row: Sendable, CustomTestStringConvertible {
        let command: RunCommand
        let config: String
        let changes: [String]
        /// The setting that does the same.
        let setting: String
        let outcome: Receipt.Outcome

        init(
            _ command: RunCommand, _ config: String, _ changes: String..., sameAs setting: String, old: Double?,
            new: Double?
        ) {
            (self.command, self.config, self.changes, self.setting) = (command, config, changes, setting)
            outcome = .accepted(old: old, new: new)
        }

        var testDescription: String { "\(command.name) as \(setting)" }
    }

    static let rows: [Row] = [
        Row(
            .setWeightDecay(0.1), Config.blobs, sameAs: "optimizer.sgd.weightDecay=0.1", old: 0, new: 0.1),
        Row(
            .setWeightDecay(0), Config.pictures, "epochs=4", sameAs: "optimizer.sgd.weightDecay=0", old: 1e-3, new: 0),
        Row(
            .setWeightDecay(0.3), Config.blobs, "optimizer={ adamW: {} }",
            sameAs: "optimizer={ adamW: { weightDecay: 0.3 } }", old: 0.01, new: 0.3),
        Row(.setMomentum(0.5), Config.blobs, sameAs: "optimizer.sgd.momentum=0.5", old: 0.9, new: 0.5),
        Row(
            .setMomentum(0.5), Config.blobs, "optimizer={ sgd: { learningRate: 0.1, momentum: 0.9, nesterov: true } }",
            sameAs: "optimizer.sgd.momentum=0.5", old: 0.9, new: 0.5),
        Row(
            .setMomentum(0.25), Config.blobs, "optimizer={ rmsprop: { momentum: 0.9, centered: true } }",
            sameAs: "optimizer.rmsprop.momentum=0.25", old: 0.9, new: 0.25),
        Row(
            .setBeta1(0.5), Config.blobs, "optimizer={ adam: {} }", sameAs: "optimizer={ adam: { beta1: 0.5 } }",
            old: 0.9, new: 0.5),
        Row(.setGradientClipping(0.05), Config.blobs, sameAs: "gradientClipping={ norm: 0.05 }", old: 0, new: 0.05),
        Row(
            .setGradientClipping(0.01), Config.blobs, "gradientClipping={ value: 1 }",
            sameAs: "gradientClipping={ value: 0.01 }", old: 1, new: 0.01),
        Row(
            .setGradientClipping(0), Config.blobs, "gradientClipping={ norm: 0.05 }",
            sameAs: "gradientClipping={ norm: 1e30 }", old: 0.05, new: 0),
        Row(
            .setDropout(DropoutChange(p: 0.6)), Config.pictures, "epochs=4",
            sameAs: "model[5]={ dropout: 0.6 }", old: 0.3, new: 0.6),
        Row(
            .setDropout(DropoutChange(p: 0.6, layer: "5")), Config.pictures, "epochs=4",
            "model[5]={ dropout: 0 }", sameAs: "model[5]={ dropout: 0.6 }", old: 0, new: 0.6),
        Row(
            .setPatience(1), Config.blobs, "epochs=20", "optimizer={ sgd: { learningRate: 1e-20 } }",
            "earlyStopping={ patience: 9 }", sameAs: "earlyStopping={ patience: 1 }", old: 9, new: 1),
        Row(
            .setEvaluationInterval(7), Config.blobs, "optimizer={ sgd: { learningRate: 1e-3 } }",
            "plateau={ patience: 1, factor: 0.5, threshold: 0.9 }",
            sameAs: "validation={ fraction: 0.2, every: 7 }", old: 15, new: 7),
        Row(
            .setEvaluationInterval(0), Config.blobs, "optimizer={ sgd: { learningRate: 1e-3 } }",
            "plateau={ patience: 1, factor: 0.5, threshold: 0.9 }", "validation.every=7",
            sameAs: "validation={ fraction: 0.2 }", old: 7, new: 15),
        Row(.setEpochs(6), Config.blobs, "schedule=linear", sameAs: "epochs=6", old: 4, new: 6),
        Row(.setEpochs(1), Config.blobs, "schedule=linear", sameAs: "epochs=1", old: 4, new: 1),
        Row(.setEpochs(3), Config.pictures, "epochs=4", sameAs: "epochs=3", old: 4, new: 3),
    ]

    /// A batch size is no setting of a run that goes on, and before the first update it is the plan's.
    @Test(arguments: [
        (Config.blobs, 16, 240, ["schedule=linear"]),
        (Config.blobs, 16, 7, ["dropLast=true", "plateau={ patience: 1 }"]),
        (Config.blobs, 16, 1, ["epochs=1", "schedule={ step: { every: { epochs: 0.25 } } }"]),
    ])
    func `a batch size before the first update is the plan's`(
        config: String, old: Int, new: Int, changes: [String]
    ) throws {
        var plan = BrokenRun.Plan(config, script: [(0, .setBatchSize(new))])
        plan.changes = changes
        let tuned = try BrokenRun.whole(plan, from: 0)
        plan.script = []
        plan.changes.append("batchSize=\(new)")
        let planned = try BrokenRun.whole(plan, from: 0)
        #expect(tuned.bits == planned.bits && tuned.slots == planned.slots)
        #expect(tuned.updateCount == planned.updateCount)
        let receipt = Receipt(
            position: Position(step: 0), author: .script, command: .setBatchSize(new),
            outcome: .accepted(old: Double(old), new: Double(new)))
        #expect(tuned.log.filter { $0 != "\(receipt)" } == planned.log)
    }

    @Test(arguments: rows) func `a change by hand is what a plan would have said`(_ row: Row) throws {
        var plan = BrokenRun.Plan(row.config, script: [(10, row.command)])
        plan.changes = row.changes
        let tuned = try BrokenRun.whole(plan, from: 10)
        plan.script = []
        let state = try BrokenRun.begin(plan, until: 10)
        let untouched = try BrokenRun.goOn(plan, from: state)
        plan.changes.append(row.setting)
        let planned = try BrokenRun.goOn(plan, from: state)
        #expect(tuned.bits == planned.bits && tuned.slots == planned.slots)
        #expect(tuned.updateCount == planned.updateCount)
        #expect(tuned.bits != untouched.bits || tuned.updateCount != untouched.updateCount)
    }

    @Test(arguments: rows) func `the receipt says what it was and what it is`(_ row: Row) throws {
        var plan = BrokenRun.Plan(row.config, script: [(10, row.command)])
        plan.changes = row.changes
        let receipt = Receipt(
            position: Position(step: 10), author: .script, command: row.command, outcome: row.outcome)
        #expect(try BrokenRun.whole(plan, from: 10).log.contains("\(receipt)"))
    }

    /// What one of them changes stays changed by the next.
    @Test func `changes add up`() throws {
        let plan = BrokenRun.Plan(
            Config.blobs, script: [(5, .setMomentum(0.5)), (9, .setWeightDecay(0.1)), (10, .setGradientClipping(1))])
        let tuned = try BrokenRun.whole(plan, from: 10)
        let planned = try BrokenRun.goOn(
            .init(
                Config.blobs, "optimizer={ sgd: { learningRate: 0.1, momentum: 0.5, weightDecay: 0.1 } }",
                "gradientClipping={ norm: 1 }"),
            from: BrokenRun.begin(
                .init(Config.blobs, script: [(5, .setMomentum(0.5)), (9, .setWeightDecay(0.1))]), until: 10))
        #expect(tuned.bits == planned.bits)
    }

    static let refusals: [(RunCommand, [String], String)] = [
        (.setWeightDecay(-1), [], "the weight decay must be a number from 0 to 1e6, not -1"),
        (.setWeightDecay(.nan), [], "the weight decay must be a number from 0 to 1e6, not NaN"),
        (.setMomentum(0), [], "the momentum must be a number above 0 and below 1, not 0"),
        (.setMomentum(1), [], "the momentum must be a number above 0 and below 1, not 1"),
        (.setMomentum(0.5), ["optimizer={ adam: {} }"], "adam has no momentum"),
        (
            .setMomentum(0.5), ["optimizer={ sgd: 0.1 }"],
            "sgd began without momentum and remembers none; it takes a new run"
        ),
        (.setBeta1(0.5), [], "sgd has no beta1"),
        (.setBeta1(1), ["optimizer={ adam: {} }"], "beta1 must be a number of at least 0 and below 1, not 1"),
        (.setGradientClipping(-1), [], "the bound must be a number from 0 to 1e6, not -1"),
        (.setDropout(DropoutChange(p: 0.5)), [], "the model has no dropout layer"),
        (.setDropout(DropoutChange(p: 0.5, layer: "1")), [], "the model has no dropout layer"),
        (
            .setDropout(DropoutChange(p: 0.5, layer: "2")), ["model=[{ linear: 9 }, 'dropout', { linear: 3 }]"],
            "no dropout layer is called 2; there is 1"
        ),
        (.setDropout(DropoutChange(p: 1)), [], "the probability must be a number of at least 0 and below 1, not 1"),
        (.setPatience(3), [], "the plan has no early stopping"),
        (.setEvaluationInterval(-1), [], "the interval must be from 0 to 1000000000, not -1"),
        (.setEpochs(0), [], "the number of epochs must be from 1 to 1000000, not 0"),
        (
            .setEpochs(1), ["batchSize=60"],
            "1 epoch ends at step 4, and 7 updates are made: stop ends the run here"
        ),
        (.setBatchSize(0), [], "the batch size must be from 1 to 1000000, not 0"),
        (.setBatchSize(241), [], "a batch of 241 is larger than the 240 training examples"),
        (
            .setBatchSize(200), ["dropLast=true"],
            "128 examples of the epoch are left, and dropLast leaves out a batch of 200 that is not full: ask again at step "
                + "15, where the next epoch begins"
        ),
        (
            .setBatchSize(1), ["model=[{ linear: 9 }, 'batchNorm', { linear: 3 }]"],
            "batchNorm (layer 1) needs more than one value of each feature to normalize over, and a batch of 1 has one; take at "
                + "least 2 examples, or layerNorm"
        ),
        (
            .setBatchSize(127), ["model=[{ linear: 9 }, 'batchNorm', { linear: 3 }]"],
            "batchNorm (layer 1) needs more than one value of each feature to normalize over, and the last batch of this epoch "
                + "is 1 example (128 = 1 x 127 + 1)"
        ),
        (
            .setBatchSize(239), ["model=[{ linear: 9 }, 'batchNorm', { linear: 3 }]"],
            "batchNorm (layer 1) needs more than one value of each feature to normalize over, and the last batch of an epoch "
                + "is 1 example (240 = 1 x 239 + 1)"
        ),
        (.setPatience(0), ["earlyStopping={}"], "the patience must be from 1 to 1000000, not 0"),
    ]

    @Test(arguments: refusals)
    func `what cannot be done is refused and changes nothing`(
        command: RunCommand, changes: [String], reason: String
    ) throws {
        var plan = BrokenRun.Plan(Config.blobs)
        plan.changes = changes
        let untouched = try BrokenRun.whole(plan, from: 0)
        plan.script = [.init(step: 7, command: command)]
        let refused = try BrokenRun.whole(plan, from: 0)
        #expect(refused.bits == untouched.bits)
        let receipt = Receipt(
            position: Position(step: 7), author: .script, command: command, outcome: .refused(reason))
        #expect(refused.log.filter { $0.hasPrefix("Receipt") } == ["\(receipt)"])
    }

    /// Who goes on with another plan has said something after what was changed by hand.
    @Test(arguments: [
        (["optimizer.sgd.momentum=0.8"], ["weightDecay", "bound", "patience", "interval", "epochs"]),
        (["optimizer={ sgd: {} }", "gradientClipping=1"], ["patience", "interval", "epochs"]),
        (["earlyStopping.patience=4", "validation.every=9"], ["momentum", "weightDecay", "bound", "epochs"]),
        (["epochs=9", "threads=2"], ["momentum", "weightDecay", "bound", "patience", "interval"]),
    ])
    func `a plan that is changed on resuming comes after what was changed by hand`(
        changes: [String], left: [String]
    ) throws {
        let run = try HeldRun(Config.blobs, "earlyStopping={ patience: 9 }")
        run.send(
            .setMomentum(0.5), .setWeightDecay(0.1), .setGradientClipping(1), .setPatience(3),
            .setEvaluationInterval(7),
            .setEpochs(6), .freeze("0"))
        run.train(until: 1)
        let state = run.trainer.state
        #expect(state.lifecycle.limits.totalSteps == 90 && state.lifecycle.limits.evaluationInterval == 7)
        state.tuning.forget(changes)
        let tuning = state.tuning
        var found = Set(tuning.options.keys)
        if tuning.bound != nil { found.insert("bound") }
        if tuning.patience != nil { found.insert("patience") }
        if tuning.evaluationInterval != nil { found.insert("interval") }
        if tuning.epochs != nil { found.insert("epochs") }
        #expect(found == Set(left) && tuning.frozen == ["0"])
        #expect(state.lifecycle.limits.totalSteps == (left.contains("epochs") ? 90 : 60))
        #expect(state.lifecycle.limits.evaluationInterval == (left.contains("interval") ? 7 : nil))
    }
}
