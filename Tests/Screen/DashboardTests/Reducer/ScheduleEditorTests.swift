import Cells
import Dashboard
import Runs
import Screens
import Testing

@Suite("The editor of the rest of the plan")
struct ScheduleEditorTests {
    /// A desk whose editor has been open long enough to decide.
    private func desk(rate: Double = 0.04) -> Desk {
        var desk = Desk(rate: rate)
        desk.type("3")
        desk.wait(1)
        desk.type("i")
        desk.wait(1)
        return desk
    }

    private func sheet(_ desk: Desk) -> ScheduleSheet {
        desk.state.overlay.scheduleSheet ?? ScheduleSheet(openedAt: -1)
    }

    @Test
    func `i opens it on its screen, and only there`() {
        #expect(desk().state.overlay.scheduleSheet?.shape == .cosine)
        #expect(desk().state.view.focus == .scheduleRest)
        var elsewhere = Desk()
        elsewhere.type("i")
        #expect(elsewhere.state.overlay.scheduleSheet == nil)
    }

    @Test
    func `Enter sends one command, Esc none`() {
        var desk = desk()
        desk.press(.enter)
        #expect(desk.sent == [.setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 0)))])
        #expect(desk.state.overlay.shown == nil)
        var dropped = self.desk()
        dropped.press(.right)
        dropped.press(.escape)
        dropped.wait(2)
        #expect(dropped.sent == [] && dropped.state.overlay.shown == nil)
    }

    @Test
    func `nothing is sent right after it opened, by a reader, or once the run has ended`() {
        var desk = Desk()
        desk.type("3")
        desk.wait(1)
        desk.type("i")
        desk.press(.enter)
        #expect(desk.sent == [])
        #expect(sheet(desk).error == "ignored, it came right after the sheet opened")
        var reader = Desk()
        reader.state.steering.isReadOnly = true
        reader.type("3")
        reader.wait(1)
        reader.type("i")
        #expect(reader.state.overlay.shown == nil)
        var ended = self.desk()
        ended.enter(.finished(.completed))
        #expect(ended.state.overlay.shown == nil)
    }

    @Test
    func `arrows choose fields and change them; what is typed stands for itself`() {
        var desk = desk()
        desk.press(.left)
        #expect(sheet(desk).shape == .linear)
        desk.press(.down)
        desk.type("0.02")
        desk.press(.down)
        desk.type("2e")
        desk.press(.down)
        desk.type("1e-3")
        desk.press(.down)
        desk.type("2x0")
        desk.press(.backspace)
        desk.press(.backspace)
        desk.press(.backspace)
        desk.type("20")
        desk.press(.enter)
        #expect(
            desk.sent == [
                .setSchedule(
                    ScheduleChange(kind: Schedule.Linear(to: 1e-3), rate: 0.02, warmup: .steps(20), length: .epochs(2)))
            ])
    }

    @Test(arguments: [("*0.5", 0.5), ("/4", 0.25), ("x2", 2)])
    func `from takes factors of the rate as it is`(text: String, scale: Double) {
        var desk = desk()
        desk.press(.down)
        desk.type(text)
        desk.press(.enter)
        #expect(desk.sent == [.setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 0), scale: scale))])
    }

    static let shapes: [(ScheduleSheet.Shape, ScheduleChange)] = [
        (.asPlanned, ScheduleChange()), (.hold, ScheduleChange(kind: Schedule.Constant())),
        (.linear, ScheduleChange(kind: Schedule.Linear(to: 0))),
        (.cosine, ScheduleChange(kind: Schedule.Cosine(to: 0))),
        (.restarts, ScheduleChange(kind: Schedule.CosineRestarts(period: .steps(650), growth: 1, to: 0))),
        (.stairs, ScheduleChange(kind: Schedule.Step(every: .steps(650), factor: 0.5))),
        (.oneCycle, ScheduleChange(kind: Schedule.OneCycle(peak: 4, to: 0, rise: 0.3))),
    ]

    @Test(arguments: shapes)
    func `every shape has a sensible default`(_ shape: ScheduleSheet.Shape, _ change: ScheduleChange) {
        let desk = Desk()
        let draft = ScheduleDraft(
            ScheduleSheet(shape: shape, openedAt: 0), status: desk.state.run.live.status,
            description: desk.state.run.live.description)
        #expect(draft.change == change)
        #expect(draft.error == nil)
        #expect(abs((draft.new ?? .nan) - 0.04) < 1e-12)
    }

    @Test
    func `an exponential reaches its floor at the end of its length`() throws {
        let desk = Desk()
        let sheet = ScheduleSheet(
            shape: .exponential, texts: [.length: "100", .floor: "0.004"], openedAt: 0)
        let draft = ScheduleDraft(
            sheet, status: desk.state.run.live.status, description: desk.state.run.live.description)
        let schedule = try #require(draft.schedule)
        #expect(abs(schedule.rate(at: 600) - 0.004) < 1e-9)
        #expect(abs(schedule.rate(at: 550) - 0.04 * 0.1.squareRoot()) < 1e-6)
    }

    @Test
    func `r is a warm restart: the plan's first rate again`() {
        var desk = desk()
        desk.type("r")
        desk.press(.enter)
        #expect(desk.sent == [.setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 0), rate: 0.04))])
    }

    @Test(
        arguments: [
            (ScheduleSheet.Field.start, "-1", "the first rate must be a number above 0 and at most 1e6, not -1"),
            (.start, "1e", "from: not a number"),
            (.length, "0", "the length must be from 1 to 1000000000 steps, not 0"),
            (.floor, "0.5", "the floor 0.500 lies above the rate 0.0400 it begins with"),
            (.warmup, "99999", "the warm-up of 99999 steps must be shorter than 3250"),
        ])
    func `what is wrong is said and nothing is sent`(field: ScheduleSheet.Field, text: String, reason: String) {
        var desk = desk()
        while sheet(desk).selected != field { desk.press(.down) }
        desk.type(text)
        desk.press(.enter)
        #expect(desk.sent == [])
        #expect(sheet(desk).error == reason)
    }

    @Test(arguments: ScheduleSheet.Shape.allCases)
    func `notches keep every field valid`(shape: ScheduleSheet.Shape) {
        for field in shape.fields where field != .shape {
            for key in [InputEvent.Key.left, .right] {
                var desk = desk()
                desk.state.overlay.shown = .schedule(ScheduleSheet(shape: shape, selected: field, openedAt: 0))
                for _ in 0..<60 { desk.press(key) }
                let draft = desk.state.overlay.scheduleDraft(of: desk.state.run.live)
                let isTooHigh = draft?.error?.hasPrefix("the floor") ?? false
                let isFine = draft?.change != nil || isTooHigh || field == .start
                #expect(isFine, "\(shape) \(field): \(draft?.error ?? "")")
            }
        }
    }

    @Test
    func `pasted text fills the field, and other keys steer nothing`() {
        var desk = desk()
        desk.press(.down)
        desk.input(.paste("0.0\n12 abc"))
        #expect(sheet(desk).text(.start) == "0.012")
        desk.type("}{=ps")
        desk.wait(2)
        #expect(desk.sent == [])
    }

    @Test
    func `the receipt reads old → new and marks the chart`() {
        let change = ScheduleChange(kind: Schedule.Linear(to: 0), rate: 0.02)
        let receipt = Receipt(
            position: Position(step: 500), author: .person, command: .setSchedule(change),
            outcome: .accepted(old: 0.04, new: 0.02))
        var desk = Desk()
        desk.hear(.receipt(receipt))
        #expect(desk.state.run.history.story.rateChanges.map(\.label) == ["you new plan"])
        #expect(desk.said == "new plan, rate 0.0400 → 0.0200")
        #expect(desk.state.run.history.words(at: 0).long == "new plan: linear from 0.0200 to 0, rate 0.0400 → 0.0200")
    }
}
