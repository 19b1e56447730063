import Tensors

/// Why bytes are not the state of a run, in one line.
package enum TrainingStateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The tensors are damaged, or not those of this network, optimizer and best evaluation.
    case tensors(SafetensorsError)
    /// A sound file that holds weights alone.
    case noState(path: String)
    /// Its bytes are not those that were written.
    case damaged(path: String)
    /// What stands beside the tensors cannot be read.
    case unreadable(path: String, String)
    /// It can be read, and belongs to another run.
    case doesNotFit(path: String, String)

    /// `run/state: is the state of another run: it stands at step 16 of 15`
    package var description: String {
        switch self {
        case .tensors(let error): error.description
        case .noState(let path): "\(path): holds weights, but not the state of a run"
        case .damaged(let path): "\(path): is damaged: its bytes are not those that were written"
        case .unreadable(let path, let message): "\(path): the state of a run cannot be read: \(message)"
        case .doesNotFit(let path, let message): "\(path): is the state of another run: \(message)"
        }
    }
}
