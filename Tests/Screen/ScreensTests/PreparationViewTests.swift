import Cells
import Screens
import Testing
import Themes

/// The frame before anything is known of a run.
@Suite struct PreparationViewTests {
    private func lines(_ words: String, _ width: Int, _ height: Int) -> [String] {
        PreparationView(name: "demo", words: words)
            .draw(size: Size(width: width, height: height), palette: Palette(theme: .sitterDark, depth: .mono))
            .text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `it says what is being done and how to leave`() {
        #expect(
            lines("making data 12 %", 40, 5) == [" demo", "            making data 12 %", "", "", " q leave"])
    }

    @Test func `wide letters stand in the middle too`() {
        // Six columns of twenty: seven before them.
        #expect(lines("数据集", 20, 5)[1].hasPrefix("       数"))
        #expect(lines("e\u{301}e\u{301}", 20, 5)[1] == "         ee")
    }

    @Test(arguments: [("q", true), ("й", true), ("Q", false), ("w", false), ("ц", false), (";", false)])
    func `the key that is shown leaves, on another layout too`(key: String, leaves: Bool) {
        #expect(PreparationView.leaves(with: .character(Character(key))) == leaves)
    }

    @Test(arguments: [(1, 1), (2, 1), (3, 2), (10, 3), (80, 24)])
    func `it fits any size`(width: Int, height: Int) {
        let lines = lines("reading a/file/with/a/long/name.csv 99 %", width, height)
        #expect(lines.count == height && lines.allSatisfy { $0.count <= width })
    }
}
