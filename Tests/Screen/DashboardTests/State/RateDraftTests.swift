import Dashboard
import Runs
import Testing

@Suite("Rate drafts")
struct RateDraftTests {
    @Test(
        arguments: [
            ("0.01", false, 0.01, "rate 0.0400 → 0.0100, plan ×0.125 from here on"),
            (" * 0.5 ", false, 0.02, "rate 0.0400 → 0.0200, plan ×0.25 from here on"),
            ("/4", false, 0.01, "rate 0.0400 → 0.0100, plan ×0.125 from here on"),
            ("×2", false, 0.08, "rate 0.0400 → 0.0800, plan ×1 from here on"),
            ("1e-3", true, 0.001, "rate 0.0400 → 1.0e-3, held until p"),
        ])
    func `what the text will do is known before Enter`(text: String, holds: Bool, new: Double, words: String) {
        let draft = RateDraft(text: text, holds: holds, old: 0.04, control: .following(multiplier: 0.5))
        #expect(abs((draft.new ?? .nan) - new) < 1e-12)
        #expect(draft.description == words)
        #expect(draft.error == nil)
    }

    @Test
    func `scaling a held rate keeps holding it`() {
        let draft = RateDraft(text: "*2", holds: false, old: 0.1, control: .held(0.1))
        #expect(draft.command == .scaleLearningRate(2))
        #expect(draft.description == "rate 0.100 → 0.200, still held")
    }

    @Test
    func `a rate of 0 cannot be scaled to a number, but held`() {
        #expect(RateDraft(text: "0.1", holds: false, old: 0, control: .planned).error?.contains("hold") == true)
        #expect(RateDraft(text: "*2", holds: false, old: 0, control: .planned).error?.contains("hold") == true)
        #expect(RateDraft(text: "0.1", holds: true, old: 0, control: .planned).command == .setLearningRate(0.1))
    }

    @Test(
        arguments: ["x", "*", "abc", "0x10", "nan", "inf", "1e999", "-2", "0,5", "*-1"])
    func `errors say what would be right`(text: String) {
        let draft = RateDraft(text: text, holds: false, old: 0.04, control: .planned)
        #expect(draft.error != nil)
        #expect(draft.command == nil)
        #expect(draft.new == nil)
    }

    @Test
    func `an empty field is no error yet`() {
        let draft = RateDraft(text: "  ", holds: false, old: 0.04, control: .planned)
        #expect(draft.error == nil)
        #expect(draft.command == nil)
    }
}
