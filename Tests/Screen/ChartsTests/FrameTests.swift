import Cells
import Charts
import Testing

@Suite("Frame")
struct FrameTests {
    private func rows(_ frame: Frame, _ glyphs: GlyphSet = .unicode) -> [String] {
        drawn(frame.bounds.endX, frame.bounds.endY) { frame.draw(into: &$0, glyphs: glyphs) }
    }

    private func frame(_ width: Int, _ height: Int, _ rulings: [Frame.Ruling] = []) -> Frame {
        Frame(bounds: Rect(x: 0, y: 0, width: width, height: height), style: style(1), rulings: rulings)
    }

    @Test
    func `corners are round`() {
        #expect(rows(frame(4, 3)) == ["╭──╮", "│  │", "╰──╯"])
        #expect(rows(frame(4, 3), .ascii) == ["+--+", "|  |", "+--+"])
    }

    @Test
    func `every junction follows from the rulings that meet`() {
        let frame = frame(
            7, 5,
            [
                .vertical(x: 3, from: 0, through: 4), .horizontal(y: 1, from: 0, through: 3),
                .horizontal(y: 2, from: 0, through: 6), .horizontal(y: 3, from: 3, through: 6),
            ])
        #expect(rows(frame) == ["╭──┬──╮", "├──┤  │", "├──┼──┤", "│  ├──┤", "╰──┴──╯"])
        #expect(rows(frame, .ascii) == ["+--+--+", "+--+  |", "+--+--+", "|  +--+", "+--+--+"])
    }

    @Test
    func `rulings that end in the open and their order and direction`() {
        let forward: [Frame.Ruling] = [.vertical(x: 2, from: 1, through: 3), .horizontal(y: 2, from: 1, through: 3)]
        let backward: [Frame.Ruling] = [.horizontal(y: 2, from: 3, through: 1), .vertical(x: 2, from: 3, through: 1)]
        #expect(rows(frame(5, 5, forward)) == ["╭───╮", "│ │ │", "│─┼─│", "│ │ │", "╰───╯"])
        #expect(rows(frame(5, 5, backward)) == rows(frame(5, 5, forward)))
    }

    @Test
    func `rulings outside of the frame are cut off`() {
        let frame = frame(3, 3, [.horizontal(y: 9, from: 0, through: 2), .horizontal(y: 1, from: -5, through: 50)])
        #expect(rows(frame) == ["╭─╮", "├─┤", "╰─╯"])
    }

    @Test
    func `a frame without room for its inside`() {
        #expect(rows(frame(1, 1)) == [])
        #expect(rows(frame(1, 3)) == ["│", "│", "│"])
        #expect(rows(frame(3, 1)) == ["───"])
        #expect(rows(frame(2, 2)) == ["╭╮", "╰╯"])
        #expect(rows(frame(0, 4)) == [])
    }

    private func heading(
        _ width: Int, focus: Style? = nil, note: [(String, Style)] = [], readOuts: [(String, Style)] = []
    ) -> Frame {
        var frame = frame(width, 2)
        frame.headings = [
            .init(
                y: 0, from: 0, through: width - 1, title: "loss", titleStyle: style(2), focus: focus, note: note,
                readOuts: readOuts)
        ]
        return frame
    }

    @Test
    func `a title stands in the ruling, with a notch where the focus is`() {
        #expect(rows(heading(14))[0] == "╭─ loss ─────╮")
        #expect(rows(heading(14, focus: style(3)))[0] == "╭─┤ loss ├───╮")
        #expect(rows(heading(14, focus: style(3)), .ascii)[0] == "+-+ loss +---+")
    }

    @Test
    func `the focus changes the ruling and not its ends`() {
        var buffer = CellBuffer(size: Size(width: 14, height: 2))
        heading(14, focus: style(3)).draw(into: &buffer, glyphs: .unicode)
        let styles = buffer.cells[..<14].map(\.style)
        #expect(styles == [1, 3, 3, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 1].map(style))
    }

    @Test
    func `a note follows the title`() {
        let frame = heading(27, focus: style(3), note: [("8 layers", style(4))])
        #expect(rows(frame)[0] == "╭─┤ loss ├─ 8 layers ─────╮")
    }

    @Test
    func `read-outs end before the ruling's last column, each run in its style`() {
        let frame = heading(28, readOuts: [("⠤⠤ ", style(4)), ("0.0431", style(5))])
        #expect(rows(frame)[0] == "╭─ loss ─────── ⠤⠤ 0.0431 ─╮")
        var buffer = CellBuffer(size: Size(width: 28, height: 2))
        frame.draw(into: &buffer, glyphs: .unicode)
        #expect(buffer[16, 0] == Cell("⠤", style(4)))
        #expect(buffer[19, 0] == Cell("0", style(5)))
        #expect(buffer[26, 0] == Cell("─", style(1)))
    }

    @Test(
        arguments: [
            (31, "╭─ loss ─ ⠤⠤ 0.0431  ○ 0.182 ─╮"), (21, "╭─ loss  ⠤⠤ 0.0431 ─╮"), (20, "╭─ loss ───────────╮"),
        ])
    func `groups of read-outs without room are left out whole`(_ width: Int, _ expected: String) {
        let readOuts = [("⠤⠤ ", style(4)), ("0.0431", style(5)), ("  ○ ", style(4)), ("0.182", style(5))]
        #expect(rows(heading(width, readOuts: readOuts))[0] == expected)
    }

    @Test(
        arguments: [
            (9, "╭─ loss ╮"), (8, "╭─ los ╮"), (6, "╭─ l ╮"), (5, "╭───╮"), (2, "╭╮"),
        ])
    func `a title is cut where the ruling is short`(_ width: Int, _ expected: String) {
        #expect(rows(heading(width))[0] == expected)
        #expect(rows(heading(width, focus: style(3)))[0].count == width)
    }

    private func axis(_ ticks: [TickRow.Label], caption: String = "", leftInset: Int = 1) -> String {
        var frame = frame(22, 2)
        frame.axes = [
            .init(
                y: 1, from: 0, through: 21, plotX: 4, caption: caption, leftInset: leftInset,
                ticks: TickRow(ticks: ticks, style: style(2)))
        ]
        return rows(frame)[1]
    }

    @Test
    func `ticks are centred at their columns in the border`() {
        #expect(axis([.init(column: 4, text: "500"), .init(column: 11, text: "1,000")]) == "╰───── 500 ─ 1,000 ──╯")
        #expect(axis([.init(column: 6, text: "7")], caption: "step") == "╰─ step ─ 7 ─────────╯")
    }

    @Test
    func `a tick that would touch the one before it, the caption or an end is left out`() {
        #expect(axis([.init(column: 4, text: "500"), .init(column: 7, text: "600")]) == "╰───── 500 ──────────╯")
        #expect(axis([.init(column: 0, text: "0")], caption: "step") == "╰─ step ─────────────╯")
        #expect(axis([.init(column: 3, text: "0")], caption: "step", leftInset: 0) == "╰ step 0 ────────────╯")
        #expect(axis([.init(column: 16, text: "30")]) == "╰──────────────── 30 ╯")
        #expect(axis([.init(column: 17, text: "30")]) == "╰────────────────────╯")
        #expect(axis([.init(column: -40, text: "30")]) == "╰────────────────────╯")
    }
}
