import Cells
import Glibc

/// Arithmetic on 24-bit sRGB colours.
struct Components: Hashable {
    var red: Double
    var green: Double
    var blue: Double

    /// Each channel in 0...255.
    init(_ red: Double, _ green: Double, _ blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Nil for colours whose looks only the terminal knows.
    init?(_ color: Color) {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        self.init(Double(red), Double(green), Double(blue))
    }

    var color: Color {
        func byte(_ value: Double) -> UInt8 { UInt8(min(max(value.rounded(), 0), 255)) }
        return .rgb(byte(red), byte(green), byte(blue))
    }

    /// This colour with a share of another, 0...1.
    func mixed(with other: Components, share: Double) -> Components {
        Components(
            red + (other.red - red) * share, green + (other.green - green) * share, blue + (other.blue - blue) * share)
    }

    /// Relative luminance, 0...1 (WCAG 2.1).
    var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// Contrast ratio, 1...21 (WCAG 2.1).
    func contrast(with other: Components) -> Double {
        let (light, dark) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (light + 0.05) / (dark + 0.05)
    }

    /// Perceived difference: distance in OKLab (Ottosson 2020); 1 is black to white, 0.02 is hard to see.
    func distance(to other: Components) -> Double {
        let (a, b) = (lab, other.lab)
        return sqrt(((a - b) * (a - b)).sum())
    }

    var lab: SIMD3<Double> {
        let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return SIMD3(
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s)
    }

    private static func linear(_ channel: Double) -> Double {
        let value = channel / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}

/// The contrast ratio of two colours, 1...21 (WCAG 2.1); nil where only the terminal knows how they look.
package func contrast(_ first: Color, _ second: Color) -> Double? {
    guard let first = Components(first), let second = Components(second) else { return nil }
    return first.contrast(with: second)
}
