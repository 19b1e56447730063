import Cells
import Dashboard
import Runs
import Screens
import Testing

/// One thing has one word, wherever the dashboard says anything.
@Suite struct WordsTests {
    /// What a thing is called, and what it is called nowhere.
    static let words: [(word: String, others: [String])] = [
        (
            "statistics",
            [
                "probe", "probes", "probing", "measure", "measures", "measured", "measuring", "measurement",
                "measurements", "instrument", "instruments", "telemetry",
            ]
        ),
        ("step", ["iteration", "iterations", "minibatch", "minibatches", "batches", "number of updates"]),
        ("pause", ["halt", "halts", "halted", "stall", "stalled", "unpause", "continue", "suspended"]),
        ("evaluate", ["validate", "validates", "validating", "test set"]),
        ("log", ["story", "protocol", "event list"]),
        ("panel", ["pane", "panes", "widget", "widgets"]),
        ("never fire", ["dead", "dying"]),
        ("layer", ["module", "modules"]),
        ("checkpoint", ["savepoint", "save point"]),
        ("smoothing", ["ema", "averaging"]),
        ("quit", ["abort", "aborted", "terminate", "kill"]),
    ]

    /// Everything that the dashboard says: frames of all screens in all phases, the overlays, and whole sentences that frames cut.
    private static let said: [String] = frames + help + palette + refusals

    private static let frames: [String] = {
        var states: [DashboardState] = []
        let runs = [
            SampleRun(), SampleRun(step: 0), SampleRun(phase: .paused(.asked), secondsInPhase: 400),
            SampleRun(phase: .paused(.notFinite), notFiniteStep: 2_139), SampleRun(phase: .evaluating),
            SampleRun(phase: .paused(.validationNotFinite)), SampleRun(step: 3_750, phase: .finished(.completed)),
            SampleRun(phase: .finished(.stopped)), SampleRun(phase: .finished(.interrupted)),
            SampleRun(clippedNorm: 1, note: "a note", hasNewPlan: true),
        ]
        for run in runs {
            for screen in Screen.allCases {
                states.append(SampleScreen.state(run) { $0.view.show(screen, of: $0.run.history) })
            }
            states.append(
                SampleScreen.state(run) {
                    $0.view.show(.layers, of: $0.run.history)
                    $0.view.layers.opened = 1
                })
        }
        // Nothing is known of its gradients.
        var young = DeepNetTests.state(3, nested: false)
        young.view.show(.layers, of: young.run.history)
        young.view.layers.quantity = .gradient
        young.view.layers.opened = 1
        states.append(young)
        let overlays: [Overlay] = [
            .palette(TextField()), .search(TextField()), .rate(.init(openedAt: 900)), .stop(openedAt: 900),
            .notFinite(openedAt: 900), .quit(openedAt: 900), .schedule(ScheduleSheet(openedAt: 900)),
            .form(.note(TextField())),
        ]
        states += overlays.map { overlay in SampleScreen.state { $0.overlay.shown = overlay } }
        for keys in ["E", "t", "qw"] {
            states.append(
                SampleScreen.state {
                    $0.person.themeNames = ["a", "b"]
                    $0.run.history.description.origin.directory = nil
                    $0.keeping.canSave = true
                    for key in keys {
                        _ = $0.reduce(.clock(now: $0.clock.now + 1))
                        _ = $0.reduce(.input(.key(.character(key))))
                    }
                })
        }
        return states.flatMap { state in
            [(20, 6), (40, 12), (80, 24), (120, 40), (200, 50)].map { SampleScreen.draw(state, $0.0, $0.1).text }
        }
    }()

    private static let help = KeyMap.bindings.flatMap { [$0.label, $0.help] }

    private static let palette = PaletteCommand.all.map { "\($0.name) \($0.argument) \($0.description)" }

    /// What the palette says to commands that make no sense.
    private static let refusals: [String] = PaletteCommand.all.flatMap { command in
        ["", " zzz", " zzz zzz zzz"].map { arguments in
            var state = SampleScreen.state(SampleRun(phase: .paused(.asked))) {
                $0.overlay.shown = .palette(TextField(command.name + arguments))
            }
            _ = state.reduce(.input(.key(.enter)))
            return (state.overlay.paletteError ?? "").replacing("zzz", with: "")
        }
    }

    /// A text as words with one blank between them, in lower case.
    private static func plain(_ text: String) -> String {
        let letters = text.lowercased().map { $0.isLetter ? $0 : " " }
        return " " + String(letters).split(separator: " ").joined(separator: " ") + " "
    }

    private static let plainly = said.map { plain($0) }

    @Test(arguments: words.indices)
    func `a thing is called by one word`(index: Int) {
        let (word, others) = Self.words[index]
        for text in Self.plainly {
            for other in others {
                #expect(!text.contains(" \(other) "), "it is called \(word): \(text.prefix(400))")
            }
        }
    }

    @Test func `the words that are used stand there`() {
        for word in [
            "statistics", "step", "pause", "evaluate", "log", "panel", "layer", "checkpoint", "smoothing", "quit",
        ] {
            #expect(Self.plainly.contains { $0.contains(" \(word) ") }, "\(word)")
        }
        #expect(Self.plainly.contains { $0.contains(" no statistics yet ") }, "nor before anything was looked at")
        #expect(Self.plainly.contains { $0.contains(" step takes a number of steps ") })
    }
}
