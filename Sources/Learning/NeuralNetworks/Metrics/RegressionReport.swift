/// How near predicted numbers come to what is the case.
package struct RegressionReport: Hashable, Sendable {
    /// One entry for each output.
    package let outputs: [Figures]

    /// The figures of one output.
    package struct Figures: Hashable, Sendable {
        /// The root of the mean squared error, in the targets' unit.
        package let rootMeanSquaredError: Double
        /// The mean of the errors without their signs, in the targets' unit.
        package let meanAbsoluteError: Double
        /// 1 - squared errors / squared distances of the targets from their mean; 1 is perfect, 0 as good as that mean. Nil where
        /// all targets are the same.
        package let determination: Double?
    }

    /// Adds up in double precision; nil where classes are predicted, or nothing.
    package init?(_ predictions: Predictions) {
        guard case .values(let values) = predictions.truth, predictions.count > 0 else { return nil }
        let (count, width) = (predictions.count, predictions.width)
        outputs = (0..<width).map { output in
            var (sum, squares, absolutes) = (0.0, 0.0, 0.0)
            for example in 0..<count {
                let place = example * width + output
                let difference = Double(predictions.scores[place]) - Double(values[place])
                sum += Double(values[place])
                squares += difference * difference
                absolutes += abs(difference)
            }
            let mean = sum / Double(count)
            var spread = 0.0
            for example in 0..<count {
                let distance = Double(values[example * width + output]) - mean
                spread += distance * distance
            }
            return Figures(
                rootMeanSquaredError: (squares / Double(count)).squareRoot(),
                meanAbsoluteError: absolutes / Double(count), determination: spread > 0 ? 1 - squares / spread : nil)
        }
    }

    /// The root of the mean squared error over all numbers.
    package var rootMeanSquaredError: Double {
        (outputs.reduce(0) { $0 + $1.rootMeanSquaredError * $1.rootMeanSquaredError } / Double(outputs.count))
            .squareRoot()
    }

    /// The mean absolute error over all numbers.
    package var meanAbsoluteError: Double {
        outputs.reduce(0) { $0 + $1.meanAbsoluteError } / Double(outputs.count)
    }

    /// The plain mean over the outputs, as scikit-learn's `r2_score` has it; nil where one has none.
    package var determination: Double? {
        var sum = 0.0
        for output in outputs {
            guard let share = output.determination else { return nil }
            sum += share
        }
        return sum / Double(outputs.count)
    }
}
