import Fields

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

    /// What means and deviations are taken over; a rotation always works on all features at once.
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

extension Preprocessing: Alternatives {
    package static let alternatives: [Alternative<Preprocessing>] = [
        Alternative { (step: ZeroMean) in .zeroMean(step.over) },
        Alternative { (step: Standardize) in .standardize(step.over) },
        Alternative { (step: PCA) in .pca(components: step.components) },
        Alternative { (step: Whiten) in .whiten(eps: step.eps, components: step.components) },
    ]

    package var chosen: any Written {
        switch self {
        case .zeroMean(let scope): ZeroMean(over: scope)
        case .standardize(let scope): Standardize(over: scope)
        case .pca(let components): PCA(components: components)
        case .whiten(let eps, let components): Whiten(eps: eps, components: components)
        }
    }

    private struct ZeroMean: Written {
        var over = Scope.perFeature
        static let word = "zeroMean"
        static let meaning = "subtracts the mean of the training set"
        static let brevity = Brevity.main
        static let fields: [Field<ZeroMean>] = [Field("over", \.over, .scope, "which numbers share a mean").main]
    }

    private struct Standardize: Written {
        var over = Scope.perFeature
        static let word = "standardize"
        static let meaning = "subtracts the mean of the training set and divides by its standard deviation"
        static let brevity = Brevity.main
        static let fields: [Field<Standardize>] = [
            Field("over", \.over, .scope, "which numbers share a mean and a standard deviation").main
        ]
    }

    private struct PCA: Written {
        var components: Int?
        static let word = "pca"
        static let meaning = "turns into the axes of greatest variance"
        static let fields: [Field<PCA>] = [.components(\.components).main]
    }

    private struct Whiten: Written {
        var eps = 1e-5
        var components: Int?
        static let word = "whiten"
        static let meaning = "turns into the axes of greatest variance and divides each by its standard deviation"
        static let fields: [Field<Whiten>] = [
            Field("eps", \.eps, .number(.positive), "the least variance that is divided by").main,
            .components(\.components),
        ]
    }
}

extension FieldType<Preprocessing.Scope> {
    fileprivate static let scope = words(["all": .all, "channels": .channels, "features": .perFeature])
}

extension Field {
    fileprivate static func components(_ path: WritableKeyPath<Owner, Int?> & Sendable) -> Field {
        Field("components", path, .optional(.integer(1...FittedPreprocessing.mostFeatures)), "how many axes stay")
            .otherwise("all")
    }
}
