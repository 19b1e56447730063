/// A series of numbers under its own name, as other writers record them in event files.
package struct TagSeries: Hashable, Sendable, Codable {
    /// Its tag.
    package var name: String
    /// How many numbers it has.
    package var count: Int
    /// The newest of them; nil where that is not finite.
    package var last: Double?
    /// Whether all are shares, or all percentages, so that it can be an accuracy.
    package var isShare: Bool
    /// What charts show it as; nil where they do not.
    package var use: TagUse?

    /// A series as it is now.
    package init(name: String, count: Int, last: Double?, isShare: Bool, use: TagUse?) {
        (self.name, self.count, self.last, self.isShare, self.use) = (name, count, last, isShare, use)
    }
}

/// What a series of event files can be for charts, where somebody knows better than a guess by its name.
package enum TagUse: String, Hashable, Sendable, Codable, CaseIterable {
    case loss, accuracy, validationLoss, validationAccuracy

    /// As people say it.
    package var words: String {
        switch self {
        case .loss: "loss"
        case .accuracy: "accuracy"
        case .validationLoss: "validation loss"
        case .validationAccuracy: "validation accuracy"
        }
    }

    /// Whether its numbers are shares.
    package var isShare: Bool { self == .accuracy || self == .validationAccuracy }
}

/// A feed whose series somebody may take for other numbers than they were guessed to be.
package protocol TagChoosing: Sendable {
    /// Shows a series as a number from now on. Charts show it as soon as the files are read again.
    func choose(_ tag: String, as use: TagUse)
}
