import Foundation
import TestSupport
import Testing

/// The built program, run as a process of its own.
enum Program {
    /// The root of the source tree.
    static let sourceTree = SourceTree.root.path

    /// `SITTER_BINARY`, or what `make build` leaves.
    static let path: String =
        ProcessInfo.processInfo.environment["SITTER_BINARY"].map { URL(fileURLWithPath: $0).path }
        ?? sourceTree + "/.build/release/sitter"

    /// How a run ended and what it said.
    struct Outcome {
        /// The exit code, or 128 and the number of the signal that ended it.
        let code: Int32
        let output: String
        let errors: String

        var errorLines: [String] { errors.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }

    /// Runs the program in a scratch folder until it ends.
    static func run(_ arguments: String..., in scratch: ScratchFolder) async throws -> Outcome {
        try await run(arguments, in: scratch)
    }

    static func run(_ arguments: [String], in scratch: ScratchFolder) async throws -> Outcome {
        let process = try RunningProgram(arguments, in: scratch)
        return try await process.outcome()
    }
}

/// Waits until something is so, and fails the test when it is not within two minutes: machines are slow, never that slow.
@discardableResult
func eventually<Value>(
    _ what: @autoclosure () -> String, within seconds: Double = 120, every milliseconds: Int = 20,
    _ attempt: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
        if let value = try await attempt() { return value }
        guard ContinuousClock.now < end else { throw Overdue(what: what()) }
        try await Task.sleep(for: .milliseconds(milliseconds))
    }
}

/// Something did not happen in time.
struct Overdue: Error, CustomStringConvertible {
    let what: String
    var description: String { "still waiting for \(what)" }
}
