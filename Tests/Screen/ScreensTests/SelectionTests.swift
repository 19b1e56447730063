import Cells
import Charts
import Dashboard
import Runs
import Screens
import Testing
import Themes

/// What keys select is seen, wherever keys select anything.
@Suite struct SelectionTests {
    /// A list, table or field in which keys move a selection.
    enum Place: CaseIterable {
        case table, tableAlone, trend, updates, updatesAlone, filtered, worstFirst, overview, overviewAlone, closeUp
        case themes, tags, editor
        case log, story

        /// Whether a mark stands before what is selected; in logs its row is turned over.
        var isList: Bool { self != .log && self != .story }

        var isOfLayers: Bool {
            switch self {
            case .themes, .tags, .editor, .log, .story: false
            default: true
            }
        }
    }

    static let sizes = [(80, 24), (120, 40)]
    static let depths: [ColorDepth] = [.trueColor, .ansi16, .mono]
    private static let themes = (0..<40).map { "theme-\($0)" }

    /// Thirty layers, more than any list has rows for; other places are those of the sample run.
    private func state(_ place: Place, _ width: Int, _ height: Int) -> DashboardState {
        var state = place.isOfLayers ? DeepNetTests.state(30, nested: false) : SampleScreen.state()
        state.clock.now = 1_000
        state.window.size = Size(width: width, height: height)
        state.view.layers.selected = 0
        func open(_ screen: Screen, _ panel: PanelID, alone: Bool = false) {
            state.view.show(screen, of: state.run.history)
            state.view.focus = panel
            if alone { state.view.enlarged = panel }
        }
        switch place {
        case .table: open(.layers, .depth)
        case .tableAlone: open(.layers, .depth, alone: true)
        case .trend: open(.layers, .stdTrend)
        case .updates: open(.updates, .layerUpdates)
        case .updatesAlone: open(.updates, .layerUpdates, alone: true)
        case .filtered:
            open(.layers, .depth)
            state.view.layers.filter = "conv"
        case .worstFirst:
            open(.updates, .layerUpdates)
            state.view.layers.byTrouble = true
        case .overview: open(.overview, .layers)
        case .overviewAlone: open(.overview, .layers, alone: true)
        case .closeUp:
            open(.layers, .depth)
            state.view.layers.opened = 0
        case .themes:
            state.person.themeNames = Self.themes
            state.person.themeName = Self.themes[0]
            press(.character("t"), &state)
        case .tags:
            state.run.history.description.tags = (0..<40).map {
                TagSeries(name: "tag-\($0)", count: 9, last: 0.5, isShare: true, use: $0 == 0 ? .loss : nil)
            }
            press(.character("T"), &state)
        case .editor:
            open(.learningRate, .scheduleRest)
            press(.character("i"), &state)
        case .log:
            open(.overview, .log)
            search("eval", &state)
        case .story:
            open(.log, .story)
            search("eval", &state)
        }
        return state
    }

    private func press(_ key: InputEvent.Key, _ state: inout DashboardState) {
        _ = state.reduce(.clock(now: state.clock.now + 1))
        for effect in state.reduce(.input(.key(key))) {
            if case .theme(let name) = effect { _ = state.reduce(.themed(name, problem: nil)) }
        }
    }

    private func search(_ words: String, _ state: inout DashboardState) {
        press(.character("/"), &state)
        for letter in words { press(.character(letter), &state) }
        press(.enter, &state)
        // Back to the first of them.
        for _ in 0..<20 { press(.character("n"), &state) }
    }

    /// Moves the selection down by one, or to the end.
    private func move(_ place: Place, toEnd: Bool, _ state: inout DashboardState) {
        switch place {
        case .log, .story: for _ in 0..<(toEnd ? 5 : 1) { press(.character("N"), &state) }
        case .themes, .tags: press(toEnd ? .end : .down, &state)
        case .editor: for _ in 0..<(toEnd ? 3 : 1) { press(.down, &state) }
        default: press(toEnd ? .character("G") : .down, &state)
        }
    }

    /// What the selected row says.
    private func selected(_ place: Place, _ state: DashboardState) -> String {
        switch place {
        case .themes:
            if case .form(.themes(let chooser))? = state.overlay.shown { return chooser.selected }
            return "no list of themes"
        case .tags:
            if case .form(.tags(let chooser))? = state.overlay.shown { return chooser.selected }
            return "no list of tags"
        case .editor: return state.overlay.scheduleSheet?.selected.name ?? "no editor"
        case .log:
            let index = state.run.history.events.count - 1 - state.view.log.scroll
            return Figure.count(state.run.history.events[index].position.step)
        case .story:
            guard let row = state.story.search.current, case .event(let index) = state.storyRows[row] else {
                return "nothing found"
            }
            return Figure.count(state.run.history.events[index].position.step)
        default: return state.run.history.description.layers[state.view.layers.selected].name
        }
    }

    @Test(arguments: Place.allCases, sizes)
    func `the row that keys select is seen in every palette`(place: Place, size: (Int, Int)) throws {
        for toEnd in [false, true] {
            var state = state(place, size.0, size.1)
            let before = selected(place, state)
            move(place, toEnd: toEnd, &state)
            let words = selected(place, state)
            #expect(words != before, "a key moves it")
            for depth in Self.depths {
                let palette = Palette(theme: .sitterDark, depth: depth)
                let buffer = SampleScreen.draw(state, size.0, size.1, palette: palette)
                let rows = buffer.text.split(separator: "\n", omittingEmptySubsequences: false)
                guard place != .closeUp else {
                    #expect(rows.contains { $0.contains("┤ \(words) conv2d ├") || $0.contains("┤ \(words) linear ├") })
                    continue
                }
                let marked = self.marked(place, state, buffer, palette)
                #expect(marked.count == 1, "\(place) \(size) \(depth): \(words) in \(marked)")
                #expect(
                    marked.allSatisfy { says($0, words, place) }, "\(place) \(size) \(depth): \(words) in \(marked)")
            }
        }
    }

    private func says(_ row: String, _ words: String, _ place: Place) -> Bool {
        let text = row.drop { "▸ ".contains($0) }
        return text.hasPrefix(words + " ") || text == words || row.contains(" \(words) ") && !place.isOfLayers
    }

    /// The rows that look selected: from a mark on, with brighter words behind it or a selection's background; in a log, turned
    /// over or bold as a whole.
    private func marked(_ place: Place, _ state: DashboardState, _ buffer: CellBuffer, _ palette: Palette) -> [String] {
        let (selection, bright, plain) = (palette[.selection], palette[.brightText], palette[.background].background)
        let layout = ScreenLayout(size: buffer.size, state: state)
        let whole = Rect(x: 0, y: 3, width: buffer.size.width, height: buffer.size.height - 4)
        let rect = place == .log ? layout.panelRects[.log] : place == .story ? layout.panelRects[.story] : whole
        guard let rect else { return [] }
        return (rect.y + 1..<rect.endY).compactMap { y in
            let row = (rect.x..<rect.endX).map { buffer[$0, y] }
            func text(from x: Int) -> String { String(String.UnicodeScalarView(row[x...].map(\.glyph))) }
            func isSelected(_ cell: Cell) -> Bool {
                selection.background != plain
                    ? cell.style.background == selection.background
                    : cell.style.attributes.isSuperset(of: selection.attributes)
            }
            if !place.isList {
                let letters = row.filter { $0.glyph != " " }
                let isWhole = letters.allSatisfy { isSelected($0) || $0.style.attributes.contains(.bold) }
                return isWhole && !letters.isEmpty ? text(from: 0) : nil
            }
            guard let x = row.firstIndex(where: { $0.glyph == "▸" }) else { return nil }
            let isSeen = row[(x + 1)...].prefix(30).contains {
                $0.glyph != " "
                    && (isSelected($0)
                        || $0.style.foreground == bright.foreground
                            && $0.style.attributes.isSuperset(of: bright.attributes))
            }
            return (isSeen ? "" : "like the others: ") + text(from: x)
        }
    }
}
