import Cells
import Dashboard
import Runs
import Screens
import Testing
import Themes

/// What holds of every screen at every size.
@Suite struct DashboardViewTests {
    private static let states: [(name: String, state: DashboardState)] = [
        ("overview", SampleScreen.state()),
        (
            "layers",
            SampleScreen.state {
                $0.view.screen = .layers; $0.view.focus = .depth
            }
        ),
        (
            "close-up",
            SampleScreen.state {
                $0.view.screen = .layers; $0.view.layers.opened = 1
            }
        ),
        ("cursor", SampleScreen.state { $0.view.charts.cursorStep = 1_500 }),
        (
            "zoomed",
            SampleScreen.state {
                $0.view.charts.zoom = 1_000...1_040; $0.view.enlarged = .loss
            }
        ),
        (
            "log alone",
            SampleScreen.state {
                $0.view.enlarged = .log; $0.view.log.filter = "rate"; $0.view.focus = .log
            }
        ),
        (
            "layers alone",
            SampleScreen.state {
                $0.view.enlarged = .layers; $0.view.focus = .layers
            }
        ),
        (
            "rate alone",
            SampleScreen.state {
                $0.view.enlarged = .learningRate; $0.steering.stagedRate = StagedRate(factor: 8, dueAt: 0)
            }
        ),
        ("paused", SampleScreen.state(SampleRun(phase: .paused(.asked), secondsInPhase: 400))),
        ("NaN", SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_100))),
        ("finished", SampleScreen.state(SampleRun(step: 3_750, phase: .finished(.earlyStopping)))),
        ("nothing yet", SampleScreen.state(SampleRun(step: 0, phase: .preparing))),
        ("one step", SampleScreen.state(SampleRun(step: 1))),
        (
            "frozen",
            SampleScreen.state {
                $0.run.frozenSince = 900; $0.steering.isReadOnly = true
            }
        ),
        ("help", SampleScreen.state { $0.overlay.shown = .help(scroll: 3) }),
        ("palette", SampleScreen.state { $0.overlay.shown = .palette(TextField("s")) }),
        ("search", SampleScreen.state { $0.overlay.shown = .search(TextField("Größe 界")) }),
        ("rate sheet", SampleScreen.state { $0.overlay.shown = .rate(.init(field: TextField("/3"), openedAt: 0)) }),
        ("stop sheet", SampleScreen.state { $0.overlay.shown = .stop(openedAt: 0) }),
        ("quit sheet", SampleScreen.state { $0.overlay.shown = .quit(openedAt: 0) }),
        (
            "foreign name",
            SampleScreen.state {
                $0.run.history.description.name = "größe-界-🙂"; $0.run.history.description.origin.host = ""
            }
        ),
        (
            "no plan",
            SampleScreen.state {
                $0.run.history.description.lengths.totalSteps = 0; $0.run.history.description.layers = []
            }
        ),
    ]

    private static let sizes: [(Int, Int)] =
        [(0, 0), (1, 1), (2, 1), (1, 7), (7, 2), (19, 5), (20, 6), (20, 40), (39, 9), (40, 10), (41, 15), (59, 16)]
        + [(60, 20), (79, 23), (80, 24), (99, 29), (100, 30), (119, 39), (120, 40), (130, 9), (130, 50), (160, 50)]
        + [(200, 12), (240, 70)]

    @Test func `every state can be drawn at every size`() {
        for (_, state) in Self.states {
            for (width, height) in Self.sizes {
                let buffer = SampleScreen.draw(state, width, height)
                #expect(buffer.size == Size(width: width, height: height))
            }
        }
    }

    @Test func `every size from 1 x 1 to 130 x 50 can be drawn`() {
        let screens = [Self.states[0].state, Self.states[1].state, Self.states[9].state]
        var index = 0
        for height in 1...50 {
            for width in stride(from: 1 + height % 5, through: 130, by: 5) {
                _ = SampleScreen.draw(screens[index % 3], width, height)
                index += 1
            }
        }
    }

    @Test func `a terminal of plain ASCII gets nothing else`() {
        for (name, state) in Self.states {
            for (width, height) in Self.sizes {
                let buffer = SampleScreen.draw(state, width, height, .ascii)
                let foreign = buffer.cells.first { $0.glyph.value < 0x20 || $0.glyph.value > 0x7E }
                #expect(foreign == nil, "\(name) at \(width) x \(height): \(foreign.map { "\($0.glyph)" } ?? "")")
            }
        }
    }

    @Test func `without colours only attributes remain`() {
        let mono = Palette(theme: .sitterDark, depth: .mono)
        for (name, state) in Self.states {
            let buffer = SampleScreen.draw(state, 120, 40, palette: mono)
            let isPlain = buffer.cells.allSatisfy {
                $0.style.foreground == .terminalDefault && $0.style.background == .terminalDefault
            }
            #expect(isPlain, "\(name)")
        }
    }

    @Test func `the frame's verticals run from corner to corner and no text stands in them`() {
        let down: Set<Unicode.Scalar> = ["│", "╭", "╮", "├", "┤", "┬", "┼"]
        let up: Set<Unicode.Scalar> = ["│", "╰", "╯", "├", "┤", "┴", "┼"]
        for (name, state) in Self.states where state.overlay.shown == nil {
            for (width, height) in Self.sizes where width >= 40 && height >= 10 {
                let layout = ScreenLayout(size: Size(width: width, height: height), state: state)
                let buffer = SampleScreen.draw(state, width, height)
                var columns = [(0, layout.frame.y), (width - 1, layout.frame.y)]
                if let divider = layout.dividerX {
                    columns.append((divider, layout.panelRects[.stdTrend]?.y ?? layout.frame.y))
                }
                for (x, top) in columns {
                    for y in top..<layout.frame.endY - 1 {
                        let isClosed = down.contains(buffer[x, y].glyph) && up.contains(buffer[x, y + 1].glyph)
                        #expect(isClosed, "\(name) at \(width) x \(height): column \(x), row \(y)")
                    }
                }
            }
        }
    }

    @Test func `rulings meet the frame at both ends`() {
        for (name, state) in Self.states where state.overlay.shown == nil {
            for (width, height) in Self.sizes where width >= 40 && height >= 10 {
                let layout = ScreenLayout(size: Size(width: width, height: height), state: state)
                let buffer = SampleScreen.draw(state, width, height)
                for rect in layout.panelRects.values {
                    let left = buffer[rect.x - 1, rect.y].glyph
                    let right = buffer[rect.endX, rect.y].glyph
                    #expect("├┼╭┬".unicodeScalars.contains(left), "\(name) at \(width) x \(height): \(left) \(rect)")
                    #expect("┤┼╮┬".unicodeScalars.contains(right), "\(name) at \(width) x \(height): \(right) \(rect)")
                }
            }
        }
    }

    @Test func `phase, step, loss and rate are never dropped`() {
        let state = SampleScreen.state()
        for (width, height) in Self.sizes where width >= 20 && height >= 6 {
            let text = SampleScreen.draw(state, width, height).text
            for word in ["▸", "2,140", "0.0171"] {
                #expect(text.contains(word), "\(word) at \(width) x \(height)")
            }
            #expect(text.contains("loss"), "\(width) x \(height)")
        }
    }

    @Test func `a finding is seen at every size`() {
        let state = SampleScreen.state(SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_100))
        for (width, height) in Self.sizes where width >= 20 && height >= 6 {
            let text = SampleScreen.draw(state, width, height).text
            #expect(text.contains("▲ loss is not fin"), "\(width) x \(height)")
        }
    }

    @Test func `an evaluation that is not finite is seen at every size`() {
        let state = SampleScreen.state(SampleRun(phase: .paused(.validationNotFinite)))
        for (width, height) in Self.sizes where width >= 20 && height >= 6 {
            let text = SampleScreen.draw(state, width, height).text
            #expect(text.contains("▲ validation loss"), "\(width) x \(height)")
        }
        #expect(
            SampleScreen.draw(state, 120, 40).text.contains(
                "▲ validation loss is not finite at step 2,125: no best, no progress; space goes on all the same"))
    }

    @Test func `a run of which nobody told the end is not called finished`() {
        let recorded = SampleScreen.state(SampleRun(step: 3_750, phase: .finished(.completed))) {
            $0.run.history.status.untold = .recorded
        }
        let gone = SampleScreen.state(SampleRun(phase: .finished(.interrupted))) {
            $0.run.history.status.untold = .gone
        }
        for (width, height) in Self.sizes where width >= 20 && height >= 6 {
            func head(_ text: String) -> String { text.split(separator: "\n").prefix(2).joined() }
            let first = head(SampleScreen.draw(recorded, width, height).text)
            #expect(first.contains("■") && !first.contains("■ finished"), "\(first)")
            #expect(!first.contains("100 %") && !first.contains("/3,750"), "\(first)")
            let text = SampleScreen.draw(gone, width, height).text
            #expect(!head(text).contains("■ finished"), "\(width) x \(height)")
            #expect(text.contains("▲ its process has"), "\(width) x \(height)")
        }
    }

    @Test func `the step stays in its columns whatever the phase`() throws {
        let phases: [RunPhase] = [.preparing, .training, .evaluating, .paused(.asked), .finished(.completed)]
        for width in [60, 80, 100, 120, 160] {
            let columns = phases.map { phase -> Int in
                let row = SampleScreen.draw(SampleScreen.state(SampleRun(phase: phase)), width, 40).text
                    .prefix { $0 != "\n" }
                return row.range(of: "2,140/3,750").map { row.distance(from: row.startIndex, to: $0.lowerBound) } ?? -1
            }
            #expect(Set(columns).count == 1 && columns[0] > 0, "\(width): \(columns)")
        }
    }

    @Test func `the head of the progress bar stands above the head of the curves`() {
        let buffer = SampleScreen.draw(SampleScreen.state(), 120, 40)
        let head = (0..<120).last { "━╸".unicodeScalars.contains(buffer[$0, 1].glyph) }
        let now = (30..<37).lazy.compactMap { row in (7..<76).first { buffer[$0, row].glyph == "●" } }.first
        #expect(abs((head ?? 0) - (now ?? 99)) <= 1)
    }

    @Test func `a pause turns the first row over and says since when`() {
        let buffer = SampleScreen.draw(
            SampleScreen.state(SampleRun(phase: .paused(.asked), secondsInPhase: 21)), 80, 24)
        #expect((0..<80).allSatisfy { buffer[$0, 0].style.attributes.contains(.reverse) })
        #expect(buffer.text.contains("since 14:05, 0:21"))
    }

    @Test func `a long pause is said aloud`() {
        let text = SampleScreen.draw(
            SampleScreen.state(SampleRun(phase: .paused(.asked), secondsInPhase: 400)), 120, 40
        ).text
        #expect(text.contains("▲ stands still for 6:40, space resumes"))
    }

    @Test func `the end says why and what was kept`() {
        let text = SampleScreen.draw(
            SampleScreen.state(SampleRun(step: 3_750, phase: .finished(.earlyStopping))), 80, 24
        ).text
        #expect(text.contains("stopped early at step 3,750   kept ◆ step 2,000"))
        #expect(text.contains("q quit"))
    }

    @Test func `the cursor shows every series at its step`() {
        let text = SampleScreen.draw(SampleScreen.state { $0.view.charts.cursorStep = 1_500 }, 120, 40).text
        #expect(text.split(separator: "\n").count { $0.contains("at 1,500") } == 3)
        #expect(text.contains("plan 0.0563"))
    }

    @Test func `a staged rate is drawn in your colour before it happens`() {
        let buffer = SampleScreen.draw(
            SampleScreen.state { $0.steering.stagedRate = StagedRate(factor: 0.25, dueAt: 1_001) }, 120, 40)
        let you = SampleScreen.palette[.you]
        let drawn = (46..<76).flatMap { x in (30..<37).map { buffer[x, $0] } }.filter { $0.style == you }
        #expect(drawn.count > 10)
        #expect(buffer.text.contains("rate 0.0171 → 4.3e-3 (÷4)"))
    }
}
