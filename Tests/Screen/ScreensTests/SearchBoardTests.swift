import Cells
import Charts
import Screens
import TestSupport
import Testing
import Themes

@Suite("The screen of a search")
struct SearchBoardTests {
    private static let subject = SearchBoard.Subject(
        name: "digits", heads: ["trial", "state", "steps", "accuracy", "loss", "learningRate", "activation"],
        axes: [
            SearchBoard.Axis(name: "learningRate", scale: AxisScale(kind: .logarithmic, low: 1e-4, high: 1)),
            SearchBoard.Axis(name: "activation", options: ["relu", "tanh"]),
        ], figure: "accuracy", isHigherBetter: true)

    private static func trial(
        _ number: Int, _ state: String, _ score: Double?, rate: Double, option: Int = 0, isBad: Bool = false,
        isAlive: Bool = false, isPaused: Bool = false, isWaiting: Bool = false
    ) -> SearchBoard.Trial {
        SearchBoard.Trial(
            number: number,
            cells: [
                "\(number)", state, "342", score.map { Figure.share($0) } ?? "-", "0.3", Figure.plain(rate),
                ["relu", "tanh"][option],
            ], score: score, values: [rate, Double(option)], isBad: isBad, isAlive: isAlive, isPaused: isPaused,
            isWaiting: isWaiting)
    }

    private static let trials = [
        trial(0, "finished", 0.9, rate: 0.01), trial(1, "not finite", nil, rate: 0.8, isBad: true),
        trial(2, "finished", 0.95, rate: 0.05, option: 1), trial(3, "hopeless", 0.4, rate: 0.0002),
        trial(4, "running 40 %", 0.7, rate: 0.1, isAlive: true),
        trial(5, "paused", nil, rate: 0.2, isAlive: true, isPaused: true),
        trial(6, "waiting", nil, rate: 0.3, isWaiting: true),
    ]

    private static func board(isOver: Bool = false) -> SearchBoard {
        var board = SearchBoard(subject)
        board.take(trials, progress: "4 of 7 trials have ended", isOver: isOver, as: subject)
        return board
    }

    private func lines(_ board: SearchBoard, _ width: Int, _ height: Int, _ glyphs: GlyphSet = .unicode) -> [String] {
        let palette = Palette(theme: .sitterDark, depth: .trueColor)
        let buffer = SearchBoardView(board, palette: palette, glyphs: glyphs).draw(
            size: Size(width: width, height: height))
        return (0..<height).map { y in
            String(String.UnicodeScalarView((0..<width).map { buffer[$0, y].glyph }))
                .reversed().drop { $0 == " " }.reversed().map(String.init).joined()
        }
    }

    @Test func `the best stand first, then what goes on, what ended badly and what waits`() {
        var board = Self.board()
        #expect(board.trials.map(\.number) == [2, 0, 4, 3, 5, 1, 6])
        #expect(board.best?.number == 2 && board.chosen == 2)
        _ = board.press(.character("o"))
        #expect(board.trials.map(\.number) == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test func `a trial is chosen, paused, stopped after a question, and opened`() {
        var board = Self.board()
        #expect(board.press(.enter) == .open(2) && board.press(.character(" ")) == .nothing)
        for _ in 0..<2 { _ = board.press(.down) }
        #expect(board.chosen == 4 && board.press(.character(" ")) == .pause(4))
        #expect(board.press(.character("s")) == .nothing && board.sheet == .stop(4))
        #expect(board.press(.enter) == .nothing && board.sheet == nil, "Enter goes on")
        _ = board.press(.character("s"))
        #expect(board.press(.character("y")) == .stop(4))
        for _ in 0..<2 { _ = board.press(.down) }
        #expect(board.chosen == 5 && board.press(.character(" ")) == .resume(5))
        _ = board.press(.end)
        #expect(board.chosen == 6 && board.press(.enter) == .nothing, "what waits has no run yet")
    }

    @Test func `q asks while the search goes on, and leaves at once when it is over`() {
        var board = Self.board()
        #expect(board.press(.character("q")) == .nothing && board.sheet == .leave)
        #expect(board.press(.escape) == .nothing && board.sheet == nil)
        _ = board.press(.control("c"))
        #expect(board.press(.control("c")) == .leave)
        var over = Self.board(isOver: true)
        #expect(over.press(.character("q")) == .leave)
    }

    @Test func `who has chosen a trial keeps it when the order changes`() {
        var board = Self.board()
        _ = board.press(.down)
        #expect(board.chosen == 0)
        let more = Self.trials + [Self.trial(7, "finished", 0.99, rate: 0.03)]
        board.take(more, progress: "", isOver: false, as: Self.subject)
        #expect(board.chosen == 0 && board.trials.first?.number == 7)
        var untouched = Self.board()
        untouched.take(more, progress: "", isOver: false, as: Self.subject)
        #expect(untouched.chosen == 7, "before that the best is shown")
    }

    @Test func `table and plots stand side by side where there is room`() {
        let shown = lines(Self.board(), 120, 40)
        #expect(shown[0] == " search digits  4 of 7 trials have ended")
        #expect(shown[2].hasPrefix("   trial  state         accuracy"))
        #expect(shown[3].hasPrefix(" ◆     2  finished        95.0 %"))
        #expect(shown.contains { $0.contains("╭─ accuracy over learningRate ") })
        #expect(shown.contains { $0.contains("╭─ accuracy over activation ") })
        #expect(shown.contains { $0.contains("relu") && $0.contains("tanh") && $0.contains("╯") })
        #expect(shown.joined().contains("×"))
    }

    @Test func `below 100 columns the plots stand under the table, and low screens have the table alone`() {
        let narrow = lines(Self.board(), 80, 24)
        #expect(narrow.allSatisfy { $0.count <= 80 })
        #expect(narrow[13].contains("╭─ accuracy over learningRate "))
        let low = lines(Self.board(), 60, 10)
        #expect(!low.contains { $0.contains("╭") } && low[3].contains("95.0 %"))
        for (width, height) in [(1, 1), (3, 2), (20, 6), (24, 17), (100, 3)] { _ = lines(Self.board(), width, height) }
    }

    @Test func `plain ASCII gets no other byte`() {
        var board = Self.board()
        for key in ["?", "x"] as [Character] {
            #expect(lines(board, 120, 40, .ascii).allSatisfy { $0.utf8.allSatisfy { $0 < 0x7F } })
            _ = board.press(.character(key))
        }
    }

    /// Seeded: whatever trials and keys come, at whatever size, it is drawn and what is chosen is there.
    @Test func `any trials and keys are borne`() {
        var random = SplitMix64(seed: 4)
        let keys: [InputEvent.Key] =
            [
                .up, .down, .tab, .backTab, .enter, .escape, .home, .end, .pageUp, .pageDown, .control("c"),
            ] + "ojkgGsyq? ".map { .character($0) }
        for _ in 0..<60 {
            let kept = Self.trials.filter { _ in Bool.random(using: &random) }.shuffled(using: &random)
            var board = SearchBoard(Self.subject)
            for _ in 0..<20 {
                board.take(kept, progress: "", isOver: Bool.random(using: &random), as: Self.subject)
                _ = board.press(keys.randomElement(using: &random) ?? .up)
                #expect(board.chosen.map { number in kept.contains { $0.number == number } } ?? kept.isEmpty)
                _ = lines(
                    board, Int.random(in: 1...130, using: &random), Int.random(in: 1...45, using: &random),
                    Bool.random(using: &random) ? .unicode : .ascii)
            }
        }
    }
}
