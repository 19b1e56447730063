import Dashboard
import History
import Runs
import Testing

@Suite("Rate drafts")
struct RateDraftTests {
    /// A run at a rate of 0.04 in the middle of its constant plan, or of another.
    static func draft(
        _ text: String, _ mode: RateDraft.Mode = .rescale, control: LearningRateControl = .following(multiplier: 0.5),
        schedule: Schedule = Schedule(base: 0.08, total: 1_000), step: Int = 500
    ) -> RateDraft {
        var description = Desk().state.run.history.description
        description.schedule = schedule
        description.lengths.totalSteps = schedule.total
        let progress = RunProgress(
            position: Position(step: step), epoch: 0, control: control,
            learningRate: control.rate(at: step, schedule: schedule))
        return RateDraft(
            text: text, mode: mode, status: RunStatus(phase: .training, progress: progress), description: description)
    }

    @Test(
        arguments: [
            ("0.01", RateDraft.Mode.rescale, 0.01, "rate 0.0400 → 0.0100, plan ×0.125 from here on"),
            (" * 0.5 ", .rescale, 0.02, "rate 0.0400 → 0.0200, plan ×0.25 from here on"),
            ("/4", .rescale, 0.01, "rate 0.0400 → 0.0100, plan ×0.125 from here on"),
            ("×2", .rescale, 0.08, "rate 0.0400 → 0.0800, plan ×1 from here on"),
            ("1e-3", .hold, 0.001, "rate 0.0400 → 1.0e-3, held until p"),
        ])
    func `what the text will do is known before Enter`(
        text: String, mode: RateDraft.Mode, new: Double, words: String
    ) {
        let draft = Self.draft(text, mode)
        #expect(draft.new == new)
        #expect(draft.words(.standard) == words)
        #expect(draft.error == nil)
    }

    @Test
    func `scaling a held rate keeps holding it, or goes back to the plan, as was chosen`() {
        #expect(Self.draft("*2", .hold, control: .held(0.1)).command == .holdLearningRate(2))
        #expect(Self.draft("*2", .keep, control: .held(0.1)).command == .scaleLearningRate(2))
        let rescaled = Self.draft("*2", .rescale, control: .held(0.1))
        #expect(rescaled.command == .rescaleSchedule(0.2))
        #expect(rescaled.words(.standard) == "rate 0.100 → 0.200, plan ×2.5 from here on")
    }

    @Test
    func `in warm-up the peak that a rescaled plan leads to is named`() {
        let rising = Schedule(kind: Schedule.Cosine(to: 0), base: 0.1, warmup: 100, total: 1_000)
        let draft = Self.draft("0.05", control: .planned, schedule: rising, step: 36)
        #expect(draft.new == 0.05 && abs((draft.peak ?? 0) - 0.1351) < 1e-4)
        #expect(draft.words(.standard) == "rate 0.0370 → 0.0500, plan ×1.35 from here on, peak 0.135")
        #expect(Self.draft("0.05", .hold, control: .planned, schedule: rising, step: 36).peak == nil)
    }

    @Test(
        arguments: [
            (36, LearningRateControl.planned, true), (100, .planned, false), (500, .planned, false),
            (500, .held(1), true),
            (36, .held(1), true), (20, .following(multiplier: 2), true),
        ])
    func `holding is the default where the plan rises, and where a rate is held`(
        step: Int, control: LearningRateControl, holds: Bool
    ) {
        var description = Desk().state.run.history.description
        description.schedule = Schedule(kind: Schedule.Cosine(to: 0), base: 0.1, warmup: 100, total: 3_750)
        let progress = RunProgress(position: Position(step: step), epoch: 0, control: control, learningRate: 0.1)
        #expect(
            RateDraft.holds(RunStatus(phase: .training, progress: progress), description: description) == holds)
    }

    @Test
    func `a rate of 0 cannot be scaled to a number, but held`() {
        let ended = Schedule(kind: Schedule.Linear(to: 0), base: 0.1, total: 500)
        #expect(Self.draft("0.1", control: .planned, schedule: ended).error?.contains("hold") == true)
        #expect(Self.draft("*2", control: .planned, schedule: ended).error?.contains("hold") == true)
        #expect(Self.draft("0.1", .hold, control: .planned, schedule: ended).command == .setLearningRate(0.1))
    }

    @Test(
        arguments: ["x", "*", "abc", "0x10", "nan", "inf", "1e999", "-2", "0,5", "*-1"])
    func `errors say what would be right`(text: String) {
        let draft = Self.draft(text, control: .planned)
        #expect(draft.error != nil)
        #expect(draft.command == nil)
        #expect(draft.new == nil)
    }

    @Test
    func `an empty field is no error yet`() {
        let draft = Self.draft("  ", control: .planned)
        #expect(draft.error == nil)
        #expect(draft.command == nil)
    }
}
