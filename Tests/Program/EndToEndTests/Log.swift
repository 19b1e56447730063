import Foundation
import Testing

/// A log as the program wrote it.
struct Log {
    let lines: [String]

    init(_ text: String) { lines = text.split(separator: "\n").map(String.init) }

    /// The objects of one kind of event, or of all.
    func events(_ kind: String? = nil) throws -> [[String: Any]] {
        try lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }.filter { kind == nil || $0["event"] as? String == kind }
    }

    var end: [String: Any]? { try? events("end").last }

    /// The keys of a line in the order in which they stand there.
    static func keys(_ line: String) -> [String] {
        line.matches(of: /"(\w+)":/).map { String($0.output.1) }
    }

    /// The lines without the one number that may differ between two runs.
    var withoutSpeed: [String] {
        lines.map { $0.replacing(/"samplesPerSecond":[^,}]*/, with: "") }
    }
}

/// The values of a safetensors file, without its header.
func tensorBytes(_ file: [UInt8]) throws -> [UInt8] {
    try #require(file.count > 8)
    let header = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    try #require(8 + header < file.count)
    return Array(file.dropFirst(8 + header))
}
