import Tensors

/// What is changed at random in training examples, each time anew; evaluation never does it.
///
/// Numbers are taken as brightness 0...1, as the readers give them, and come before any preprocessing. Random numbers
/// depend on seed, epoch and example alone.
package enum Augmentation: Hashable, Sendable {
    /// Mirrors left and right with probability p.
    case horizontalFlip(p: Double)
    /// Shifts by up to `padding` pixels each way; what comes in is 0. As a crop of the padded picture.
    case randomCrop(padding: Int)
    /// A crop of a share `scale` of the area and an aspect `ratio` (width / height, log-uniform), stretched bilinearly
    /// (with antialiasing) to the picture's size; torchvision's RandomResizedCrop, ten tries and its fallback included.
    case randomResizedCrop(scale: ClosedRange<Double>, ratio: ClosedRange<Double>)
    /// Brightness, contrast and saturation times a factor from max(0, 1 - amount)...1 + amount each, in random order;
    /// torchvision's ColorJitter.
    case colorJitter(brightness: Double, contrast: Double, saturation: Double)
    /// `operations` of the fourteen in `RandAugmentOperation` in a row, of a strength of 0...30.
    case randAugment(operations: Int, magnitude: Int)
    /// A square of `size` pixels around a random pixel, cut at the borders, becomes 0 (DeVries and Taylor 2017).
    case cutout(size: Int)
    /// Adds normal noise to each number.
    case noise(std: Double)
    /// Mixes each example with another of its batch, in inputs and targets, by a share of Beta(alpha, alpha) (Zhang and
    /// others 2018); always the last, wherever it stands.
    case mixup(alpha: Double)

    /// Its name in a config.
    package var name: String {
        switch self {
        case .horizontalFlip: "horizontalFlip"
        case .randomCrop: "randomCrop"
        case .randomResizedCrop: "randomResizedCrop"
        case .colorJitter: "colorJitter"
        case .randAugment: "randAugment"
        case .cutout: "cutout"
        case .noise: "noise"
        case .mixup: "mixup"
        }
    }

    /// Why examples of this shape cannot be changed so; nil where they can.
    package func problem(with shape: Shape) -> String? {
        switch self {
        case .noise, .mixup: return nil
        default: break
        }
        guard shape.rank == 3 else {
            return "\(name) needs pictures [channels, height, width], and the examples are \(shape)"
        }
        switch self {
        case .colorJitter, .randAugment:
            return shape[0] == 1 || shape[0] == 3
                ? nil : "\(name) needs pictures of 1 or 3 channels, and these have \(shape[0])"
        default: return nil
        }
    }
}
