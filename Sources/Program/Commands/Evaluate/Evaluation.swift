import NeuralNetworks
import Plans

/// What came of asking networks about a set of examples.
struct Evaluation {
    let set: EvaluationSet
    let classNames: [String]?
    /// The config's word for the loss.
    let loss: String
    /// Each network alone.
    let members: [Member]
    /// How many networks the predictions are the mean of.
    let averaged: Int
    let predictions: Predictions
    /// Nil where numbers are predicted.
    let classes: ClassReport?
    /// Nil without probabilities.
    let calibration: Calibration?
    /// Nil where classes are predicted.
    let regression: RegressionReport?

    /// One network's figures.
    struct Member {
        let run: String
        let weights: String
        let loss: Double
        let accuracy: Double?
        let regression: RegressionReport?

        init(run: String, weights: String, _ predictions: Predictions) {
            (self.run, self.weights) = (run, weights)
            (loss, accuracy) = (predictions.loss.mean, predictions.loss.accuracy)
            regression = RegressionReport(predictions)
        }
    }

    init(
        set: EvaluationSet, classNames: [String]?, loss: String, members: [Member], averaged: Int,
        predictions: Predictions, bins: Int
    ) {
        (self.set, self.classNames, self.loss, self.members) = (set, classNames, loss, members)
        (self.averaged, self.predictions) = (averaged, predictions)
        classes = ClassReport(predictions)
        calibration = Calibration(predictions, bins: bins)
        regression = RegressionReport(predictions)
    }

    /// What a class is called.
    func name(_ label: Int) -> String {
        guard let classNames, classNames.indices.contains(label) else { return "\(label)" }
        return classNames[label]
    }

    /// The k of the top-k figures that say something of so many classes.
    var ranks: [Int] { classes.map { report in [1, 3, 5].filter { $0 == 1 || $0 < report.classCount } } ?? [] }

    /// The place of an example among the data that the run knows.
    func index(_ example: Int) -> Int { set.places?[example] ?? example }
}
