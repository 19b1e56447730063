import Fields
import Tensors

/// What is changed at random in training examples, each time anew; evaluation never does it. What a step does stands with its type.
///
/// Numbers are taken as brightness 0...1, as the readers give them, and come before any preprocessing. Random numbers
/// depend on seed, epoch and example alone.
package enum Augmentation: Hashable, Sendable {
    case horizontalFlip(HorizontalFlip)
    case randomCrop(RandomCrop)
    case randomResizedCrop(RandomResizedCrop)
    case colorJitter(ColorJitter)
    case randAugment(RandAugment)
    case cutout(Cutout)
    case noise(Noise)
    case mixup(Mixup)
}

extension Augmentation: Alternatives {
    package static let alternatives: [Alternative<Augmentation>] = [
        Alternative(Augmentation.horizontalFlip),
        Alternative(Augmentation.randomCrop),
        Alternative(Augmentation.randomResizedCrop),
        Alternative(Augmentation.colorJitter),
        Alternative(Augmentation.randAugment),
        Alternative(Augmentation.cutout),
        Alternative(Augmentation.noise),
        Alternative(Augmentation.mixup),
    ]

    package var chosen: any Written { step }

    /// The step itself.
    package var step: any AugmentationStep {
        switch self {
        case .horizontalFlip(let step): step
        case .randomCrop(let step): step
        case .randomResizedCrop(let step): step
        case .colorJitter(let step): step
        case .randAugment(let step): step
        case .cutout(let step): step
        case .noise(let step): step
        case .mixup(let step): step
        }
    }
}

/// One kind of augmentation: its options as a table of fields, what examples it needs, and the change.
///
/// A new one is a struct with this protocol in a file of this folder, and its line in `Augmentation`.
package protocol AugmentationStep: Written, Hashable {
    /// Why examples of this shape cannot be changed so; nil where they can.
    func problem(with shape: Shape) -> String?

    /// Changes one example in place; allocates nothing.
    ///
    /// - Parameter scratch: Takes as many numbers as the example has.
    func apply(
        to pixels: UnsafeMutablePointer<Float>, shape: Shape, random: inout RandomStream,
        scratch: UnsafeMutablePointer<Float>)
}

/// A step that changes pictures.
protocol PictureStep: AugmentationStep {
    /// Numbers of channels it can work on; nil for any.
    static var channels: [Int]? { get }
    func apply(to picture: PictureView, random: inout RandomStream, scratch: UnsafeMutablePointer<Float>)
}

extension PictureStep {
    package static var channels: [Int]? { nil }

    package func problem(with shape: Shape) -> String? {
        guard shape.rank == 3 else {
            return "\(Self.word) needs pictures [channels, height, width], and the examples are \(shape)"
        }
        guard let channels = Self.channels, !channels.contains(shape[0]) else { return nil }
        let due = channels.map(String.init).joined(separator: " or ")
        return "\(Self.word) needs pictures of \(due) channels, and these have \(shape[0])"
    }

    package func apply(
        to pixels: UnsafeMutablePointer<Float>, shape: Shape, random: inout RandomStream,
        scratch: UnsafeMutablePointer<Float>
    ) {
        apply(to: PictureView(pixels, shape: shape), random: &random, scratch: scratch)
    }
}
