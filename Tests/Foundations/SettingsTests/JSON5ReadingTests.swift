import Settings
import Testing

/// Every rule of <https://spec.json5.org>, shown by what a text reads as, written in plain JSON.
@Suite struct JSON5ReadingTests {
    @Test(arguments: [
        ("null", "null"),
        ("true", "true"),
        ("false", "false"),
        ("{}", "{}"),
        ("[]", "[]"),
        ("[1,]", "[1]"),
        ("{a: 1,}", #"{"a":1}"#),
        ("[[], {}, [{}]]", "[[],{},[{}]]"),
        ("{\"a\": 1, 'b': 2, c: 3}", #"{"a":1,"b":2,"c":3}"#),
        ("{z: 1, a: 2}", #"{"z":1,"a":2}"#),
        ("{$_9: 1, _: 2, null: 3, Infinity: 4}", #"{"$_9":1,"_":2,"null":3,"Infinity":4}"#),
        ("{größe: 1, ключ: 2, 鍵: 3, ⅷ: 4}", #"{"größe":1,"ключ":2,"鍵":3,"ⅷ":4}"#),
        (#"{\u0061b\u0063: 1}"#, #"{"abc":1}"#),
        ("{a\u{200C}b\u{0301}: 1}", "{\"a\u{200C}b\u{0301}\":1}"),
        ("{'': 1}", #"{"":1}"#),
        ("// first\n1 // last", "1"),
        ("/* a * / ** /* */ 1 /**/", "1"),
        ("//\u{2028}1", "1"),
        ("//\r1", "1"),
        ("\u{FEFF}1", "1"),
        ("\t\u{0B}\u{0C} \u{A0}\u{FEFF}\u{2028}\u{2029}\u{3000}\r\n1", "1"),
    ])
    func `structure`(text: String, plain: String) throws {
        #expect(try JSON(Setting.parse(text: text, file: "f")).compact == plain)
    }

    @Test(arguments: [
        ("0", 0.0), ("-0", -0.0), ("+7", 7), ("12", 12), ("-1.5", -1.5), (".5", 0.5), ("5.", 5), ("-.5", -0.5),
        ("5.e3", 5000), ("1e3", 1000), ("1E+3", 1000), ("1e-3", 0.001), ("0x1F", 31), ("-0Xff", -255),
        ("1e-999", 0), ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992), ("0e99999999999", 0),
        ("1.7976931348623157e308", 1.7976931348623157e308), ("4.9e-324", .leastNonzeroMagnitude),
    ])
    func `numbers`(text: String, value: Double) throws {
        let read = try Setting.parse(text: text, file: "f").double()
        #expect(read.bitPattern == value.bitPattern)
    }

    @Test(arguments: [
        (#""plain""#, "plain"),
        (#"'it"s'"#, #"it"s"#),
        (#""it's""#, "it's"),
        (#"'\'\"\\\b\f\n\r\t\v\0'"#, "'\"\\\u{8}\u{C}\n\r\t\u{B}\0"),
        (#"'\x41\u00e9\u20AC'"#, "Aé€"),
        (#"'\ud83d\uDE00'"#, "😀"),
        (#"'\a\/\é\😀'"#, "a/é😀"),
        ("'one \\\ntwo \\\r\nthree \\\rfour\\\u{2028}five'", "one two three fourfive"),
        ("'\u{2028}\u{2029}\t\u{1}'", "\u{2028}\u{2029}\t\u{1}"),
        ("'\\\n'", ""),
        ("'grüße 😀'", "grüße 😀"),
    ])
    func `strings`(text: String, value: String) throws {
        let read = try Setting.parse(text: text, file: "f").string()
        #expect(Array(read.unicodeScalars) == Array(value.unicodeScalars))
    }

    @Test func `the number keeps its text`() throws {
        guard case .number(_, let text) = try Setting.parse(text: "+0x1F", file: "f").value else {
            Issue.record("no number")
            return
        }
        #expect(text == "+0x1F")
    }

    @Test func `every value knows its place and path`() throws {
        let text = "{\n  model: [\n    'relu',\r\n    /* é */ { linear: 128, 'odd key': [0] },\r  ],\n}"
        let model = try #require(try Setting.parse(text: text, file: "c").object()["model"])
        let linear = try #require(try model.array()[1].object()["linear"])
        let odd = try #require(try model.array()[1].object()["odd key"])
        #expect("\(model.place) \(model.path)" == "c:2:10 model")
        #expect("\(linear.place) \(linear.path)" == "c:4:23 model[1].linear")
        #expect(try "\(odd.array()[0].place) \(odd.array()[0].path)" == #"c:4:40 model[1]["odd key"][0]"#)
        #expect(try model.array()[1].object().members[0].namePlace.column == 15)
    }

    @Test func `sixty four levels are read and sixty five refused`() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        #expect(throws: Never.self) { try Setting.parse(text: nested(64), file: "f") }
        let error = #expect(throws: SettingsError.self) { try Setting.parse(text: nested(65), file: "f") }
        #expect(error?.place.column == 65)
    }
}
