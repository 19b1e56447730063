import TestSupport

/// A text with a few bytes changed, removed or put in, again and again; the same for the same seed.
struct Mutations {
    private static let pieces = [
        "NaN", "-", "1e999", "{", "}", "\"", "\n", "//", "/*", ":", ",", "null", "99999999999999999999", "\u{0}",
    ]

    private let original: [UInt8]
    private var random: SplitMix64

    init(of text: String, seed: UInt64) {
        original = Array(text.utf8)
        random = SplitMix64(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)!.utf8, at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + 20))
            }
        }
        return bytes
    }
}
