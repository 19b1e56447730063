/// A text with a few bytes changed, removed or put in, again and again; the same for the same seed.
package struct Mutations {
    /// What is put in, besides bytes at random: what readers of numbers and of JSON may stumble over.
    private static let pieces = [
        "NaN", "-", "1e999", "{", "}", "\"", "\n", "//", "/*", ":", ",", "null", "99999999999999999999", "\u{0}",
        "'", "\\u", "\r", "\u{FEFF}", "\u{2028}",
    ]

    private let original: [UInt8]
    private var random: SplitMix64

    /// - Parameter text: at least one byte.
    package init(of text: String, seed: UInt64) {
        original = Array(text.utf8)
        random = SplitMix64(seed: seed)
    }

    /// The text with one to six changes.
    package mutating func next() -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            guard !bytes.isEmpty else { break }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)!.utf8, at: place)
            case 3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 4: bytes.append(contentsOf: bytes[place..<min(bytes.count, place + 30)])
            default: bytes.removeSubrange(place..<min(bytes.count, place + 20))
            }
        }
        return bytes
    }
}
