import Files

/// What is wrong with data, and what would be right, in one line.
package struct DatasetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, or what else the data came from.
    package let place: String
    /// What is wrong there and what would be right, without a full stop.
    package let message: String

    /// What is wrong with a place, a file most often.
    package init(_ place: String, _ message: String) {
        self.place = place
        self.message = message
    }

    /// What could not be done with a file, in the same form.
    package init(_ error: FileError) {
        self.init(error.path, error.problem.description)
    }

    /// `data/labels.gz: label 3 of 10,000 is 12; with 10 classes labels lie in 0...9`
    package var description: String {
        "\(place): \(message)".unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
    }
}
