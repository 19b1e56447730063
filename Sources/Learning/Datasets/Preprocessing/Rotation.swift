import Tensors

/// The axes of a data set's variance: eigenvectors of its covariance (divided by the number of examples) in double
/// precision, greatest variance first.
struct Rotation {
    /// Variance along each axis.
    let variances: [Double]
    /// `[axes, features]`, row by row; the largest number of each row is positive, so that signs are no accident.
    private let axes: [Double]
    private let features: Int

    init(_ dataset: Dataset, means: [Double], components: Int?) throws(DatasetError) {
        let features = dataset.inputShape.count
        self.features = features
        guard features <= FittedPreprocessing.mostFeatures else {
            throw DatasetError(
                "preprocessing",
                "pca and whiten take examples of at most \(FittedPreprocessing.mostFeatures) numbers, "
                    + "and these have \(features); use standardize, or smaller pictures")
        }
        let kept = components ?? features
        guard (1...features).contains(kept) else {
            throw DatasetError("preprocessing", "\(kept) components of \(features) features; 1...\(features) are due")
        }
        guard let (values, matrix) = try Self.covariance(dataset, means).eigenvectors() else {
            throw DatasetError(
                "preprocessing", "the covariance of the inputs has no eigenvalues; are all inputs finite numbers?")
        }
        variances = (0..<kept).map { values[features - 1 - $0] }
        var axes = [Double](repeating: 0, count: kept * features)
        for axis in 0..<kept {
            let row = (features - 1 - axis) * features
            var largest = 0
            for feature in 1..<max(1, features) where abs(matrix[row + feature]) > abs(matrix[row + largest]) {
                largest = feature
            }
            let sign: Double = matrix[row + largest] < 0 ? -1 : 1
            for feature in 0..<features { axes[axis * features + feature] = sign * matrix[row + feature] }
        }
        self.axes = axes
    }

    /// The rotation in single precision, with a factor for each axis made from its variance.
    func matrix(factor: (Double) -> Double) -> [Float] {
        var matrix = [Float](repeating: 0, count: axes.count)
        for (axis, variance) in variances.enumerated() {
            let scale = factor(variance)
            for place in axis * features..<(axis + 1) * features { matrix[place] = Float(axes[place] * scale) }
        }
        return matrix
    }

    /// Products of blocks of centred examples, added up.
    private static func covariance(_ dataset: Dataset, _ means: [Double]) throws(DatasetError) -> SymmetricMatrix {
        let features = means.count
        var matrix = SymmetricMatrix(size: features)
        var centred = [Double](repeating: 0, count: Dataset.blockLength * features)
        let scale = 1 / Double(max(1, dataset.count))
        try dataset.forEachBlock { rows, count in
            for example in 0..<count {
                for feature in 0..<features {
                    let place = example * features + feature
                    centred[place] = Double(rows[place]) - means[feature]
                }
            }
            matrix.addProducts(of: centred, count: count, scale: scale)
        }
        return matrix
    }
}
