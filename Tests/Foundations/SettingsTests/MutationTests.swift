import Settings
import Testing

/// Texts broken at random: each is read or refused, and every place lies within the text.
@Suite struct MutationTests {
    private static let seed = """
        // A run.
        {
          data: { idx: { images: "data/é.gz", 'labels': 'l\\u00e9\\x41\\ud83d\\uDE00' } }, /* two
          lines */ validation: { fraction: 0.2, },\r
          model: [{ conv2d: { filters: 0x20, kernel: +3, padding: .5e-1 } }, "relu", null, true, [[[]]]],
          größe: -1.5E+3, text: 'one \\
        two', big: 18446744073709551615,
        }

        """

    @Test func tenThousandMutationsParseOrThrow() {
        var generator = SplitMix64(state: 1)
        let original = Array(Self.seed.utf8)
        let spice = Array("{}[],:'\"\\/*ux0e-+.\n\r \u{FEFF}\u{2028}nNI".utf8) + [0, 0xFF, 0xC3, 0xED, 0xF4]
        var read = 0
        for _ in 0..<10_000 {
            var bytes = original
            for _ in 0...Int.random(in: 0..<4, using: &generator) {
                let at = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: bytes[at] = spice.randomElement(using: &generator)!
                case 1: bytes.insert(spice.randomElement(using: &generator)!, at: at)
                case 2: bytes.remove(at: at)
                case 3: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 4: bytes.removeSubrange(at..<min(bytes.count, at + 9))
                default: bytes.append(contentsOf: bytes[at..<min(bytes.count, at + 30)])
                }
            }
            do throws(SettingsError) {
                let setting = try Setting.parse(bytes, file: "f")
                check(setting.place, in: bytes)
                read += 1
            } catch {
                check(error.place, in: bytes)
            }
            // The same bytes as lines must not crash either.
            if case .failure(let error) = Result(catching: { () throws(SettingsError) in
                try Setting.parseLines(bytes, file: "f")
            }) {
                check(error.place, in: bytes)
            }
        }
        // Both outcomes are common, so the mutations are neither too wild nor too tame.
        #expect((500..<9_500).contains(read))
    }

    @Test func everyPrefixParsesOrThrows() {
        let bytes = Array(Self.seed.utf8)
        for length in 0..<bytes.count {
            let prefix = Array(bytes[..<length])
            do throws(SettingsError) {
                _ = try Setting.parse(prefix, file: "f")
            } catch {
                check(error.place, in: prefix)
            }
        }
    }

    @Test(arguments: ["[", "{a:", "[{a:", "{\"", "'", "/*", "-", "\\u"])
    func hugeRepetitionsAreRefusedWithoutOverflow(unit: String) {
        let text = String(repeating: unit, count: 200_000)
        #expect(throws: SettingsError.self) { try Setting.parse(text: text, file: "f") }
    }

    @Test func wideDocumentsAndLongKeysAreRead() throws {
        let key = String(repeating: "k", count: 100_000)
        let text = "{\(key): [" + String(repeating: "1,", count: 100_000) + "]}"
        #expect(try Setting.parse(text: text, file: "f").object()[key]?.array().count == 100_000)
    }

    /// Line and column must lie within the text, counted here on scalars, independently of the reader's bytes.
    private func check(_ place: Place, in bytes: [UInt8]) {
        var lengths = [0]
        var afterReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar == "\n" || scalar == "\r" {
                if scalar == "\n", afterReturn { lengths[lengths.count - 2] += 1 } else { lengths.append(0) }
            } else {
                lengths[lengths.count - 1] += 1
            }
            afterReturn = scalar == "\r"
        }
        guard place.line >= 1, place.line <= lengths.count else {
            Issue.record("line \(place.line) of \(lengths.count)")
            return
        }
        #expect(place.column >= 1 && place.column <= lengths[place.line - 1] + 1)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), so that every run breaks the texts alike.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
