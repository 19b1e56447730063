/// Where the process printed something.
package enum PrintedStream: Hashable, Sendable {
    case standardOutput
    case standardError

    /// The word in the log.
    package var name: String { self == .standardOutput ? "out" : "err" }
}
