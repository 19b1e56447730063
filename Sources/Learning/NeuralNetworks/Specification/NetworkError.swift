import Foundation
import Tensors

/// Why a specification is no network; `description` is one line that says what came in and what would do.
package enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
    case noLayers
    case emptyInput(shape: Shape)
    /// A layer got a shape of the wrong kind.
    case wrongRank(LayerPlace, shape: Shape, wants: String)
    case kernelDoesNotFit(LayerPlace, kernel: Extent2, shape: Shape, padding: Extent2)
    case paddingTooLarge(LayerPlace, padding: Extent2, size: Extent2)
    case optionOutOfRange(LayerPlace, option: String, value: String, wants: String)
    /// A tensor has more numbers than the program can count on.
    case tooLarge(LayerPlace, what: String)
    /// The network up to this layer does not fit into the machine.
    case needsMemory(LayerPlace, gigabytes: Double, available: Double)
    /// Body and shortcut of a residual block cannot be added.
    case sumOfDifferentShapes(LayerPlace, body: Shape, shortcut: Shape)
    /// Two branches differ in more than their channels.
    case branchesDiffer(LayerPlace, first: Shape, index: Int, other: Shape)
    /// Maxout's groups do not come out even.
    case groupsDoNotDivide(LayerPlace, shape: Shape, pieces: Int)

    /// Where the layer to blame stands, nil where it is none.
    package var place: LayerPlace? {
        switch self {
        case .noLayers, .emptyInput: nil
        case .wrongRank(let place, _, _), .kernelDoesNotFit(let place, _, _, _), .paddingTooLarge(let place, _, _),
            .optionOutOfRange(let place, _, _, _), .tooLarge(let place, _), .needsMemory(let place, _, _),
            .sumOfDifferentShapes(let place, _, _), .branchesDiffer(let place, _, _, _),
            .groupsDoNotDivide(let place, _, _):
            place
        }
    }

    /// Index of the entry of `model` that is to blame, or holds the layer; nil where no layer is.
    package var layerIndex: Int? { place?.index }

    /// Where it is, what is wrong and what would be right, in one line.
    package var description: String {
        switch self {
        case .noLayers: "model: has no layers; a network needs at least one"
        case .emptyInput(let shape): "model: the examples have no numbers (their shape is \(shape))"
        case .wrongRank(let place, let shape, let wants): "\(place): \(shape) comes in, but it wants \(wants)"
        case .kernelDoesNotFit(let place, let kernel, let shape, let padding):
            if shape.rank == 2 {
                "\(place): a kernel of \(kernel.width) does not fit into \(shape) sequences with padding "
                    + "\(padding.width); use a smaller kernel, more padding or less pooling before it"
            } else {
                "\(place): a \(kernel) kernel does not fit into \(shape) pictures with padding "
                    + "\(Self.short(padding)); use a smaller kernel, more padding or less pooling before it"
            }
        case .paddingTooLarge(let place, let padding, let size):
            "\(place): padding \(Self.short(padding)) is more than half of the window \(size); at most "
                + "\(Self.short(Extent2(height: size.height / 2, width: size.width / 2))) makes sense"
        case .optionOutOfRange(let place, let option, let value, let wants):
            "\(place): \(option) is \(value), but must be \(wants)"
        case .tooLarge(let place, let what): "\(place): \(what) needs more than 2^31 numbers; make the layer smaller"
        case .needsMemory(let place, let gigabytes, let available):
            "\(place): the network needs \(Self.rounded(gigabytes)) GB up to here, but the machine has "
                + "\(Self.rounded(available)); make the layer or the batch smaller"
        case .sumOfDifferentShapes(let place, let body, let shortcut):
            "\(place): the body gives \(body) and the shortcut \(shortcut), which cannot be added; "
                + Self.remedy(body, shortcut)
        case .branchesDiffer(let place, let first, let index, let other):
            "\(place): branch 0 gives \(first) and branch \(index) \(other); all but the channels must be the same"
        case .groupsDoNotDivide(let place, let shape, let pieces):
            "\(place): \(shape) comes in, and \(shape[0]) cannot be cut into groups of \(pieces)"
        }
    }

    /// What the shortcut of a residual block needs.
    private static func remedy(_ body: Shape, _ shortcut: Shape) -> String {
        if body.rank == 1, shortcut.rank == 1 {
            return "give the shortcut a linear layer of \(body[0]) units, or end the body with \(shortcut[0])"
        }
        guard body.rank == shortcut.rank, body.rank == 2 || body.rank == 3 else {
            return "they must have the same shape"
        }
        let strides = (1..<body.rank).map { axis in
            (1...max(1, shortcut[axis])).first { (shortcut[axis] - 1) / $0 + 1 == body[axis] }
        }
        let known = strides.compactMap { $0 }
        guard known.count == strides.count else { return "they must have the same shape" }
        let kernel = body.rank == 2 ? "a convolution with kernel 1" : "a 1x1 convolution"
        let stride = known.allSatisfy { $0 == known[0] } ? "\(known[0])" : "\(known)"
        let isPlain = known.allSatisfy { $0 == 1 }
        return "give the shortcut \(kernel), \(body[0]) filters" + (isPlain ? "" : " and stride \(stride)")
    }

    private static func rounded(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }

    /// The description without the place, for a reader of configs that knows a better one.
    package var message: String {
        let text = description
        guard let end = text.range(of: ": ") else { return text }
        return String(text[end.upperBound...])
    }

    private static func short(_ extent: Extent2) -> String {
        extent.height == extent.width ? "\(extent.height)" : "\(extent)"
    }
}
