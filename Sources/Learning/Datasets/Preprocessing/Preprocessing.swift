/// What is done to inputs before training, with numbers taken from the training set.
package enum Preprocessing: Hashable, Codable, Sendable {
    /// Subtracts the mean; per feature that is the mean image.
    case zeroMean(Scope = .perFeature)
    /// Subtracts the mean and divides by the standard deviation (of the population, as in NumPy); 0 counts as 1.
    case standardize(Scope = .perFeature)
    /// Turns into the axes of greatest variance, which decorrelates: y = V^T (x - mean), V the eigenvectors of the
    /// covariance, greatest variance first. With `components` only so many axes stay.
    case pca(components: Int? = nil)
    /// As `pca`, and divides each axis by its standard deviation: y = V^T (x - mean) / sqrt(max(variance, eps)).
    ///
    /// The floor keeps axes that hold next to nothing from being blown up; all others get variance 1 exactly.
    case whiten(eps: Double = 1e-5, components: Int? = nil)

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
        case .pca, .whiten: .perFeature
        }
    }

    /// How many axes stay; nil for all, or where there are none.
    package var components: Int? {
        switch self {
        case .zeroMean, .standardize: nil
        case .pca(let components), .whiten(_, let components): components
        }
    }

    /// Whether numbers of different places are mixed.
    package var isRotation: Bool {
        switch self {
        case .zeroMean, .standardize: false
        case .pca, .whiten: true
        }
    }
}
