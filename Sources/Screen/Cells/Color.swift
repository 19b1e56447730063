/// A colour of a cell: the terminal's own, one of its palette entries, or 24-bit red, green and blue.
@usableFromInline package enum Color: Hashable, Sendable {
    /// Whatever the terminal uses where nobody asked for a colour.
    case terminalDefault
    /// A palette entry, 0...15 (ANSI) or 0...255.
    case indexed(UInt8)
    /// 24-bit sRGB.
    case rgb(UInt8, UInt8, UInt8)

    /// The colour of `0xRRGGBB`.
    package init(hex: UInt32) {
        self = .rgb(
            UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8), UInt8(truncatingIfNeeded: hex))
    }
}
