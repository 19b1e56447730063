import Fields
import Tensors

/// One kind of data: its options as a table of fields, and the way to its examples.
///
/// A new one is a struct with this protocol beside what makes or reads it, and its line in the plan's list of data.
package protocol DataSource: Written, Hashable {
    /// Numbers that are made in memory; 0 for files, whose readers look for themselves.
    var numberCount: Int { get }
    /// Shape of an example; nil where the data has to be read to know it.
    var knownShape: Shape? { get }
    /// Whether it names validation files of its own.
    var hasValidationFiles: Bool { get }

    /// What files make a validation set of its own, in words; none for data that is made.
    static var filesToValidateOn: [String] { get }

    /// The same with these files as its validation set; nil where others, or another number of them, are due.
    func validating(on files: [String]) -> Self?

    /// Makes or reads the examples to learn from.
    /// - Parameters:
    ///   - limit: What may be kept in memory.
    ///   - pool: Threads to work on; the examples do not depend on them.
    func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset

    /// Reads the validation files, in the classes of the training set; nil where there are none.
    func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset?
}

extension DataSource {
    package var numberCount: Int { 0 }
    package var knownShape: Shape? { nil }
    package var hasValidationFiles: Bool { false }
    package static var filesToValidateOn: [String] { [] }
    package func validating(on files: [String]) -> Self? { nil }
    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? { nil }
}

extension Field {
    /// The seed of data that is made.
    static func seed(_ path: WritableKeyPath<Owner, UInt64> & Sendable) -> Field {
        Field("seed", path, .unsigned, "decides every random number of the data")
    }

    /// How many examples are made.
    static func count(_ path: WritableKeyPath<Owner, Int> & Sendable, most: Int = 10_000_000) -> Field {
        Field("count", path, .integer(1...most), "how many examples are made")
    }
}

extension Dataset {
    /// Whether what is predicted is of one kind in both sets.
    func checked(like training: Dataset) throws(DatasetError) -> Dataset {
        switch (targets, training.targets) {
        case (.classes, .classes): return self
        case (.values(_, let own), .values(_, let due)) where own == due: return self
        default:
            throw DatasetError(
                name,
                "its targets are of another kind or shape than those of training; whole numbers are classes, "
                    + "floats are numbers to predict")
        }
    }
}

/// What is missing where two keys belong together and one of them stands alone.
func partner(of key: String, in pair: (String, String), beside keys: [String]) -> String? {
    guard key == pair.0 || key == pair.1 else { return nil }
    let other = key == pair.0 ? pair.1 : pair.0
    return keys.contains(other) ? nil : "\(other) is missing beside it"
}
