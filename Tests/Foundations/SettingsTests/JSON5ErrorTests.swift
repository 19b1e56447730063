import Settings
import Testing

/// What is refused, where the error points, and what it says.
@Suite struct JSON5ErrorTests {
    @Test(arguments: [
        ("", "1:1", "a JSON5 value is due"),
        (" \n // nothing\n", "3:1", "a JSON5 value is due"),
        ("{", "1:2", "the object opened at 1:1 is not closed"),
        ("{\n a: [1,\n", "3:1", "a: the text ends, but the list opened at 2:5 is not closed"),
        ("{a", "1:3", "the object opened at 1:1 is not closed"),
        ("{a:", "1:4", "the object opened at 1:1 is not closed"),
        ("{a:1", "1:5", "the object opened at 1:1 is not closed"),
        ("[1", "1:3", "the list opened at 1:1 is not closed"),
        ("'abc", "1:5", "the string opened at 1:1 is not closed"),
        ("'abc\\", "1:6", "the string opened at 1:1 is not closed"),
        ("'abc\n'", "1:5", "the line ends, but the string opened at 1:1"),
        ("/* abc", "1:7", "the comment opened at 1:1 is not closed"),
        ("{a: /* }", "1:9", "the comment opened at 1:5 is not closed"),
        ("/*/", "1:4", "the comment opened at 1:1"),
        ("1 2", "1:3", "\"2\" after the end of the value"),
        ("{}}", "1:3", "\"}\" after the end"),
        ("/", "1:1", "a value is due here, not \"/\""),
        ("[,]", "1:2", "[0]: a value is due here, not \",\""),
        ("[1,,2]", "1:4", "[1]: a value is due"),
        ("[1 2]", "1:4", "\",\" or \"]\" is due here, not \"2\""),
        ("[1}", "1:3", "\",\" or \"]\" is due here, not \"}\""),
        ("{,}", "1:2", "a key or \"}\" is due here, not \",\""),
        ("{a 1}", "1:4", "a: \":\" is due after the key, not \"1\""),
        ("{a: 1 b: 2}", "1:7", "\",\" or \"}\" is due here, not \"b\""),
        ("{a: }", "1:5", "a: a value is due here, not \"}\""),
        ("{1a: 1}", "1:2", "a key that begins with a digit needs quotes"),
        ("{a-b: 1}", "1:3", "a: \":\" is due after the key, not \"-\""),
        (#"{\x61: 1}"#, "1:2", "only \\u escapes"),
        (#"{\u0020: 1}"#, "1:2", "\" \" is not allowed in a key without quotes"),
        (#"{\u0031a: 1}"#, "1:2", "\"1\" is not allowed"),
        ("{a: 1,\n é: 2, 'a': 3}", "2:8", "a: the key stands twice, first at 1:2"),
        ("{a: {b: 1, b: 2}}", "1:12", "a.b: the key stands twice, first at 1:6"),
        ("relu", "1:1", "\"relu\" is no value; a string needs quotes"),
        ("[True]", "1:2", "[0]: \"True\" is no value; did you mean true?"),
        ("undefined", "1:1", "\"undefined\" is no value"),
        ("Infinity", "1:1", "not finite"),
        ("{a: -Infinity}", "1:5", "a: the number is not finite"),
        ("[NaN]", "1:2", "[0]: the number is not finite"),
        ("+NaN", "1:1", "not finite"),
        ("-inf", "1:1", "a number is due after the sign, not \"inf\""),
        ("1e999", "1:1", "1e999 is too large"),
        ("[-1e400]", "1:2", "-1e400 is too large"),
        ("1e", "1:3", "the exponent's digits are due here, not the end of the text"),
        ("1e-", "1:4", "the exponent's digits are due"),
        (".", "1:2", "a digit is due"),
        ("-", "1:2", "a digit is due here, not the end of the text"),
        ("+ 1", "1:2", "a digit is due here, not \" \""),
        ("--1", "1:2", "a digit is due here, not \"-\""),
        (".e1", "1:2", "a digit is due here, not \"e\""),
        ("012", "1:1", "does not begin with 0"),
        ("0x", "1:3", "hexadecimal digits are due after 0x"),
        ("0xg", "1:3", "hexadecimal digits are due after 0x, not \"g\""),
        ("0x1.8", "1:4", "the number ends before \".\""),
        ("1a", "1:2", "the number ends before \"a\""),
        ("1.2.3", "1:4", "the number ends before \".\""),
        (#"'\x4'"#, "1:2", "2 hexadecimal digits are due in the escape, not \"'\""),
        (#"'\u12'"#, "1:2", "4 hexadecimal digits are due"),
        (#"'é\ud83d'"#, "1:3", "half a surrogate pair"),
        (#"'\ud83dx'"#, "1:2", "half a surrogate pair"),
        (#"'\ud83d\u0041'"#, "1:2", "half a surrogate pair"),
        (#"'\ude00'"#, "1:2", "half a surrogate pair"),
        (#"'\1'"#, "1:2", "octal"),
        (#"'\01'"#, "1:2", "octal"),
        ("\u{202E}", "1:1", "not \"\\u202E\""),
    ])
    func `refused`(text: String, place: String, message: String) throws {
        let error = try #require(throws: SettingsError.self) { try Setting.parse(text: text, file: "f") }
        #expect("\(error.place.line):\(error.place.column)" == place)
        #expect(error.description.contains(message), "\(error)")
    }

    @Test(arguments: [
        ([0x22, 0xFF, 0x22], "1:2"),
        ([0x31, 0x0A, 0x0D, 0x0A, 0xC3, 0xA9, 0xC3], "3:2"),
        ([0x22, 0xC0, 0x80, 0x22], "1:2"),
        ([0x22, 0xED, 0xA0, 0x80, 0x22], "1:2"),
        ([0xEF, 0xBB, 0xBF, 0x31, 0xFE], "1:2"),
    ])
    func `bytes that are no UTF-8`(bytes: [UInt8], place: String) throws {
        let error = try #require(throws: SettingsError.self) { try Setting.parse(bytes, file: "f") }
        #expect("\(error.place.line):\(error.place.column)" == place)
        #expect(error.message.contains("UTF-8"))
    }

    @Test func `a NUL byte is refused`() throws {
        let error = try #require(throws: SettingsError.self) { try Setting.parse(text: "{\n a\0: 1}", file: "f") }
        #expect(error.description == "f:2:3: a NUL byte; a settings file is text")
    }

    @Test func `an error is one short line whatever the text holds`() throws {
        let key = String(repeating: "k\n", count: 100_000).split(separator: "\n").joined(separator: "\\n")
        let error = try #require(throws: SettingsError.self) {
            try Setting.parse(text: "{'\(key)': '\u{1B}[2J\\n' 1}", file: "a\nb").object(keys: [])
        }
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 })
        #expect(error.description.utf8.count < 300)
    }
}
