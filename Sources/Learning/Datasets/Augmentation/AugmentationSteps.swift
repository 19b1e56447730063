import Fields
import Foundation
import Tensors

/// Mirrors left and right with probability p.
package struct HorizontalFlip: PictureStep {
    /// The probability that a picture is mirrored, 0...1.
    package var p: Double

    package init(p: Double = 0.5) {
        self.p = p
    }

    package init() { self.init(p: 0.5) }

    package static let word = "horizontalFlip"
    package static let meaning = "mirrors left and right"
    package static let fields: [Field<HorizontalFlip>] = [
        Field("p", \.p, .number(.within(0...1)), "the probability of it").main
    ]

    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        if random.uniform() < p { picture.flipHorizontally() }
    }
}

/// Shifts by up to `padding` pixels each way; what comes in is 0. As a crop of the padded picture.
package struct RandomCrop: PictureStep {
    /// The most pixels of a shift, up or down and left or right; at least 0.
    package var padding: Int

    package init(padding: Int = 4) {
        self.padding = padding
    }

    package init() { self.init(padding: 4) }

    package static let word = "randomCrop"
    package static let meaning = "shifts by some pixels each way; what comes in is 0"
    package static let fields: [Field<RandomCrop>] = [
        Field("padding", \.padding, .integer(0...1_000), "the most pixels of a shift").main
    ]

    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        let rows = random.integer(below: 2 * padding + 1) - padding
        let columns = random.integer(below: 2 * padding + 1) - padding
        picture.shift(rows: rows, columns: columns, scratch: scratch)
    }
}

/// A crop of a share `scale` of the area and an aspect `ratio` (width / height, log-uniform), stretched bilinearly
/// (with antialiasing) to the picture's size; torchvision's RandomResizedCrop, ten tries and its fallback included.
package struct RandomResizedCrop: PictureStep {
    /// What share of the picture's area the crop has, drawn evenly; within 1e-4...1.
    package var scale: ClosedRange<Double>
    /// The crop's width over its height, drawn evenly in the logarithm; within 1e-2...1e2.
    package var ratio: ClosedRange<Double>

    package init(scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 3.0 / 4...4.0 / 3) {
        self.scale = scale
        self.ratio = ratio
    }

    package init() { self.init(scale: 0.08...1) }

    package static let word = "randomResizedCrop"
    package static let meaning = "a crop of a share of the area, stretched to the size of the picture"
    package static let fields: [Field<RandomResizedCrop>] = [
        Field("scale", \.scale, .range(within: 1e-4...1), "the share of the area").main,
        Field("ratio", \.ratio, .range(within: 1e-2...1e2), "the width over the height"),
    ]

    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        let part = Self.part(of: picture, scale: scale, ratio: ratio, &random)
        picture.resize(picture, part: part, scratch: scratch)
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
}

/// Brightness, contrast and saturation times a factor from max(0, 1 - amount)...1 + amount each, in random order;
/// torchvision's ColorJitter.
package struct ColorJitter: PictureStep {
    /// The most that brightness is changed by, at least 0: 0.4 draws a factor from 0.6...1.4.
    package var brightness: Double
    /// The most that the distance from the mean grey is changed by, at least 0, drawn likewise.
    package var contrast: Double
    /// The most that the distance from the pixel's own grey is changed by, at least 0, drawn likewise.
    package var saturation: Double

    package init(brightness: Double = 0, contrast: Double = 0, saturation: Double = 0) {
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
    }

    package init() { self.init(brightness: 0) }

    package static let word = "colorJitter"
    package static let meaning = "changes brightness, contrast and saturation, in random order"
    package static let example = "{ colorJitter: { brightness: 0.2, contrast: 0.2 } }"
    package static let fields: [Field<ColorJitter>] = [
        Field("brightness", \.brightness, .number(.within(0...10)), "the amount of it"),
        Field("contrast", \.contrast, .number(.within(0...10)), "the amount of it"),
        Field("saturation", \.saturation, .number(.within(0...10)), "the amount of it"),
    ]
    static let channels: [Int]? = [1, 3]

    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        let amounts: InlineArray<3, Double> = [brightness, contrast, saturation]
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
}

/// `operations` of the fourteen in `RandAugmentOperation` in a row, of a strength of 0...30.
package struct RandAugment: PictureStep {
    /// How many operations come one after the other, 0...20.
    package var operations: Int
    /// The strength of each, 0...30; `RandAugmentOperation` says what it means for each.
    package var magnitude: Int

    package init(operations: Int = 2, magnitude: Int = 9) {
        self.operations = operations
        self.magnitude = magnitude
    }

    package init() { self.init(operations: 2) }

    package static let word = "randAugment"
    package static let meaning = "some of fourteen operations in a row (Cubuk and others 2020)"
    package static let fields: [Field<RandAugment>] = [
        Field("operations", \.operations, .integer(0...20), "how many of them"),
        Field("magnitude", \.magnitude, .integer(0...30), "how strong they are").main,
    ]
    static let channels: [Int]? = [1, 3]

    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        for _ in 0..<operations {
            RandAugmentOperation.applyOne(to: picture, magnitude: magnitude, random: &random, scratch: scratch)
        }
    }
}

/// A square of `size` pixels around a random pixel, cut at the borders, becomes 0 (DeVries and Taylor 2017).
package struct Cutout: PictureStep {
    /// The side of the square in pixels, at least 1.
    package var size: Int

    package init(size: Int) {
        self.size = size
    }

    package init() { self.init(size: 1) }

    package static let word = "cutout"
    package static let meaning = "a square around a random pixel becomes 0"
    package static let example = "{ cutout: 8 }"
    package static let fields: [Field<Cutout>] = [
        Field("size", \.size, .integer(1...10_000), "the side of the square").required.main
    ]

    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>) {
        let row = random.integer(below: picture.height)
        picture.cutOut(size: size, row: row, column: random.integer(below: picture.width))
    }
}

/// Adds normal noise to each number.
package struct Noise: AugmentationStep {
    /// The standard deviation of the noise, in the unit of the inputs as they are stored; at least 0.
    package var std: Double

    package init(std: Double) {
        self.std = std
    }

    package init() { self.init(std: 0) }

    package static let word = "noise"
    package static let meaning = "adds normal noise to each number"
    package static let example = "{ noise: 0.1 }"
    package static let fields: [Field<Noise>] = [
        Field("std", \.std, .number(.within(0...1e6)), "the standard deviation").required.main
    ]

    package func problem(with shape: Shape) -> String? { nil }

    package func apply(
        to pixels: UnsafeMutablePointer<Float>, shape: Shape, random: inout RandomStream,
        scratch: UnsafeMutablePointer<Float>
    ) {
        Self.addNoise(to: pixels, count: shape.count, std: std, &random)
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

/// Mixes each example with another of its batch, in inputs and targets, by a share of Beta(alpha, alpha) (Zhang and
/// others 2018); always the last, wherever it stands.
package struct Mixup: AugmentationStep {
    /// Both parameters of the Beta distribution of the share, above 0; the smaller, the nearer shares are to 0 or
    /// 1.
    package var alpha: Double

    package init(alpha: Double = 0.2) {
        self.alpha = alpha
    }

    package init() { self.init(alpha: 0.2) }

    package static let word = "mixup"
    package static let meaning = "mixes each example with another of its batch, in inputs and targets"
    package static let fields: [Field<Mixup>] = [
        Field("alpha", \.alpha, .number(.within(1e-3...1e3)), "both parameters of the Beta distribution of the share")
            .main
    ]

    package func problem(with shape: Shape) -> String? { nil }

    /// Nothing: it is about the batch, which mixes its rows once all of them are there.
    package func apply(
        to pixels: UnsafeMutablePointer<Float>, shape: Shape, random: inout RandomStream,
        scratch: UnsafeMutablePointer<Float>
    ) {}
}

extension FieldType<ClosedRange<Double>> {
    /// `[low, high]`, both within bounds.
    fileprivate static func range(within bounds: ClosedRange<Double>) -> FieldType {
        let ends = FieldType<[Double]>.pair(
            .number(.within(bounds)), "[low, high]", orOne: false, join: { [$0, $1] }, split: { ($0[0], $0[1]) }
        ).checked { $0[0] <= $0[1] ? nil : "the first number must not be above the second" }
        return FieldType(
            ends.form,
            decode: { value in
                let ends = ends.decode(value)
                return ends[0]...ends[1]
            }, encode: { ends.encode([$0.lowerBound, $0.upperBound]) })
    }
}
