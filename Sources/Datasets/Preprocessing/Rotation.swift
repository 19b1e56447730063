import COpenBLAS
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
        var matrix = try Self.covariance(dataset, means)
        var values = [Double](repeating: 0, count: features)
        try Self.decompose(&matrix, &values, features)
        // LAPACK's order is from the smallest on; its columns are our rows.
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

    /// Products of blocks of centred examples, added up; only the triangle that LAPACK reads is filled.
    private static func covariance(_ dataset: Dataset, _ means: [Double]) throws(DatasetError) -> [Double] {
        let features = means.count
        var matrix = [Double](repeating: 0, count: features * features)
        var centred = [Double](repeating: 0, count: Dataset.blockLength * features)
        let scale = 1 / Double(max(1, dataset.count))
        try dataset.forEachBlock { rows, count in
            for example in 0..<count {
                for feature in 0..<features {
                    let place = example * features + feature
                    centred[place] = Double(rows[place]) - means[feature]
                }
            }
            cblas_dsyrk(
                CblasRowMajor, CblasUpper, CblasTrans, blasint(features), blasint(count), scale, centred,
                blasint(features), 1, &matrix, blasint(features))
        }
        return matrix
    }

    /// Replaces a symmetric matrix, given by its upper triangle in rows, by its eigenvectors in rows.
    private static func decompose(
        _ matrix: inout [Double], _ values: inout [Double], _ features: Int
    ) throws(DatasetError) {
        var n = Int32(features)
        var leading = n
        var code: Int32 = 0
        var (workCount, integerCount): (Int32, Int32) = (-1, -1)
        var work = [0.0]
        var integers: [Int32] = [0]
        // Our upper triangle in rows is LAPACK's lower one in columns. The first call asks for the room it needs.
        dsyevd_("V", "L", &n, &matrix, &leading, &values, &work, &workCount, &integers, &integerCount, &code)
        (workCount, integerCount) = (Int32(work[0]), integers[0])
        work = [Double](repeating: 0, count: Int(workCount))
        integers = [Int32](repeating: 0, count: Int(integerCount))
        dsyevd_("V", "L", &n, &matrix, &leading, &values, &work, &workCount, &integers, &integerCount, &code)
        guard code == 0 else {
            throw DatasetError(
                "preprocessing",
                "the covariance of the inputs has no eigenvalues (LAPACK code \(code)); are all inputs finite numbers?")
        }
    }
}
