import Cells

/// Colours reduced to what a terminal shows.
extension ColorDepth {
    /// The nearest colour that can be shown (in OKLab); palette entries stay where the palette is large enough.
    ///
    /// In 256 colours only entries 16...255 are given for 24-bit ones, because the first 16 look different everywhere.
    package func reduce(_ color: Color) -> Color {
        switch (self, color) {
        case (.trueColor, _), (_, .terminalDefault): color
        case (.mono, _): .terminalDefault
        case (.palette256, .indexed): color
        case (.palette256, .rgb): .indexed(Self.nearest(to: color, among: 16...255))
        case (.ansi16, .indexed(let index)) where index < 16: color
        case (.ansi16, .indexed(let index)): .indexed(Self.nearest(to: Self.paletteColor(index).color, among: 0...15))
        case (.ansi16, .rgb): .indexed(Self.nearest(to: color, among: 0...15))
        }
    }

    /// The nearest colour for a step of a ramp: in 256 colours one of a lightness beside it rather than one of another hue,
    /// so that a ramp of one hue does not turn lilac in its middle.
    package func reduceRamp(_ color: Color) -> Color {
        guard self == .palette256, case .rgb = color else { return reduce(color) }
        return .indexed(Self.nearest(to: color, among: 16...255, weightOfHue: 3))
    }

    /// - Parameter weightOfHue: how much more a difference in hue or chroma counts than one in lightness.
    private static func nearest(
        to color: Color, among candidates: ClosedRange<UInt8>, weightOfHue: Double = 1
    ) -> UInt8 {
        guard let wanted = Components(color)?.lab else { return candidates.lowerBound }
        func distance(_ index: UInt8) -> Double {
            let difference = palette[Int(index)] - wanted
            let squares = difference * difference
            return squares[0] + weightOfHue * (squares.sum() - squares[0])
        }
        return candidates.min { distance($0) < distance($1) } ?? candidates.lowerBound
    }

    /// All palette entries in OKLab.
    private static let palette = (UInt8.min...UInt8.max).map { paletteColor($0).lab }

    /// How xterm shows a palette entry: 16 named colours, a 6x6x6 cube, 24 greys.
    private static func paletteColor(_ index: UInt8) -> Components {
        switch index {
        case 0..<16: return named[Int(index)]
        case 16..<232:
            func level(_ step: UInt8) -> Double { step == 0 ? 0 : Double(step) * 40 + 55 }
            let place = index - 16
            return Components(level(place / 36), level(place / 6 % 6), level(place % 6))
        default:
            let grey = Double(index - 232) * 10 + 8
            return Components(grey, grey, grey)
        }
    }

    private static let named: [Components] = [
        Components(0, 0, 0), Components(205, 0, 0), Components(0, 205, 0), Components(205, 205, 0),
        Components(0, 0, 238), Components(205, 0, 205), Components(0, 205, 205), Components(229, 229, 229),
        Components(127, 127, 127), Components(255, 0, 0), Components(0, 255, 0), Components(255, 255, 0),
        Components(92, 92, 255), Components(255, 0, 255), Components(0, 255, 255), Components(255, 255, 255),
    ]
}
