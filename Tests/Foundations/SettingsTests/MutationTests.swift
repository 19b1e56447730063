import Settings
import TestSupport
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

    @Test func `ten thousand mutations parse or throw`() {
        var mutations = Mutations(of: Self.seed, seed: 1)
        var read = 0
        for _ in 0..<10_000 {
            let bytes = mutations.next()
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

    @Test func `every prefix parses or throws`() {
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
    func `huge repetitions are refused without overflow`(unit: String) {
        let text = String(repeating: unit, count: 200_000)
        #expect(throws: SettingsError.self) { try Setting.parse(text: text, file: "f") }
    }

    @Test func `wide documents and long keys are read`() throws {
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
