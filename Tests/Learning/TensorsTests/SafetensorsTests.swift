import Files
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsTests {
    private func bytes(_ json: String, data: [UInt8] = []) -> [UInt8] {
        let count = UInt64(json.utf8.count)
        var bytes: [UInt8] = []
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
        return bytes + Array(json.utf8) + data
    }

    private func tensor(_ type: String, _ shape: String, _ begin: Int, _ end: Int) -> String {
        "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
    }

    private func written(
        _ tensors: [SafetensorsTensor], metadata: [SafetensorsFile.Metadatum] = []
    ) throws -> [UInt8] {
        let folder = ScratchFolder()
        let path = folder / "tensors.safetensors"
        try SafetensorsFile.write(tensors, metadata: metadata, to: path)
        return try FileBytes.read(path)
    }

    @Test func `layout is the formats own`() throws {
        let tensors = [
            SafetensorsTensor(name: "0.weight", shape: [1, 2], values: .floats([1, -2])),
            SafetensorsTensor(name: "1.num_batches_tracked", shape: [], values: .integers([258])),
        ]
        let json =
            "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]},"
            + "\"1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}"
        let padded = json + String(repeating: " ", count: (8 - json.utf8.count % 8) % 8)
        let data: [UInt8] = [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
        #expect(try written(tensors) == bytes(padded, data: data))
    }

    @Test func `names and metadata survive whatever they hold`() throws {
        let odd = "a\"b\\c\n\u{1}é😀/\u{2028}"
        let metadata = [SafetensorsFile.Metadatum(key: odd, value: "pt"), .init(key: "z", value: odd)]
        let tensors = [SafetensorsTensor(name: odd, shape: [1], values: .floats([7]))]
        let file = try SafetensorsFile(bytes: written(tensors, metadata: metadata), path: "f")
        #expect(file.metadata == metadata)
        #expect(file[odd].flatMap(file.floats) == [7])
    }

    @Test func `empty tensors and no tensors are fine`() throws {
        let empty = SafetensorsTensor(name: "e", shape: [0, 3], values: .floats([]))
        let file = try SafetensorsFile(bytes: written([empty]), path: "f")
        #expect(file["e"].flatMap(file.floats) == [])
        #expect(try SafetensorsFile(bytes: written([]), path: "f").entries.isEmpty)
    }

    /// 1.5, -2 and the largest finite number of each type by IEEE 754 bits.
    private static let samples: [(String, [UInt8], Float)] = [
        ("F64", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], 1.5),
        ("F32", [0, 0, 0, 0xC0], -2),
        ("F16", [0, 0x3E], 1.5),
        ("F16", [0xFF, 0x7B], 65504),
        ("F16", [0x01, 0x00], 0x1p-24),
        ("BF16", [0xC0, 0x3F], 1.5),
        ("BF16", [0x7F, 0x7F], 0x1.FEp127),
    ]

    @Test(arguments: samples)
    func `every float type is read`(type: String, data: [UInt8], value: Float) throws {
        let file = try SafetensorsFile(
            bytes: bytes("{\"t\":\(tensor(type, "[1]", 0, data.count))}", data: data), path: "f")
        #expect(file["t"].flatMap(file.floats) == [value])
        #expect(file["t"].flatMap(file.integers) == nil)
    }

    @Test func `integers are read`() throws {
        let data: [UInt8] = [UInt8](repeating: 0xFF, count: 8)
        let file = try SafetensorsFile(bytes: bytes("{\"t\":\(tensor("I64", "[]", 0, 8))}", data: data), path: "f")
        #expect(file["t"].flatMap(file.integers) == [-1])
        #expect(file["t"].flatMap(file.floats) == nil)
    }

    @Test func `tensors may lie in any order`() throws {
        let json = "{\"b\":\(tensor("F32", "[1]", 4, 8)),\"a\":\(tensor("F32", "[1]", 0, 4))}"
        let file = try SafetensorsFile(bytes: bytes(json, data: [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]), path: "f")
        #expect(file.entries.map(\.name) == ["b", "a"])
        #expect(file["b"].flatMap(file.floats) == [2])
    }

    @Test func `defects are named in one line`() {
        let f4 = tensor("F32", "[1]", 0, 4)
        let four: [UInt8] = [0, 0, 0, 0]
        let cases: [([UInt8], String)] = [
            ([1, 2, 3], "f: no safetensors file: at least 8 bytes are due, but 3 are there"),
            ([9, 0, 0, 0, 0, 0, 0, 0, 0x7B], "f: is cut off: its header takes 9 bytes, but 1 follow"),
            (
                [UInt8](repeating: 0xFF, count: 16),
                "f: no safetensors file: its header would take 18446744073709551615 bytes; at most 100000000 are read"
            ),
            (bytes("[]"), "f: the header must begin with { (byte 8)"),
            (bytes(" {}"), "f: the header must begin with { (byte 8)"),
            (bytes("{} x"), "f: the header goes on after its closing } (byte 11)"),
            (bytes("{\"t\":3}"), "f: the header is no proper JSON: { is due (byte 13)"),
            (bytes("{\"t\":{}}"), "f: tensor t: lacks dtype"),
            (bytes("{\"t\":\(f4),\"t\":\(f4)}", data: four), "f: tensor t: is there twice"),
            (bytes("{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "f: tensor t: says dtype twice"),
            (bytes("{\"t\":{\"dtype\":\"F32\",\"size\":4}}"), "f: tensor t: has an unknown key size"),
            (
                bytes("{\"t\":\(tensor("U8", "[4]", 0, 4))}", data: four),
                "f: tensor t: has type U8; F64, F32, F16, BF16, I64 are read"
            ),
            (
                bytes("{\"t\":\(tensor("F32", "[2]", 0, 4))}", data: four),
                "f: tensor t: of type F32 and shape 2 takes 8 bytes, but its offsets give it 4"
            ),
            (
                bytes("{\"t\":\(tensor("F32", "[4294967296,4294967296]", 0, 4))}", data: four),
                "f: tensor t: has a shape too large for any file"
            ),
            (
                bytes("{\"t\":\(tensor("F32", "[0,4611686018427387904,4]", 0, 0))}"),
                "f: tensor t: has a shape too large for any file"
            ),
            (
                bytes("{\"t\":\(tensor("F32", "[99999999999999999999]", 0, 4))}", data: four),
                "f: the header holds a number too large for any file (byte 55)"
            ),
            (
                bytes("{\"t\":\(tensor("F32", "[-1]", 0, 4))}", data: four),
                "f: the header must hold a whole number from 0 on here (byte 37)"
            ),
            (
                bytes("{\"t\":\(tensor("F32", "[1]", 4, 0))}", data: four),
                "f: tensor t: data_offsets must be begin and end, not [4, 0]"
            ),
            (
                bytes("{\"t\":\(f4)}", data: [0, 0]),
                "f: tensor t: ends at byte 4 of the data, but 2 bytes are there; the file is cut off"
            ),
            (
                bytes("{\"t\":\(f4),\"u\":\(tensor("F32", "[1]", 2, 6))}", data: four + four),
                "f: tensor u: begins at byte 2 of the data and overlaps the one before it, which ends at 4"
            ),
            (
                bytes("{\"t\":\(f4),\"u\":\(tensor("F32", "[1]", 5, 9))}", data: four + four + four),
                "f: tensor u: begins at byte 5 of the data and leaves a gap before it, which ends at 4"
            ),
            (
                bytes("{\"t\":\(f4)}", data: four + [0]),
                "f: holds 5 bytes of data, but its tensors take 4; they must cover it all"
            ),
            (
                bytes("{\"__metadata__\":{\"a\":1}}"), "f: the header is no proper JSON: \" is due (byte 29)"
            ),
            (bytes("{\"\\ud800\":1}"), "f: the header holds half of a surrogate pair (byte 16)"),
        ]
        for (bytes, message) in cases {
            #expect {
                try SafetensorsFile(bytes: bytes, path: "f")
            } throws: { "\($0)" == message }
        }
    }

    @Test func `header that is not UTF-8 is refused`() {
        var broken = bytes("{\"t\":\(tensor("F32", "[0]", 0, 0))}")
        broken[10] = 0xFF
        #expect { try SafetensorsFile(bytes: broken, path: "f") } throws: { "\($0)".contains("is not UTF-8") }
    }

    @Test func `missing file is named`() {
        #expect {
            try SafetensorsFile.read("/nowhere/best.safetensors")
        } throws: { "\($0)" == "/nowhere/best.safetensors: no such file; check the path" }
    }

    /// Whatever the bytes, the answer is a file or one line.
    @Test func `survives a thousand damaged files`() throws {
        let whole = try written(
            [
                SafetensorsTensor(name: "0.weight", shape: [2, 3], values: .floats([1, 2, 3, 4, 5, 6])),
                SafetensorsTensor(name: "n", shape: [], values: .integers([4])),
            ], metadata: [.init(key: "format", value: "pt")])
        let tempting = Array("{}[]\",:0123456789\\u-eE. FIB".utf8) + [0, 0x7F, 0x80, 0xFF]
        var random = Philox(seed: 3, purpose: .generatedData).stream(0)
        for _ in 0..<1000 {
            var bytes = whole
            for _ in 0...random.integer(below: 4) {
                let place = random.integer(below: bytes.count)
                switch random.integer(below: 4) {
                case 0: bytes[place] = UInt8(random.integer(below: 256))
                case 1: bytes[place] = tempting[random.integer(below: tempting.count)]
                case 2: bytes.insert(tempting[random.integer(below: tempting.count)], at: place)
                default: if bytes.count > 1 { bytes.removeSubrange(place..<min(bytes.count, place + 1)) }
                }
            }
            // Half of them keep the header's length right, to get further in.
            if random.integer(below: 2) == 0, let brace = bytes.lastIndex(of: UInt8(ascii: "}")), brace > 8 {
                bytes[0] = UInt8(truncatingIfNeeded: brace - 7)
                for index in 1..<8 { bytes[index] = 0 }
            }
            do {
                let file = try SafetensorsFile(bytes: bytes, path: "f")
                for entry in file.entries {
                    let count = file.floats(entry)?.count ?? file.integers(entry)?.count
                    #expect(count == entry.shape.count)
                }
            } catch {
                #expect(!error.description.contains("\n"))
            }
        }
    }
}
