import Files
import Tensors

/// Hands out the stored numbers of single examples, wherever they lie; allocates nothing after its making.
struct ExampleReader: Sendable {
    private let storage: Dataset.Storage
    private let length: Int
    private let count: Int

    init(_ dataset: Dataset) {
        storage = dataset.storage
        length = dataset.storedShape.count
        count = dataset.count
    }

    /// Bytes that `read` needs beside the target.
    var scratchBytes: Int {
        if case .files(let records, _) = storage { records.scratchBytes } else { 0 }
    }

    /// Copies or reads the numbers of one example.
    func read(
        _ example: Int, into target: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer
    ) throws(FileError) {
        precondition(example >= 0 && example < count, "there is no example \(example)")
        switch storage {
        case .memory(let inputs): target.update(from: inputs.pointer + example * length, count: length)
        case .files(let records, let places):
            try records.read(places.map { Int($0[example]) } ?? example, into: target, scratch: scratch)
        }
    }
}
