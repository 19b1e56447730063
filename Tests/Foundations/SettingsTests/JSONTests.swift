import Foundation
import Settings
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0"), (1, "1"), (-2, "-2"), (0.1, "0.1"), (1e-5, "1e-05"), (1e21, "1e+21"),
        (123_456_789, "123456789"), (1.0 / 3, "0.3333333333333333"), (.leastNonzeroMagnitude, "5e-324"),
        (.nan, "\"NaN\""),
        (.infinity, "\"Infinity\""), (-.infinity, "\"-Infinity\""),
    ])
    func `doubles have the fewest digits`(number: Double, text: String) {
        #expect(JSON.number(number).compact == text)
    }

    @Test func `floats have their own fewest digits`() {
        #expect(JSON.number(Float(0.1)).compact == "0.1")
        #expect(JSON.number(Double(Float(0.1))).compact == "0.10000000149011612")
        #expect(JSON.float(-.infinity).compact == "\"-Infinity\"")
        #expect(JSON.float(16_777_216).compact == "16777216")
    }

    @Test(arguments: [0, 7, -7, 10, 1_234_567_890, Int.max, Int.min])
    func `integers`(number: Int) {
        #expect(JSON.integer(number).compact == String(number))
    }

    @Test func `every double reads back to its bits`() throws {
        var bits: UInt64 = 1
        for _ in 0..<20_000 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Double(bitPattern: bits)
            guard number.isFinite else { continue }
            let text = JSON.number(number).compact
            #expect(try Setting.parse(text: text, file: "f").double().bitPattern == bits)
            #expect(strtod(text, nil).bitPattern == bits)
        }
    }

    @Test func `objects keep the order of their keys`() {
        let json: JSON = ["z": 1, "a": [true, nil, "x"], "m": ["b": 0.5, "a": []]]
        #expect(json.compact == #"{"z":1,"a":[true,null,"x"],"m":{"b":0.5,"a":[]}}"#)
    }

    @Test func `strings read back as they were`() throws {
        let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init))) + "\u{2028}😀\"\\"
        let json = JSON.array([.string(text)]).compact
        #expect(try Setting.parse(text: json, file: "f").array()[0].string() == text)
        // Foundation reads plain JSON by rules of its own.
        let read = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String])
        #expect(read == [text])
    }

    @Test func `appending leaves what is there`() {
        var bytes = Array("> ".utf8)
        JSON.object([("loss", .number(0.5))]).write(into: &bytes)
        JSON.write(-12, into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == #"> {"loss":0.5}-12"#)
    }

    @Test func `pretty keeps short things on one line`() {
        let json: JSON = [
            "name": "a run", "empty": [:], "shape": [1, 28, 28],
            "model": [
                ["conv2d": ["filters": 32, "kernel": 3, "padding": 1, "stride": 1, "bias": true]], "relu",
                ["linear": ["units": 10]],
            ],
        ]
        #expect(
            json.pretty == """
                {
                  "name": "a run",
                  "empty": {},
                  "shape": [1, 28, 28],
                  "model": [
                    { "conv2d": { "filters": 32, "kernel": 3, "padding": 1, "stride": 1, "bias": true } },
                    "relu",
                    { "linear": { "units": 10 } }
                  ]
                }

                """)
    }

    @Test func `pretty reads back as the same`() throws {
        let long = JSON.array((0..<200).map { JSON.object([("index", .integer($0)), ("text", .string("\($0)"))]) })
        #expect(try JSON(Setting.parse(text: long.pretty, file: "f")).compact == long.compact)
    }

    @Test func `a setting is written with its whole numbers exact`() throws {
        let setting = try Setting.parse(
            text: "{ seed: 9007199254740993, b: 0x10, c: [1.50, 'x', null, -0] }", file: "f")
        #expect(JSON(setting).compact == #"{"seed":9007199254740993,"b":16,"c":[1.5,"x",null,-0]}"#)
    }
}
