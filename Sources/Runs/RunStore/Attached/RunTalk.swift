import Foundation
import Runs

/// What is said over a run's socket, a line each way; docs/socket.md is the page for other programs.
enum RunTalk {
    /// Changes with everything that viewers of another version could misread.
    static let version = 1

    /// What a run says first.
    struct Greeting: Codable {
        var sitter = RunTalk.version
        var name: String
        var process: Int32
    }

    /// How far a viewer has followed a run, and asks for what is new.
    struct Watch: Codable {
        var cursor: RunCursor
        /// Steps after the last whole chunk that it has already.
        var tail = 0
        /// The last of them.
        var lastStep: Int?
    }

    /// What is new.
    struct News: Codable {
        /// Nil where nothing is.
        var changes: RunChanges?
        /// Steps of the tail that are left out, because the viewer has them.
        var known = 0
        /// Whether the run, once it ends here, goes on in another process; nil for no.
        var goesOn: Bool?
    }

    static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }()

    static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return decoder
    }()

    /// A line for a value.
    static func line(_ value: some Encodable) -> [UInt8] {
        do {
            return Array(try encoder.encode(value))
        } catch { preconditionFailure("what a run says has no JSON: \(error)") }
    }
}
