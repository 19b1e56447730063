/// What is done to inputs before training, with numbers taken from the training set.
package enum Preprocessing: Hashable, Codable, Sendable {
    /// Subtracts the mean; per feature that is the mean image.
    case zeroMean(Scope = .perFeature)
    /// Subtracts the mean and divides by the standard deviation (of the population, as in NumPy); 0 counts as 1.
    case standardize(Scope = .perFeature)

    /// Which numbers share a mean and a standard deviation.
    package enum Scope: String, Hashable, Codable, Sendable, CaseIterable {
        /// Each place of an example has its own.
        case perFeature
        /// One for everything.
        case all
        /// Each channel (the first axis of an example) has its own.
        case channels
    }

    package var scope: Scope {
        switch self {
        case .zeroMean(let scope), .standardize(let scope): scope
        }
    }
}
