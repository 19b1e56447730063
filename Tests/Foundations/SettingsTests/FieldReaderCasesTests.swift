import Fields
import Settings
import Testing

/// Cases that are written in short, keys beside a word, and keys that go with others only.
@Suite struct FieldReaderCasesTests {
    struct Bound: Written, Hashable {
        var most = 1.0
        static let word = "bound"
        static let meaning = "a bound"
        static let needs: String? = "its limit: { bound: 1 }"
        static let brevity = Brevity.bare
        static let fields: [Field<Bound>] = [Field("most", \.most, .number(.positive), "the limit").required.main]
    }

    struct Scaled: Written, Hashable {
        var over = "all"
        static let word = "scaled"
        static let meaning = "a scaling"
        static let brevity = Brevity.main
        static let fields: [Field<Scaled>] = [Field("over", \.over, .word(["all", "each"]), "over what").main]
    }

    struct Files: Written, Hashable {
        var one: String?
        var other: String?
        static let word = "files"
        static let meaning = "two files or none"
        static let fields: [Field<Files>] = [
            Field("one", \.one, .optional(.path), "the first"), Field("other", \.other, .optional(.path), "the second"),
        ]
        func problem(of key: String, beside keys: [String]) -> String? {
            keys.count == 1 ? "\(key == "one" ? "other" : "one") is missing beside it" : nil
        }
    }

    struct Whole: Alternatives, Hashable {
        enum Kind: Hashable { case bound(Bound), scaled(Scaled), files(Files) }
        var kind: Kind
        var limit = 5

        static let alternatives: [Alternative<Whole>] = [
            Alternative { (kind: Bound) in Whole(kind: .bound(kind)) },
            Alternative { (kind: Scaled) in Whole(kind: .scaled(kind)) },
            Alternative { (kind: Files) in Whole(kind: .files(kind)) },
        ]
        static let fieldsBeside: [Field<Whole>] = [Field("limit", \.limit, .integer(0...9), "a limit").brief]
        var chosen: any Written {
            switch kind {
            case .bound(let kind): kind
            case .scaled(let kind): kind
            case .files(let kind): kind
            }
        }
    }

    private func read(_ text: String) throws -> Whole {
        try FieldReader().read(Whole.self, from: Setting.parse(text: text, file: "f"))
    }

    @Test(
        arguments: [
            #"{"bound":2}"#, #"{"scaled":"each"}"#, #"{"bound":2,"limit":7}"#, #"{"files":{"one":"/a","other":"/b"}}"#,
            #"{"files":{},"limit":0}"#,
        ])
    func `what is read is written as it was`(text: String) throws {
        #expect(JSON(writing: try read(text)).compact == text)
    }

    @Test
    func `a main value may have its key, and a word alone has its defaults`() throws {
        #expect(try read("{ scaled: { over: 'each' } }") == read("{ scaled: 'each' }"))
        #expect(JSON(writing: try read("'scaled'")).compact == #"{"scaled":"all"}"#)
        #expect(JSON(writing: try read("{ files: {}, limit: 5 }")).compact == #""files""#)
        #expect(JSON(writing: try read("{ scaled: {}, limit: 3 }")).compact == #"{"scaled":"all","limit":3}"#)
    }

    @Test(
        arguments: [
            (#""bound""#, "f:1:1: bound needs its limit: { bound: 1 }"),
            ("{ bound: {} }", "f:1:10: bound: a number above 0 is due here, not an empty object"),
            ("{ bound: 1, limit: 10 }", "f:1:20: limit: a whole number from 0 to 9 is due here, not 10"),
            ("{ files: { one: 'a' } }", "f:1:17: files.one: other is missing beside it"),
            ("{ files: { other: 'a' } }", "f:1:19: files.other: one is missing beside it"),
            (
                "{ bound: 1, limits: 2 }",
                #"f:1:1: one name is due, as in { name: { ... } }, not an object with the keys "bound" and "limits""#
            ),
        ])
    func `a mistake is one line with its place`(text: String, expected: String) {
        let error = #expect(throws: SettingsError.self) { try read(text) }
        #expect(error?.description == expected)
    }
}
