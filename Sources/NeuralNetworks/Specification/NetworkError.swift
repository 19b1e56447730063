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

    /// Index of the layer in `model`, nil where no layer is to blame.
    package var layerIndex: Int? {
        switch self {
        case .noLayers, .emptyInput: nil
        case .wrongRank(let place, _, _), .kernelDoesNotFit(let place, _, _, _), .paddingTooLarge(let place, _, _),
            .optionOutOfRange(let place, _, _, _), .tooLarge(let place, _), .needsMemory(let place, _, _):
            place.index
        }
    }

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
        }
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

/// Where a layer stands in the config: `model[3].conv2d`.
package struct LayerPlace: Hashable, Sendable, CustomStringConvertible {
    package let index: Int
    package let kind: String

    package init(index: Int, kind: String) {
        self.index = index
        self.kind = kind
    }

    package var description: String { "model[\(index)].\(kind)" }
}
