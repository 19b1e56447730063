import Foundation
import Tensors

/// What `randAugment` draws from (Cubuk and others 2020), with torchvision's strengths: m is magnitude / 30, and what
/// has a sign gets it at random. Shears, moves and turns are bilinear and let 0 in.
package enum RandAugmentOperation: CaseIterable {
    case identity
    /// By 0.3 m of the other coordinate.
    case shearX, shearY
    /// By 150/331 m of the width or height.
    case translateX, translateY
    /// By 30 degrees m.
    case rotate
    /// Factor 1 ± 0.9 m.
    case brightness, saturation, contrast, sharpness
    /// To 8 - round(4 m) bits.
    case posterize
    /// From a threshold of 1 - m on.
    case solarize
    case autoContrast
    case equalize

    /// Draws and does one.
    package static func applyOne(
        to picture: PictureView, magnitude: Int, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>
    ) {
        let operation = allCases[random.integer(below: allCases.count)]
        // Always drawn, so that what follows does not depend on the operation.
        let sign: Double = random.nextWord() & 1 == 0 ? 1 : -1
        operation.apply(to: picture, strength: Double(magnitude) / 30, sign: sign, scratch: scratch)
    }

    /// Does the operation in place.
    /// - Parameters:
    ///   - strength: m of the operation, 0...1.
    ///   - sign: 1 or -1, for the operations that have a direction.
    ///   - scratch: takes the picture's `count` numbers.
    package func apply(
        to picture: PictureView, strength: Double, sign: Double, scratch: UnsafeMutablePointer<Float>
    ) {
        let factor = Float(1 + sign * 0.9 * strength)
        let signed = sign * strength
        let move = signed * 150 / 331
        switch self {
        case .identity: break
        case .shearX: picture.map(.init(xy: 0.3 * signed), scratch: scratch)
        case .shearY: picture.map(.init(yx: 0.3 * signed), scratch: scratch)
        case .translateX: picture.map(.init(dx: move * Double(picture.width)), scratch: scratch)
        case .translateY: picture.map(.init(dy: move * Double(picture.height)), scratch: scratch)
        case .rotate:
            let angle = signed * Double.pi / 6
            let (sine, cosine) = (sin(angle), cos(angle))
            picture.map(.init(xx: cosine, xy: -sine, yx: sine, yy: cosine), scratch: scratch)
        case .brightness: picture.changeBrightness(factor, within: picture.bounds)
        case .saturation: picture.changeSaturation(factor, within: picture.bounds)
        case .contrast: picture.changeContrast(factor, within: picture.bounds)
        case .sharpness: picture.changeSharpness(factor, within: picture.bounds, scratch: scratch)
        case .posterize: picture.posterize(bits: 8 - Int((4 * strength).rounded()), within: picture.bounds)
        case .solarize: picture.solarize(threshold: Float(1 - strength), within: picture.bounds)
        case .autoContrast: picture.stretchContrast(within: picture.bounds)
        case .equalize: picture.equalize(within: picture.bounds)
        }
    }
}
