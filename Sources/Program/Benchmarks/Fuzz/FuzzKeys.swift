/// Random bytes as a terminal might send them: keys, mouse reports, pastes, replies, and what no terminal ever meant.
struct FuzzKeys {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// 0 up to below a bound (SplitMix64; Steele, Lea and Flood 2014).
    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(max(1, bound)))
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }

    /// One more thing that arrives. Never ctrl-Z, which would stop the process that looks for trouble.
    mutating func next() -> [UInt8] {
        let bytes: [UInt8] =
            switch number(below: 100) {
            case ..<40: Array(pick(Self.characters).utf8)
            case ..<62: Array(pick(Self.keys).utf8)
            case ..<76: mouse()
            case ..<80: paste()
            case ..<92: garbage()
            case ..<96: (0...number(below: 6)).map { _ in UInt8(number(below: 256)) }
            default: Array(pick(Self.words).utf8)
            }
        return bytes.filter { $0 != 0x1A }
    }

    /// Keys that lead somewhere when they are pressed one after the other without haste.
    mutating func errand() -> [[UInt8]] { pick(Self.errands).map { Array($0.utf8) } }

    private static let errands = [
        ["3", "i", "\u{1B}[C", "\r"], ["3", "i", "\u{1B}[B", "0.5", "\r"], ["3", "y"], ["1", "y"], ["w"], ["w", "w"],
        ["x"],
        ["1", "E", "\r", "\r"], ["E", "\t", "\r"], ["E", "\u{15}", "/nowhere/at/all\r"], ["m", "fine", "\r"],
        ["t", "\u{1B}[B", "\r"], ["=", "*0.5", "\r"], ["=", "x", "\r"], ["}"], ["}", "{", "{"], ["s", "b"], ["q", "y"],
        ["\u{3}", "\u{3}"], ["2", "\r", "\u{1B}[B"], ["2", "/", "conv", "\r"], ["6", "/", "rate", "\r", "n", "N"],
        ["6", "g"], ["z"], ["+", "+", "\u{1B}[D"], ["]", "["], ["v"], ["4", "o"], ["5", "\t"], ["?", "\u{1B}[6~"],
        [" "],
    ]

    private mutating func mouse() -> [UInt8] {
        let button = pick([0, 0, 0, 32, 32, 64, 65, 1, 2, 35, 67, 128])
        let (x, y) = (number(below: 260), number(below: 80))
        if number(below: 12) == 0 {
            return [0x1B, 0x5B, 0x4D] + [button + 32, x + 33, y + 33].map { UInt8(truncatingIfNeeded: $0) }
        }
        return Array("\u{1B}[<\(button);\(x);\(y)\(pick(["M", "M", "m"]))".utf8)
    }

    private mutating func paste() -> [UInt8] {
        var inside = (0..<number(below: 60)).map { _ in UInt8(number(below: 256)) }
        if number(below: 3) == 0 { inside = Array(pick(Self.words).utf8) }
        let end = number(below: 20) == 0 ? "" : "\u{1B}[201~"
        return Array("\u{1B}[200~".utf8) + inside + Array(end.utf8)
    }

    private mutating func garbage() -> [UInt8] {
        let opening = pick([
            "\u{1B}[", "\u{1B}]", "\u{1B}P", "\u{1B}O", "\u{1B}", "\u{1B}_", "\u{1B}[?", "\u{1B}[[", "\u{1B}(",
        ])
        let inside = (0..<number(below: 12)).map { _ in UInt8(0x20 + number(below: 0x5F)) }
        let end: String = pick(["m", "~", "\u{07}", "\u{1B}\\", "R", "c", "u", "", "\u{18}"])
        return Array(opening.utf8) + inside + Array(end.utf8)
    }

    private static let characters =
        (0x20...0x7E).map { String(Unicode.Scalar(UInt8($0))) } + ["é", "ß", "世", "😀", "\u{301}", "\u{85}", "…"]
        // Keys that open and decide something come more often.
        + " .}{><=pesq?:/mEtvzwxyno[]+-0123456".map { String($0) } + ["\r", "\r", "\r", "\t", "\u{7F}"]
    private static let keys = [
        "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[H", "\u{1B}[F", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[3~",
        "\u{1B}OA", "\u{1B}OB", "\u{1B}[Z", "\u{1B}", "\u{1B}\u{1B}", "\u{1B}[I", "\u{1B}[O", "\u{1B}[1;5C", "\u{1B}x",
        "\u{3}", "\u{C}", "\u{15}", "\u{17}", "\u{1}", "\u{5}", "\u{B}", "\r", "\u{8}", "\u{0}",
    ]
    private static let words = [
        ":rate 0.01\r", ":theme sitter-light\r", ":export screen\r", ":note hello\r", ":zoom 100 400\r", ":goto 77\r",
        ":smoothing 0.97\r", ":stop best\r", ":screen updates\r", ":focus log\r", ":rulings\r", ":find rate\r",
        ":filter conv\r", ":schedule\r", "=*0.5\r", "rate 0.01\n", "make test\n", "q\r", "E\t\r", "t\u{1B}[B\r",
    ]
}
