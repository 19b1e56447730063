import Runs

/// Whole numbers that are names rather than classes, because they leave out nearly all between them: zip codes, years, keys.
struct SparseLabels {
    /// The names of the classes, in the order of the numbers.
    let names: [String]
    /// The class of each number.
    let places: [Int: Int]

    /// Nil where the numbers can be classes themselves.
    init?(_ numbers: Set<Int>) {
        guard let most = numbers.max(), most >= 64, most + 1 > 8 * numbers.count else { return nil }
        let sorted = numbers.sorted()
        names = sorted.map { "\($0)" }
        places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    }

    /// What is said of it.
    func warning(_ place: String) -> StartWarning { Self.warning(place, names: names, "far apart") }

    /// What is said of numbers that are names, and why they are.
    static func warning(_ place: String, names: [String], _ reason: String) -> StartWarning {
        let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", ..." : "")
        return StartWarning(
            "labels.sparse", .notice,
            "\(place): the labels are \(names.count) numbers \(reason) (\(shown)), so they are names: class 0 is \(names[0])"
        )
    }
}
