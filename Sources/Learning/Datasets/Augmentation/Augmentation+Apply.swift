import Foundation
import Tensors

extension Augmentation {
    /// Changes one example in place.
    ///
    /// - Parameter scratch: Takes as many numbers as the example has.
    package func apply(
        to pixels: UnsafeMutablePointer<Float>, shape: Shape, random: inout RandomStream,
        scratch: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .mixup: return
        case .noise(let std): Self.addNoise(to: pixels, count: shape.count, std: std, &random)
        default: apply(to: PictureView(pixels, shape: shape), random: &random, scratch: scratch)
        }
    }

    private func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        switch self {
        case .mixup, .noise: break
        case .horizontalFlip(let p): if random.uniform() < p { picture.flipHorizontally() }
        case .randomCrop(let padding):
            let rows = random.integer(below: 2 * padding + 1) - padding
            let columns = random.integer(below: 2 * padding + 1) - padding
            picture.shift(rows: rows, columns: columns, scratch: scratch)
        case .randomResizedCrop(let scale, let ratio):
            let part = Self.part(of: picture, scale: scale, ratio: ratio, &random)
            picture.resize(picture, part: part, scratch: scratch)
        case .colorJitter(let brightness, let contrast, let saturation):
            Self.jitter(picture, [brightness, contrast, saturation], &random)
        case .randAugment(let operations, let magnitude):
            for _ in 0..<operations {
                RandAugmentOperation.applyOne(to: picture, magnitude: magnitude, random: &random, scratch: scratch)
            }
        case .cutout(let size):
            let row = random.integer(below: picture.height)
            picture.cutOut(size: size, row: row, column: random.integer(below: picture.width))
        }
    }

    /// Torchvision's `RandomResizedCrop.get_params`.
    package static func part(
        of picture: PictureView, scale: ClosedRange<Double>, ratio: ClosedRange<Double>, _ random: inout RandomStream
    ) -> PictureView.Part {
        let (height, width) = (picture.height, picture.width)
        for _ in 0..<10 {
            let area = Double(picture.area) * random.uniform(scale.lowerBound, scale.upperBound)
            let aspect = exp(random.uniform(log(ratio.lowerBound), log(ratio.upperBound)))
            let (partWidth, partHeight) = (
                Int((area * aspect).squareRoot().rounded(.toNearestOrEven)),
                Int((area / aspect).squareRoot().rounded(.toNearestOrEven))
            )
            guard (1...width).contains(partWidth), (1...height).contains(partHeight) else { continue }
            let top = random.integer(below: height - partHeight + 1)
            let left = random.integer(below: width - partWidth + 1)
            return .init(top: top, left: left, height: partHeight, width: partWidth)
        }
        // The middle, as large as the ratio allows.
        var (partHeight, partWidth) = (height, width)
        let aspect = Double(width) / Double(height)
        if aspect < ratio.lowerBound {
            partHeight = min(height, max(1, Int((Double(width) / ratio.lowerBound).rounded())))
        } else if aspect > ratio.upperBound {
            partWidth = min(width, max(1, Int((Double(height) * ratio.upperBound).rounded())))
        }
        return .init(
            top: (height - partHeight) / 2, left: (width - partWidth) / 2, height: partHeight, width: partWidth)
    }

    private static func jitter(
        _ picture: PictureView, _ amounts: InlineArray<3, Double>, _ random: inout RandomStream
    ) {
        var order: InlineArray<3, Int> = [0, 1, 2]
        for last in stride(from: 2, to: 0, by: -1) { order.swapAt(last, random.integer(below: last + 1)) }
        let bounds = picture.bounds
        for index in order.indices {
            let amount = amounts[order[index]]
            let factor = Float(random.uniform(max(0, 1 - amount), 1 + amount))
            guard amount > 0 else { continue }
            switch order[index] {
            case 0: picture.changeBrightness(factor, within: bounds)
            case 1: picture.changeContrast(factor, within: bounds)
            default: picture.changeSaturation(factor, within: bounds)
            }
        }
    }

    /// Both numbers of each pair of Box and Muller's are used.
    private static func addNoise(
        to numbers: UnsafeMutablePointer<Float>, count: Int, std: Double, _ random: inout RandomStream
    ) {
        var place = 0
        while place < count {
            let radius = std * (-2 * log(1 - random.uniform())).squareRoot()
            let angle = 2 * Double.pi * random.uniform()
            numbers[place] += Float(radius * cos(angle))
            if place + 1 < count { numbers[place + 1] += Float(radius * sin(angle)) }
            place += 2
        }
    }
}
