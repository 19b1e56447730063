import Foundation
import Runs

/// What is known of a run before its first step: its plan, and what its data and its net look like.
///
/// Everything follows from config and seed, so that whoever diagnoses the run again finds the same.
package struct RunSubject: Hashable, Sendable {
    /// Lengths, schedule, layers and task.
    package var description: RunDescription
    /// What the data look like; nil where nobody could see.
    package var data: DataFacts?
    /// The watched layers as links of a chain, in depth order.
    package var links: [LayerLink]
    /// Whether the net begins with weights that its initializer drew, and not with those of a file.
    package var beginsFresh: Bool
    /// Whether weight decay is a step of its own (adamW), not a term of the loss.
    package var decayIsDecoupled: Bool
    /// Whether there is batch normalization.
    package var hasBatchNorm: Bool
    /// What is doubtful in the config itself, in words.
    package var structure: [String]

    /// A run that is described, with what else is known.
    package init(
        description: RunDescription, data: DataFacts? = nil, links: [LayerLink] = [], beginsFresh: Bool = true,
        decayIsDecoupled: Bool = false, hasBatchNorm: Bool = false, structure: [String] = []
    ) {
        self.description = description
        self.data = data
        self.links = links
        self.beginsFresh = beginsFresh
        self.decayIsDecoupled = decayIsDecoupled
        self.hasBatchNorm = hasBatchNorm
        self.structure = structure
    }

    /// The loss of who knows nothing: ln C of cross entropy, C - 1 of the hinge loss, and the variance of the numbers to predict;
    /// nil where nobody knows.
    package var chanceLoss: Double? {
        if let loss = description.task.chanceLoss { return loss }
        guard description.task.loss == "mse", let variance = data?.targetVariance, variance > 0 else { return nil }
        return variance
    }

    /// Updates of what counts as an epoch: that of large sets is cut short, that of small ones makes several.
    package var period: Int { min(max(description.lengths.stepsPerEpoch, 40), 500) }

    /// Updates over which losses are averaged.
    package var window: Int { min(max(description.lengths.stepsPerEpoch, 20), 60) }
}

/// What data look like to a net, before any training.
package struct DataFacts: Hashable, Sendable {
    /// Root mean square of the numbers that are not 0, after preprocessing.
    package var inputScale = 1.0
    /// The standard deviation of the widest feature over the median one, and which that is; 1 where all are alike.
    package var widestFeature = (ratio: 1.0, index: 0)
    /// Share of the commonest class in the training and the validation set; nil without classes.
    package var majority: Double?
    /// The same of the validation set.
    package var validationMajority: Double?
    /// Share of examples, 0...1, whose nearest neighbours in the training set have mostly their class; nil where that was not asked.
    /// For numbers to predict, the share of the variance that neighbours leave, 0 for none.
    package var neighbours: Double?
    /// Variance of the numbers to predict, and their mean square; nil with classes.
    package var targetVariance: Double?
    /// Their mean square: what outputs of 0 cost.
    package var targetMeanSquare: Double?

    /// Data of which nothing is odd.
    package init() {}

    package static func == (one: DataFacts, other: DataFacts) -> Bool {
        one.inputScale == other.inputScale && one.widestFeature == other.widestFeature && one.majority == other.majority
            && one.validationMajority == other.validationMajority && one.neighbours == other.neighbours
            && one.targetVariance == other.targetVariance && one.targetMeanSquare == other.targetMeanSquare
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(inputScale)
        hasher.combine(majority)
        hasher.combine(targetVariance)
    }
}

/// A watched layer as a link in the chain of layers.
package struct LayerLink: Hashable, Sendable {
    /// PyTorch's name.
    package var name: String
    /// Whether a normalization stands between it and its activation, or before the first layer.
    package var isNormalized: Bool
    /// Whether it has an activation, so that it is a hidden layer.
    package var isHidden: Bool
    /// Whether it is recurrent: its own chain over time is not that over depth.
    package var isRecurrent: Bool
    /// Whether the activation lets units die.
    package var canDie: Bool
    /// Numbers of one example's output.
    package var outputCount: Int

    /// A layer of a chain.
    package init(
        name: String, isNormalized: Bool, isHidden: Bool, isRecurrent: Bool, canDie: Bool, outputCount: Int
    ) {
        self.name = name
        self.isNormalized = isNormalized
        self.isHidden = isHidden
        self.isRecurrent = isRecurrent
        self.canDie = canDie
        self.outputCount = outputCount
    }
}
