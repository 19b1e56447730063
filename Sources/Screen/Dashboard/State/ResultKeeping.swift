import Runs

/// Where the weights of a run without a directory go once it is over.
package struct ResultKeeping: Hashable, Sendable {
    /// Whether they can be written into a file from here.
    package var canSave = false
    /// The file that they were written into.
    package var saved: String?
    /// Whether they are being written.
    package var isWriting = false
    /// A file that they go into as soon as the run has ended.
    package var pending: SaveRequest?

    /// Nothing is saved, and nothing can be.
    package init() {}

    /// Whether they would be lost and need not be.
    package var isOffered: Bool { canSave && saved == nil && !isWriting }
}

/// A file that a person names for the weights of a run.
package struct SaveRequest: Hashable, Sendable {
    /// As typed; `~` is not resolved yet.
    package let path: String
    /// Whether a file that is there may be replaced.
    package let mayReplace: Bool

    /// Asks for the weights at a path.
    package init(path: String, mayReplace: Bool) {
        self.path = path
        self.mayReplace = mayReplace
    }
}

/// What became of a request for the weights.
package enum SaveAnswer: Hashable, Sendable {
    /// They are being written; another answer follows.
    case writing
    /// They are there and were read back.
    case written(path: String)
    /// They can go there once the run has ended.
    case possible
    /// A file lies there; Enter again replaces it.
    case exists
    case failed(String)
}

/// What became of a request to leave the run going without this terminal.
package enum DetachAnswer: Hashable, Sendable {
    /// Its checkpoint is being written; another answer follows.
    case waiting
    /// It can be left.
    case ready
    /// It cannot, and why.
    case refused(String)
}
