import Fields
import Settings
import Testing

/// Values read and written by their tables.
@Suite struct FieldReaderTests {
    struct Window: Written, Hashable {
        var size = [1, 1]
        var stride: Int?
        var share = 0.5
        var momentum = 0.0
        var file = ""
        var length = 10.0
        var isEpochs = false
        init() {}
        static let word = "window"
        static let meaning = "a window"
        static let example = "{ window: 2 }"
        static let fields: [Field<Window>] = [
            Field(
                "size",
                \.size,
                .pair(
                    .integer(1...9), "[height, width]", orOne: true, join: { [$0, $1] },
                    split: { ($0[0], $0[1]) }), "its extents"
            ).required.main,
            Field("stride", \.stride, .optional(.integer(1...)), "steps between two").otherwise("the size"),
            Field("share", \.share, .number(.above(0, below: 1, noun: "share")), "a share"),
            Field("momentum", \.momentum, .number(.within(0..<1)), "a momentum"),
            Field("file", \.file, .path, "a file"),
            Field(
                "length",
                FieldType<(Double, Bool)>(
                    .length(from: 1),
                    decode: { value in
                        if case .epochs(let count) = value { (count, true) } else { (value.asNumber, false) }
                    }, encode: { $1 ? .epochs($0) : .integer(Int($0)) }), "how long it takes",
                get: { ($0.length, $0.isEpochs) }, set: { ($0.length, $0.isEpochs) = $1 }),
        ]
        var problem: String? { size == [9, 9] ? "nine by nine is too large" : nil }
    }

    struct Plain: Written, Hashable {
        init() {}
        static let word = "plain"
        static let meaning = "nothing at all"
        static let fields: [Field<Plain>] = []
    }

    struct Panes: Written, Hashable {
        var panes: [Pane] = []
        init() {}
        static let word = "panes"
        static let meaning = "several of them"
        static let needs: String? = "its panes: { panes: [] }"
        static let fields: [Field<Panes>] = [Field("panes", \.panes, .list(.choice), "each of them").required.main]
    }

    indirect enum Pane: Alternatives, Hashable {
        case window(Window), plain(Plain), panes(Panes)
        static let alternatives: [Alternative<Pane>] = [
            Alternative(Pane.window), Alternative(Pane.plain), Alternative(Pane.panes),
        ]
        var chosen: any Written {
            switch self {
            case .window(let window): window
            case .plain(let plain): plain
            case .panes(let panes): panes
            }
        }
    }

    private func read(_ text: String, _ strictness: FieldReader.Strictness = .ranges) throws -> Pane {
        try FieldReader(strictness) { file in file == "f" ? "folder" : "" }
            .read(Pane.self, from: Setting.parse(text: text, file: "f"))
    }

    private func window(_ change: (inout Window) -> Void) -> Pane {
        var window = Window()
        change(&window)
        return .window(window)
    }

    @Test
    func `a word alone, an object and the main value mean the same`() throws {
        #expect(try read(#""plain""#) == .plain(Plain()))
        #expect(try read("{ plain: {} }") == .plain(Plain()))
        #expect(try read("{ window: 3 }") == window { $0.size = [3, 3] })
        #expect(try read("{ window: [3, 4] }") == window { $0.size = [3, 4] })
        #expect(
            try read("{ window: { size: 3, stride: 2, share: 0.25, file: 'a', length: { epochs: 1.5 } } }")
                == window {
                    ($0.size, $0.stride, $0.share, $0.file) = ([3, 3], 2, 0.25, "folder/a")
                    ($0.length, $0.isEpochs) = (1.5, true)
                })
        #expect(try read("{ window: { size: 1, file: '/a' } }") == window { $0.file = "/a" })
        var panes = Panes()
        panes.panes = [.plain(Plain()), .panes(Panes())]
        #expect(try read("{ panes: ['plain', { panes: [] }] }") == .panes(panes))
    }

    @Test(
        arguments: [
            (#""windw""#, #"f:1:1: unknown name "windw"; did you mean "window"?"#),
            (#""window""#, "f:1:1: window needs size, as in { window: 2 }"),
            ("{ window: {} }", "f:1:11: window: window needs size, as in { window: 2 }"),
            ("{ window: 0 }", "f:1:11: window: a whole number from 1 to 9 is due here, not 0"),
            ("{ window: [1] }", "f:1:11: window: one number or [height, width] is due"),
            ("{ window: [1, 0] }", "f:1:15: window[1]: a whole number from 1 to 9 is due here, not 0"),
            ("{ window: [9, 9] }", "f:1:11: window: nine by nine is too large"),
            ("{ window: { siz: 1 } }", #"f:1:13: window.siz: unknown key; did you mean "size"?"#),
            (
                "{ window: { size: 1, share: 1 } }",
                "f:1:29: window.share: a share above 0 and below 1 is due, not 1"
            ),
            (
                "{ window: { size: 1, momentum: 1 } }",
                "f:1:32: window.momentum: a number of at least 0 and less than 1 is due here, not 1"
            ),
            ("{ window: { size: 1, file: '' } }", "f:1:28: window.file: a path is due, not an empty string"),
            (
                "{ window: { size: 1, length: 0 } }",
                "f:1:30: window.length: a whole number from 1 to 1000000000 is due here, not 0"
            ),
            (
                "{ window: { size: 1, length: { epochs: 0 } } }",
                "f:1:40: window.length.epochs: a number of epochs above 0 is due"
            ),
            (#""panes""#, "f:1:1: panes needs its panes: { panes: [] }"),
            ("{ panes: {} }", #"f:1:10: panes: the key "panes" is missing"#),
            ("{ panes: ['plan'] }", #"f:1:11: panes[0]: unknown name "plan"; did you mean "plain"?"#),
            ("{ plain: 3 }", #"f:1:10: plain: 3 is not an option of "plain"; write {}; "plain" has no options"#),
        ])
    func `a mistake is one line with its place`(text: String, expected: String) {
        let error = #expect(throws: SettingsError.self) { try read(text) }
        #expect(error?.description == expected)
    }

    @Test
    func `where somebody else answers for numbers, they are read as they come`() throws {
        #expect(
            try read("{ window: { size: 0, share: '-Infinity' } }", .types)
                == window {
                    ($0.size, $0.share) = ([0, 0], -.infinity)
                })
        #expect(throws: SettingsError.self) { try read("{ window: 0.5 }", .types) }
    }

    @Test
    func `what is written reads back, with and without its defaults`() throws {
        let pane = window { ($0.size, $0.file, $0.length, $0.isEpochs) = ([2, 3], "/f", 2, true) }
        #expect(
            JSON(writing: pane).compact
                == #"{"window":{"size":[2,3],"share":0.5,"momentum":0,"file":"/f","length":{"epochs":2}}}"#)
        #expect(
            JSON(writing: pane, omittingDefaults: true).compact
                == #"{"window":{"size":[2,3],"file":"/f","length":{"epochs":2}}}"#)
        #expect(JSON(writing: Pane.plain(Plain())).compact == #""plain""#)
        for whole in [pane, .panes(Panes())] {
            #expect(try read(JSON(writing: whole).compact) == whole)
            #expect(try read(JSON(writing: whole, omittingDefaults: true).compact) == whole)
        }
    }
}
