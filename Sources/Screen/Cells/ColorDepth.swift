/// How many colours a terminal shows, fewest first.
package enum ColorDepth: Int, CaseIterable, Hashable, Sendable, Comparable {
    /// None: bold, dim and reverse only.
    case mono
    /// The 16 of ANSI, whose looks the terminal's owner chooses.
    case ansi16
    /// xterm's 256: those 16, a cube and greys.
    case palette256
    /// 24 bits.
    case trueColor

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}
