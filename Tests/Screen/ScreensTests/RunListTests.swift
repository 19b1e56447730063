import Cells
import Charts
import Screens
import Testing
import Themes

@Suite("The list of runs")
struct RunListTests {
    private static let heads = ["run", "began", "state", "steps", "best", "loss", "took", "by hand"]
    private static func list() -> RunList {
        RunList(
            heads: heads,
            rows: [("one", "finished", "97.0 %"), ("two", "crashed", "-"), ("three", "running", "80.1 %")].map {
                RunList.Row(
                    path: "runs/\($0.0)",
                    cells: [$0.0, "2026-11-30 14:02", $0.1, "1,000/1,000", $0.2, "0.123", "1:02", "-"])
            })
    }

    private func lines(_ list: RunList, _ width: Int = 80, _ height: Int = 12, difference: [String] = []) -> [String] {
        let palette = Palette(theme: .sitterDark, depth: .trueColor)
        let buffer = RunListView(
            list, sortedBy: "time", difference: difference, palette: palette, glyphs: .unicode
        ).draw(size: Size(width: width, height: height))
        return (0..<height).map { y in
            String(String.UnicodeScalarView((0..<width).map { buffer[$0, y].glyph }))
                .reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }
    }

    @Test func `the newest is chosen, and Enter opens it with the marked ones behind it`() {
        var list = Self.list()
        #expect(list.chosen == "runs/three")
        _ = list.press(.up)
        _ = list.press(.character(" "))
        #expect(list.marked == ["runs/two"] && list.chosen == "runs/three")
        #expect(list.press(.enter) == .open("runs/three", behind: ["runs/two"]))
        _ = list.press(.character(" "))
        #expect(list.press(.enter) == .open("runs/three", behind: ["runs/two"]), "a run is not behind itself")
    }

    @Test func `a filter hides what its letters are not in, and Esc ends it before it leaves`() {
        var list = Self.list()
        _ = list.press(.character("/"))
        for key in "ON" { _ = list.press(.character(key)) }
        #expect(list.shown.map(\.path) == ["runs/one"] && list.chosen == "runs/one")
        #expect(list.press(.enter) == .nothing)
        #expect(list.press(.enter) == .open("runs/one", behind: []))
        #expect(list.press(.escape) == .nothing && list.shown.count == 3)
        #expect(list.press(.escape) == .leave)
    }

    @Test func `what is chosen stays chosen when the runs are read again`() {
        var list = Self.list()
        _ = list.press(.home)
        _ = list.press(.character(" "))
        list.take(Array(Self.list().rows.reversed()))
        #expect(list.chosen == "runs/two" && list.marked == ["runs/one"])
        list.take([])
        #expect(list.chosen == nil && list.marked == [] && list.press(.enter) == .nothing)
    }

    @Test func `columns are aligned and give way where there is little room`() {
        var list = Self.list()
        _ = list.press(.up)
        _ = list.press(.character(" "))
        #expect(
            lines(list, 100, 9) == [
                " runs  3, by time", "",
                "   run    began             state           steps    best   loss  took  by hand",
                "   one    2026-11-30 14:02  finished  1,000/1,000  97.0 %  0.123  1:02        -",
                " 1 two    2026-11-30 14:02  crashed   1,000/1,000       -  0.123  1:02        -",
                " ▸ three  2026-11-30 14:02  running   1,000/1,000  80.1 %  0.123  1:02        -", "", "",
                " Enter open  space behind it  s sort  / filter  r read again  q leave",
            ])
        let narrow = lines(list, 40, 14, difference: ["key  a  b", "seed  1  2"])
        #expect(narrow.allSatisfy { $0.count <= 40 })
        #expect(narrow[3].contains("one") && narrow[3].contains("finished"))
        #expect(narrow.contains(" seed  1  2"))
        for (width, height) in [(1, 1), (3, 2), (20, 6)] { _ = lines(list, width, height) }
    }
}
