import Settings
import Testing

/// Strict decoding: what fits comes out, all else names place, path, what came and what would be right.
@Suite struct AccessTests {
    private func read(_ text: String) throws -> Setting { try Setting.parse(text: text, file: "f") }

    private func message(of text: String, _ access: (Setting) throws -> Void) throws -> String {
        let setting = try #require(try read("{ a: [\(text)] }").object()["a"]).array()[0]
        return try #require(throws: SettingsError.self) { try access(setting) }.description
    }

    @Test func `values come out as they are`() throws {
        #expect(try read("true").bool())
        #expect(try read("'x'").string() == "x")
        #expect(try read("0.5").double(in: 0...1) == 0.5)
        #expect(try read("0").double(in: 0..<1) == 0)
        #expect(try read("1e-4").positiveDouble() == 1e-4)
        #expect(try read("[1, 2]").array().count == 2)
        #expect(try read("null").isNull)
    }

    @Test(arguments: [
        ("3", 3), ("-3", -3), ("+3", 3), ("3.0", 3), ("1e3", 1000), ("0x10", 16), ("-0x10", -16), ("-0", 0),
        ("9007199254740993", 9_007_199_254_740_993), ("9223372036854775807", Int.max),
        ("-9223372036854775808", Int.min),
        ("0x7fffffffffffffff", Int.max),
    ])
    func `whole numbers are exact`(text: String, value: Int) throws {
        #expect(try read(text).integer(in: Int.min...Int.max) == value)
    }

    @Test(arguments: ["1.5", "9223372036854775808", "-9223372036854775809", "1e300", "1e-5", "'3'", "null", "true"])
    func `what is no integer is refused`(text: String) throws {
        #expect(throws: SettingsError.self) { try read(text).integer(in: Int.min...Int.max) }
    }

    @Test func `errors say what came and what is due`() throws {
        #expect(try message(of: "1") { _ = try $0.bool() } == "f:1:7: a[0]: true or false is due here, not 1")
        #expect(try message(of: "null") { _ = try $0.string() } == "f:1:7: a[0]: a string is due here, not null")
        #expect(
            try message(of: "'0.1'") { _ = try $0.double() }
                == #"f:1:7: a[0]: a number is due here, not the string "0.1""#)
        #expect(
            try message(of: "1.5") { _ = try $0.double(in: 0...1) }
                == "f:1:7: a[0]: a number from 0 to 1 is due here, not 1.5")
        #expect(
            try message(of: "1") { _ = try $0.double(in: 0..<1) }
                == "f:1:7: a[0]: a number of at least 0 and less than 1 is due here, not 1")
        #expect(
            try message(of: "-1") { _ = try $0.double(in: 0.5...Double.infinity) }
                == "f:1:7: a[0]: a number of at least 0.5 is due here, not -1")
        #expect(
            try message(of: "0") { _ = try $0.positiveDouble() } == "f:1:7: a[0]: a number above 0 is due here, not 0")
        #expect(
            try message(of: "0") { _ = try $0.integer(in: 1...) }
                == "f:1:7: a[0]: a whole number of at least 1 is due here, not 0")
        #expect(
            try message(of: "2.5") { _ = try $0.integer(in: 1...9) }
                == "f:1:7: a[0]: a whole number from 1 to 9 is due here, not 2.5")
        #expect(try message(of: "{}") { _ = try $0.array() } == "f:1:7: a[0]: a list is due here, not an empty object")
        #expect(
            try message(of: "[1, 2]") { _ = try $0.object() } == "f:1:7: a[0]: an object is due here, not a list of 2")
    }

    @Test(arguments: ["1e-60", "1e39", "0", "-1"])
    func `a positive number must fit single precision`(text: String) throws {
        #expect(throws: SettingsError.self) { try read(text).positiveDouble() }
    }

    @Test func `an object gives its members and asks for missing ones`() throws {
        let object = try read("\n{ kernel: 3 }").object(keys: ["kernel", "filters"])
        #expect(try object.required("kernel").integer(in: 1...9) == 3)
        #expect(object["filters"] == nil)
        let error = try #require(throws: SettingsError.self) { try object.required("filters") }
        #expect(error.description == #"f:2:1: the key "filters" is missing"#)
    }

    @Test func `an unknown key is refused with the nearest known`() throws {
        let text = "{ model: [1, { conv2d: { filters: 1, kernle: 3 } }] }"
        let options = try #require(try read(text).object()["model"]?.array()[1].object()["conv2d"])
        let error = try #require(throws: SettingsError.self) { try options.object(keys: ["filters", "kernel"]) }
        #expect(error.description == #"f:1:38: model[1].conv2d.kernle: unknown key; did you mean "kernel"?"#)
    }

    @Test func `an unknown key like none lists all in their order`() throws {
        let error = try #require(throws: SettingsError.self) {
            try read("{ zzz: 1 }").object(keys: ["units", "bias", "a"])
        }
        #expect(error.message == #"unknown key; known keys: "units", "bias" and "a""#)
    }

    private enum Mode: String, CaseIterable { case average, fanIn }

    @Test func `one of several names`() throws {
        #expect(try read("'fanIn'").oneOf(Mode.self) == .fanIn)
        #expect(try read("'b'").oneOf(["a": 1, "b": 2]) == 2)
        #expect(try read("'b'").oneOf(["b", "a"]) == "b")
        #expect(
            try message(of: "'fanin'") { _ = try $0.oneOf(Mode.self) }
                == #"f:1:7: a[0]: unknown name "fanin"; did you mean "fanIn"?"#)
        #expect(
            try message(of: "2") { _ = try $0.oneOf(["y": 1, "x": 2]) }
                == #"f:1:7: a[0]: "x" or "y" is due here, not 2"#)
    }
}
