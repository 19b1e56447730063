/// Where the examples come from.
package enum DataPlan: Hashable, Sendable {
    case digits(count: Int, seed: UInt64)
    case spirals(count: Int, classes: Int, noise: Double, turns: Double, seed: UInt64)
    case blobs(count: Int, classes: Int, features: Int, spread: Double, seed: UInt64)
    case idx(IDXFiles)

    /// Numbers that built-in data makes; 0 for files, whose readers look for themselves.
    var numberCount: Int {
        switch self {
        case .digits(let count, _): count * 28 * 28
        case .spirals(let count, _, _, _, _): count * 2
        case .blobs(let count, _, let features, _, _): count * features
        case .idx: 0
        }
    }

    /// The files of an IDX data set, absolute or relative to the current folder.
    package struct IDXFiles: Hashable, Sendable {
        package var images: String
        package var labels: String
        package var validation: Pair?
        /// Bytes as they are, 0...255, in place of 0...1.
        package var raw: Bool
        /// Number of classes; nil for one more than the largest label.
        package var classCount: Int?

        package struct Pair: Hashable, Sendable {
            package var images: String
            package var labels: String
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
