import Datasets
import Tensors

/// Where the examples come from.
package enum DataPlan: Hashable, Sendable {
    case digits(count: Int, seed: UInt64)
    case spirals(count: Int, classes: Int, noise: Double, turns: Double, seed: UInt64)
    case blobs(count: Int, classes: Int, features: Int, spread: Double, seed: UInt64)
    case sequences(kind: BuiltInData.SequenceKind, length: Int, count: Int, seed: UInt64)
    case random(count: Int, shape: Shape, classes: Int, seed: UInt64)
    case idx(IDXFiles)
    case cifar10(CIFAR10Files)
    case csv(CSVFiles)
    case npy(NPYFiles)
    case npz(NPZFiles)
    case imageFolder(ImageFolders)

    /// Numbers that built-in data makes; 0 for files, whose readers look for themselves.
    var numberCount: Int {
        switch self {
        case .digits(let count, _): count * 28 * 28
        case .spirals(let count, _, _, _, _): count * 2
        case .blobs(let count, _, let features, _, _): count * features
        case .sequences(let kind, let length, let count, _): count * length * kind.featureCount
        case .random(let count, let shape, _, _): count * shape.count
        case .idx, .cifar10, .csv, .npy, .npz, .imageFolder: 0
        }
    }

    /// Whether the data names validation files of its own.
    var hasValidationFiles: Bool {
        switch self {
        case .digits, .spirals, .blobs, .sequences, .random: false
        case .idx(let files): files.validation != nil
        case .cifar10(let files): files.validationFiles != nil
        case .csv(let files): files.validationFile != nil
        case .npy(let files): files.validation != nil
        case .npz(let files): files.validation != nil
        case .imageFolder(let folders): folders.validationFolder != nil
        }
    }
}

/// Which examples are held out.
package enum ValidationPlan: Hashable, Sendable {
    /// A share of the training examples, 0 < share < 1.
    case fraction(Double)
    /// Files of its own, named beside the training files.
    case files
}
