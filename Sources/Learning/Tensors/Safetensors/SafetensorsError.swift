import Files

/// What is wrong with a safetensors file or with using it, in one line.
package struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    package let path: String
    /// The tensor in question; nil where the whole file is.
    package let tensor: String?
    /// What is wrong, and what would be right.
    package let message: String

    /// An error of a file, or of one tensor in it.
    package init(path: String, tensor: String? = nil, _ message: String) {
        self.path = path
        self.tensor = tensor
        self.message = message
    }

    /// What reading or writing the file came to.
    package init(_ error: FileError) {
        self.init(path: error.path, error.problem.description)
    }

    /// `best.safetensors: tensor 0.weight: has shape 10x5, the model's is 10x4`
    package var description: String {
        let place = tensor.map { "\(path): tensor \($0.count > 200 ? "\($0.prefix(200))..." : $0)" } ?? path
        return "\(place): \(message)".unicodeScalars.map { scalar in
            scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029
                ? "?" : String(scalar)
        }.joined()
    }
}
