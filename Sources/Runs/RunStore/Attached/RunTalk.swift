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
        /// Whether the viewer was told on this connection what the run is, and wants to hear of it where it changes; nil for no.
        var isDescribed: Bool?
    }

    /// What is new.
    struct News: Codable {
        /// Nil where nothing is.
        var changes: ToldChanges?
        /// Steps of the tail that are left out, because the viewer has them.
        var known = 0
        /// Whether the run, once it ends here, goes on in another process; nil for no.
        var goesOn: Bool?
    }

    /// Changes as they are told: what the run is only where the viewer does not know it.
    struct ToldChanges: Codable {
        var cursor: RunCursor
        var isAnew: Bool?
        var description: RunDescription?
        var status: RunStatus
        var steps: StepChanges
        var layers: [LayersReport]
        var events: [RunEvent]
        var samples: [SystemSample]

        /// - Parameter known: what the viewer knows of what the run is; nil for nothing.
        init(_ changes: RunChanges, beside known: RunDescription?) {
            (cursor, isAnew) = (changes.cursor, changes.isAnew)
            description = changes.description == known ? nil : changes.description
            (status, steps, layers) = (changes.status, changes.steps, changes.layers)
            (events, samples) = (changes.events, changes.samples)
        }

        /// The changes; nil where nobody has said what the run is.
        func changes(of known: RunDescription?) -> RunChanges? {
            guard let description = description ?? known else { return nil }
            var changes = RunChanges(
                cursor: cursor, description: description, status: status, steps: steps, layers: layers, events: events,
                samples: samples)
            changes.isAnew = isAnew
            return changes
        }
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

    /// The value of a line, of which no copy is made.
    static func value<Value: Decodable>(of line: [UInt8]) throws -> Value {
        try line.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return try decoder.decode(Value.self, from: Data()) }
            let data = Data(
                bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
            return try decoder.decode(Value.self, from: data)
        }
    }

    /// A line for a value.
    static func line(_ value: some Encodable) -> [UInt8] {
        do {
            return Array(try encoder.encode(value))
        } catch { preconditionFailure("what a run says has no JSON: \(error)") }
    }
}
