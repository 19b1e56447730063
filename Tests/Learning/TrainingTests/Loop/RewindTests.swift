import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// Going back in time: the run stands as it stood, whatever was done since, and goes on with the same bits.
@Suite struct RewindTests {
    /// A run that somebody may rewind, to the end on the thread of the test.
    private func finish(
        _ plan: BrokenRun.Plan, _ script: [ScriptedCommand], memory: String = "checkpoints.memory=64"
    ) throws -> RunRecord {
        let material = try RunMaterial(plan: Config.plan(plan.config, plan.changes + [memory]))
        defer { material.pool.close() }
        let (mailbox, reports) = (CommandMailbox(), ReportMailbox())
        mailbox.schedule(script)
        var options = TrainerOptions(logsStatistics: true)
        options.keepsMoments = true
        let end = Trainer(material: material, mailbox: mailbox, reports: reports, options: options).run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        return RunRecord(reports: all, end: end, material: material)
    }

    private func scripted(_ script: [(Int, RunCommand)], branch: Int? = nil) -> [ScriptedCommand] {
        script.map { ScriptedCommand(step: $0.0, branch: branch, command: $0.1, place: "script:1:1") }
    }

    @Test(arguments: TrainingStateTests.cases.filter { $0.step > 0 })
    func `what was done since is as if it had never been`(given: TrainingStateTests.Case) throws {
        let script = given.plan.script.map { ($0.step, $0.command) }
        let whole = try finish(given.plan, scripted(script))
        let later = min(given.step + 9, whole.end.position.step - 1)
        // On the way it is another run; behind, what the script still had to say is said again.
        var detour = scripted(script)
        detour.append(
            contentsOf: scripted(
                [(later - 1, .scaleLearningRate(0.25)), (later, .rewind(Rewind(to: given.step)))], branch: 0))
        detour += scripted(script.filter { $0.0 >= given.step && $0.0 <= later }, branch: 1)
        let back = try finish(given.plan, detour.sorted { $0.step < $1.step })
        #expect(back.receipts.contains { $0.rewound == Position(branch: 1, step: given.step) }, "\(back.receipts)")
        #expect(back.finalBits == whole.finalBits)
        #expect(back.end.position.step == whole.end.position.step && back.end.reason == whole.end.reason)
        #expect(back.end.best?.loss == whole.end.best?.loss && back.end.best?.accuracy == whole.end.best?.accuracy)
        let again = back.steps.filter { $0.branch == 1 }
        #expect(again.first?.step == given.step)
        for (one, other) in zip(again, whole.steps[given.step...]) {
            #expect(
                one.loss.bitPattern == other.loss.bitPattern && one.learningRate == other.learningRate,
                "step \(one.step)")
        }
    }

    @Test func `a branch can be left for an earlier one, and that for a moment on it`() throws {
        let plan = BrokenRun.Plan(Config.blobs, "epochs=6")
        let whole = try finish(plan, [])
        let run = try finish(
            plan,
            scripted([(50, .scaleLearningRate(0.1)), (60, .rewind(Rewind(to: 45, scale: 0.5)))])
                + scripted([(55, .evaluate), (70, .rewind(Rewind(to: 20)))], branch: 1)
                + scripted([(30, .rewind(Rewind(to: 25, rate: 0.07)))], branch: 2)
                + scripted([(28, .rewind(Rewind(to: 22)))], branch: 3))
        let isAccepted = run.receipts.allSatisfy { $0.isAccepted }
        #expect(isAccepted, "\(run.receipts)")
        #expect(run.finalBits == whole.finalBits)
        let rates = run.steps.filter { $0.branch == 3 }.map(\.learningRate)
        #expect(rates.first == 0.07)
        #expect(run.steps.first { $0.branch == 1 }?.learningRate == whole.steps[45].learningRate * 0.5)
    }

    @Test func `what policies did on the way is done again`() throws {
        let plan = BrokenRun.Plan(
            Config.blobs, "epochs=8", "optimizer={ sgd: { learningRate: 1e-6 } }",
            "plateau={ patience: 1, cooldown: 1, factor: 0.5, threshold: 0.9 }")
        let whole = try finish(plan, [])
        #expect(whole.receipts.contains { $0.author == .policy("plateau") && $0.position.step < 70 })
        let run = try finish(plan, scripted([(100, .rewind(Rewind(to: 77)))]))
        #expect(run.finalBits == whole.finalBits)
        #expect(run.end.position.step == whole.end.position.step)
    }

    @Test func `weights that the run went back to by itself are gone back to again`() throws {
        let plan = BrokenRun.Plan(Config.blobs, "epochs=6", "onNotFinite=rewind", "loss=mse")
        let ruin: [(Int, RunCommand)] = [(41, .setLearningRate(1e6)), (43, .setLearningRate(0.01))]
        let whole = try finish(plan, scripted(ruin))
        #expect(whole.receipts.contains { $0.author == .run })
        let run = try finish(plan, scripted(ruin + [(72, .rewind(Rewind(to: 65)))]))
        #expect(run.receipts.contains { $0.rewound != nil })
        #expect(run.finalBits == whole.finalBits)
    }

    @Test func `what cannot be gone back to is refused with the reason`() throws {
        func reasons(_ commands: [RunCommand], memory: String = "checkpoints.memory=64") throws -> [String] {
            let run = try finish(.init(Config.blobs), scripted(commands.map { (20, $0) }), memory: memory)
            return run.receipts.compactMap { if case .refused(let reason) = $0.outcome { reason } else { nil } }
        }
        #expect(
            try reasons([.rewind(Rewind(to: 20)), .rewind(Rewind(to: 21))]) == [
                "the run stands before step 20; say an earlier one",
                "the run stands before step 20; say an earlier one",
            ])
        #expect(
            try reasons([.rewind(Rewind(to: 3, rate: 0.1, scale: 0.5))])
                == ["a rate and a scale do not go together; say one"])
        #expect(
            try reasons([.rewind(Rewind(to: 3))], memory: "checkpoints.memory=0") == [
                "no moment is kept to go back to; a run directory (--save) or more checkpoints.memory keeps some"
            ])
    }

    @Test
    func `a run that stands still for numbers that are not finite stands still because it was asked to, afterwards`() {
        var lifecycle = RunLifecycle(
            limits: .init(
                totalSteps: 90, epochs: EpochCourse(examples: 15, batchSize: 1), hasValidation: false, canSteer: true))
        _ = lifecycle.handle(.trained(isFinite: false), at: 40)
        #expect(lifecycle.pauseReason == .notFinite)
        lifecycle.goBack()
        #expect(lifecycle.pauseReason == .asked)
    }

    @Test func `a pause that nobody could end any more ends with it`() throws {
        let run = try finish(
            .init(Config.blobs), scripted([(20, .pause), (20, .rewind(Rewind(to: 12))), (20, .resume)]))
        #expect(run.end.reason == .completed)
        #expect(run.phases.contains(.rewinding))
    }
}
