import Settings
import Testing

@Suite struct LinesTests {
    @Test func `every line with a value gives one`() throws {
        let text = "{a: 1}\n\n  \t\r\n// a remark\n[2]\r\n'three'"
        let lines = try Setting.parseLines(text.utf8, file: "j")
        #expect(lines.map { JSON($0).compact } == [#"{"a":1}"#, "[2]", "\"three\""])
        #expect(lines.map(\.place.line) == [1, 5, 6])
    }

    @Test func `no lines give nothing`() throws {
        #expect(try Setting.parseLines([], file: "j").isEmpty)
    }

    @Test(arguments: [
        ("1\n{a: 1\n}", "j:2:6: the line ends, but the object opened at 2:1 is not closed"),
        ("1\n2 3", "j:2:3: \"3\" after the end of the value; one value is due"),
        ("1\n/* 2\n*/", "j:2:5: the line ends, but the comment opened at 2:1 is not closed"),
        ("1\r\n'a\\\r\nb'", "j:2:4: the line ends, but the string opened at 2:1 is not closed"),
    ])
    func `a value stays on its line`(text: String, message: String) throws {
        let error = try #require(throws: SettingsError.self) { try Setting.parseLines(text.utf8, file: "j") }
        #expect(error.description == message)
    }

    @Test func `a cut out line keeps its number`() throws {
        let error = try #require(throws: SettingsError.self) {
            try Setting.parse("\u{FF}".utf8.dropLast(), file: "j", firstLine: 41)
        }
        #expect(error.place == Place(file: "j", line: 41, column: 1))
        #expect(try Setting.parse("1".utf8, file: "j", firstLine: 41).place.line == 41)
    }
}
