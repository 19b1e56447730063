import Cells
import Dashboard
import Runs
import Screens
import Testing

@Suite struct LogTests {
    private func rows(_ state: DashboardState, _ width: Int, _ height: Int) -> [String] {
        let layout = ScreenLayout(size: Size(width: width, height: height), state: state)
        let buffer = SampleScreen.draw(state, width, height)
        guard let log = layout.panelRects[.log] else { return [] }
        return (log.y + 1..<log.endY).map { y in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: (log.x..<log.endX).map { buffer[$0, y].glyph })
            return String(text)
        }
    }

    @Test func `a short log folds old evaluations before receipts`() {
        let log = rows(SampleScreen.state(), 80, 24)
        #expect(log.count == 9)
        #expect(log.count { $0.contains("you") } == 3)
        #expect(log.last?.contains("2,125 eval 0.182  96.3 %") == true)
        #expect(log.contains { $0.contains("1,500 eval") })
        #expect(!log.contains { $0.contains("1,375 eval") })
    }

    @Test func `a wide log speaks in sentences`() {
        let log = rows(SampleScreen.state(), 200, 50)
        #expect(log.contains { $0.contains("validation loss 0.167   accuracy  96.8 %  ◆ best") })
    }

    @Test func `a scrolled log shows older rows and no folding`() {
        let log = rows(SampleScreen.state { $0.view.log.scroll = 3 }, 120, 40)
        #expect(log.last?.contains("1,750 eval") == true)
        #expect(log.count == 16)
        #expect(log.first?.contains("  250 eval") == true)
    }

    @Test func `a searched log shows only what was sought`() {
        let log = rows(SampleScreen.state { $0.view.log.filter = "RATE" }, 120, 40).filter {
            !$0.allSatisfy { $0 == " " }
        }
        #expect(log.count == 1)
        #expect(log.first?.contains("rate 0.0659 → 0.0329") == true)
    }

    /// Which letters of the whole log are turned over after a search.
    private func found(_ words: String, printed text: String) -> [String] {
        var state = SampleScreen.state { $0.view.show(.log, of: $0.run.history) }
        state.window.size = Size(width: 120, height: 40)
        _ = state.reduce(.printed(Array((text + "\n").utf8), .standardOutput))
        _ = state.reduce(.input(.key(.character("/"))))
        for letter in words { _ = state.reduce(.input(.key(.character(letter)))) }
        _ = state.reduce(.input(.key(.enter)))
        let buffer = SampleScreen.draw(state, 120, 40)
        let rows = (0..<40).map { y in
            String(
                String.UnicodeScalarView(
                    (0..<120).filter { buffer[$0, y].style.attributes.contains(.reverse) && y > 2 }
                        .map { buffer[$0, y].glyph }.filter { $0 != Cell.secondHalf }))
        }
        return rows.filter { !$0.isEmpty }
    }

    @Test(
        arguments: [
            ("quartz", "训练 quartz 验证", "quartz"), ("训练", "a 训练 b", "训练"), ("练", "训练 训练", "练练"),
            ("bad", "🎉 语 bad", "bad"),
            ("e\u{301}t", "语 e\u{301}te\u{301}", "et"), ("QUARTZ", "语Quartz", "Quartz"),
        ])
    func `what is sought is turned over where it stands, behind wide letters too`(
        words: String, text: String, expected: String
    ) {
        #expect(found(words, printed: text) == [expected])
    }

    @Test func `a receipt is bright for a moment`() {
        func lastStyle(_ now: Double) -> Style {
            var state = SampleScreen.state(SampleRun(step: 1_181))
            state.notices.receiptAt = 1_000
            state.clock.now = now
            let layout = ScreenLayout(size: Size(width: 120, height: 40), state: state)
            let log = layout.panelRects[.log] ?? Rect(x: 0, y: 0, width: 0, height: 0)
            let buffer = SampleScreen.draw(state, 120, 40)
            let row = (log.y..<log.endY).last { buffer[log.x + 12, $0].glyph != " " } ?? 0
            return buffer[log.x + 12, row].style
        }
        #expect(lastStyle(1_001) == SampleScreen.palette[.brightText])
        #expect(lastStyle(1_002) == SampleScreen.palette[.text])
    }
}
