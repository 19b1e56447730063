import Tensors

/// A preprocessing step with the numbers it took from the training set.
///
/// x becomes (x - mean) / std, or matrix (x - mean) for `pca` and `whiten`.
package struct FittedPreprocessing: Hashable, Codable, Sendable {
    /// The step as the config asks for it.
    package let preprocessing: Preprocessing
    /// One for each feature, one for each channel, or a single one.
    package let means: [Float]
    /// As many as means; all 1 where nothing is divided, never 0. Empty for `pca` and `whiten`.
    package let standardDeviations: [Float]
    /// `[outputs, features]`, row by row; empty but for `pca` and `whiten`.
    package let matrix: [Float]
    private let inputExtents: [Int]
    private let outputExtents: [Int]

    /// Shape of one example before the step.
    package var inputShape: Shape { Shape(inputExtents) }
    /// Shape of one example after it: as before, or `[components]` where only some axes stay.
    package var outputShape: Shape { Shape(outputExtents) }

    /// More features than that would need a covariance of over half a gigabyte.
    package static let mostFeatures = 8192

    /// Takes the numbers from a training set as its own preparation leaves it, with sums in double precision.
    package init(_ preprocessing: Preprocessing, fittedOn dataset: Dataset) throws(DatasetError) {
        self.preprocessing = preprocessing
        let shape = dataset.inputShape
        inputExtents = shape.extents
        let means = try Self.means(preprocessing.scope, of: dataset) { value, _ in Double(value) }
        self.means = means.map(Float.init)
        switch preprocessing {
        case .zeroMean:
            standardDeviations = [Float](repeating: 1, count: means.count)
            (matrix, outputExtents) = ([], shape.extents)
        case .standardize:
            standardDeviations = try Self.deviations(preprocessing.scope, of: dataset, means: means)
            (matrix, outputExtents) = ([], shape.extents)
        case .pca(let components):
            let rotation = try Rotation(dataset, means: means, components: components)
            standardDeviations = []
            matrix = rotation.matrix { _ in 1 }
            outputExtents = components.map { [$0] } ?? shape.extents
        case .whiten(let eps, let components):
            let rotation = try Rotation(dataset, means: means, components: components)
            standardDeviations = []
            matrix = rotation.matrix { variance in 1 / max(variance, eps).squareRoot() }
            outputExtents = components.map { [$0] } ?? shape.extents
        }
    }

    /// Fits each step on the training set as the steps before leave it.
    package static func fit(
        _ steps: [Preprocessing], on training: Dataset
    ) throws(DatasetError) -> [FittedPreprocessing] {
        var fitted: [FittedPreprocessing] = []
        for step in steps {
            fitted.append(try FittedPreprocessing(step, fittedOn: training.preparing(by: fitted)))
        }
        return fitted
    }

    /// Changes `count` examples in place; only for steps that leave each number in its place.
    func applyInPlace(to inputs: UnsafeMutablePointer<Float>, count: Int) {
        precondition(!preprocessing.isRotation, "a rotation needs room of its own")
        let length = inputShape.count
        let run = length / max(1, means.count)
        means.withUnsafeBufferPointer { means in
            standardDeviations.withUnsafeBufferPointer { deviations in
                for example in 0..<count {
                    for group in 0..<means.count {
                        let row = inputs + example * length + group * run
                        let (mean, deviation) = (means[group], deviations[group])
                        for position in 0..<run { row[position] = (row[position] - mean) / deviation }
                    }
                }
            }
        }
    }
}

extension FittedPreprocessing {
    /// The mean of a term of each number, group by group.
    @inline(__always)
    private static func means(
        _ scope: Preprocessing.Scope, of dataset: Dataset, _ term: (_ value: Float, _ group: Int) -> Double
    ) throws(DatasetError) -> [Double] {
        let (groups, run) = groups(scope, dataset.inputShape)
        var sums = [Double](repeating: 0, count: groups)
        try dataset.forEachBlock { rows, count in
            for example in 0..<count {
                for group in 0..<groups {
                    let row = rows + (example * groups + group) * run
                    var sum = 0.0
                    for position in 0..<run { sum += term(row[position], group) }
                    sums[group] += sum
                }
            }
        }
        let perGroup = Double(max(1, dataset.count * run))
        return sums.map { $0 / perGroup }
    }

    private static func deviations(
        _ scope: Preprocessing.Scope, of dataset: Dataset, means: [Double]
    ) throws(DatasetError) -> [Float] {
        let variances = try Self.means(scope, of: dataset) { value, group in
            let difference = Double(value) - means[group]
            return difference * difference
        }
        return zip(variances, means).map { variance, mean in
            let deviation = variance.squareRoot()
            // A constant's mean is rounded, so that its deviation is not exactly 0.
            return Float(deviation) == 0 || deviation < 1e-12 * abs(mean) ? 1 : Float(deviation)
        }
    }

    /// How many groups share a mean, each with `run` consecutive numbers of an example.
    private static func groups(_ scope: Preprocessing.Scope, _ shape: Shape) -> (count: Int, run: Int) {
        let groups =
            switch scope {
            case .perFeature: shape.count
            case .all: 1
            case .channels: shape.extents.first ?? 1
            }
        return (groups, shape.count / max(1, groups))
    }
}
