import Runs

/// What the program answers to the shell.
package enum ExitCode {
    /// All went as it was asked for.
    package static let done: Int32 = 0
    /// The program could not do what it was asked for.
    package static let failed: Int32 = 1

    /// - Parameters:
    ///   - signal: the signal that interrupted the run, if one did.
    ///   - wasSaved: whether everything that should be on the disk is there.
    package static func of(_ end: EndSummary, signal: Int32?, wasSaved: Bool) -> Int32 {
        switch end.reason {
        case .interrupted: signal.map { 128 + $0 } ?? 130
        case .notFinite: failed
        case .completed, .stopped, .earlyStopping: wasSaved ? done : failed
        }
    }
}
