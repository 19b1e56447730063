import Tensors

/// A preprocessing step with the numbers it took from the training set: x becomes (x - mean) / std.
package struct FittedPreprocessing: Hashable, Codable, Sendable {
    package let preprocessing: Preprocessing
    /// One for each feature, one for each channel, or a single one.
    package let means: [Float]
    /// As many as means; all 1 where nothing is divided, never 0.
    package let standardDeviations: [Float]

    /// Takes the numbers from a training set, with sums in double precision in two passes.
    package init(_ preprocessing: Preprocessing, fittedOn dataset: Dataset) {
        self.preprocessing = preprocessing
        let groups = Self.groups(preprocessing.scope, dataset.inputShape)
        let length = dataset.inputShape.count
        // Each group has `length / groups` consecutive numbers in each example.
        let run = length / max(1, groups)
        let perGroup = Double(max(1, dataset.count * run))
        var sums = [Double](repeating: 0, count: groups)
        let inputs = dataset.inputs.values
        for example in 0..<dataset.count {
            for group in 0..<groups {
                let start = example * length + group * run
                var sum = 0.0
                for position in start..<start + run { sum += Double(inputs[position]) }
                sums[group] += sum
            }
        }
        let means = sums.map { $0 / perGroup }
        self.means = means.map(Float.init)
        guard case .standardize = preprocessing else {
            standardDeviations = [Float](repeating: 1, count: groups)
            return
        }
        var squares = [Double](repeating: 0, count: groups)
        for example in 0..<dataset.count {
            for group in 0..<groups {
                let start = example * length + group * run
                var sum = 0.0
                for position in start..<start + run {
                    let difference = Double(inputs[position]) - means[group]
                    sum += difference * difference
                }
                squares[group] += sum
            }
        }
        standardDeviations = zip(squares, means).map { square, mean in
            let deviation = (square / perGroup).squareRoot()
            // A constant's mean is rounded, so that its deviation is not exactly 0.
            return Float(deviation) == 0 || deviation < 1e-12 * abs(mean) ? 1 : Float(deviation)
        }
    }

    /// Changes the inputs of a data set of the same shape in place.
    package func apply(to dataset: Dataset) {
        apply(to: dataset.inputs.pointer, count: dataset.count, shape: dataset.inputShape)
    }

    /// Changes `count` examples in place.
    package func apply(to inputs: UnsafeMutablePointer<Float>, count: Int, shape: Shape) {
        let groups = Self.groups(preprocessing.scope, shape)
        precondition(groups == means.count, "fitted on \(means.count) means, but \(shape) needs \(groups)")
        let run = shape.count / max(1, groups)
        for example in 0..<count {
            for group in 0..<groups {
                let row = inputs + example * shape.count + group * run
                let (mean, deviation) = (means[group], standardDeviations[group])
                for position in 0..<run { row[position] = (row[position] - mean) / deviation }
            }
        }
    }

    /// Fits each step on the training set as the steps before left it, and applies all to both sets in place.
    package static func fitAndApply(
        _ steps: [Preprocessing], training: Dataset, others: [Dataset] = []
    ) -> [FittedPreprocessing] {
        steps.map { step in
            let fitted = FittedPreprocessing(step, fittedOn: training)
            for dataset in [training] + others { fitted.apply(to: dataset) }
            return fitted
        }
    }

    private static func groups(_ scope: Preprocessing.Scope, _ shape: Shape) -> Int {
        switch scope {
        case .perFeature: shape.count
        case .all: 1
        case .channels: shape.extents.first ?? 1
        }
    }
}
