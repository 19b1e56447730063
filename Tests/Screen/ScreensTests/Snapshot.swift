import Foundation
import Testing

/// Compares a screen with the text file that was looked at and kept; a missing file is written and fails once.
func expectSnapshot(
    _ text: String, named name: String, extension kind: String = "txt",
    sourceLocation: SourceLocation = #_sourceLocation, path: String = #filePath
) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("Snapshots")
    let file = folder.appendingPathComponent("\(name).\(kind)")
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try (text + "\n").write(to: file, atomically: true, encoding: .utf8)
        Issue.record("\(name).\(kind) was missing and is written now: look at it", sourceLocation: sourceLocation)
        return
    }
    let expected = kept.hasSuffix("\n") ? String(kept.dropLast()) : kept
    guard text != expected else { return }
    let rows = zip(
        text.split(separator: "\n", omittingEmptySubsequences: false),
        expected.split(separator: "\n", omittingEmptySubsequences: false))
    let row = rows.enumerated().first { $0.element.0 != $0.element.1 }
    let place = row.map { "row \($0.offset):\n is   \($0.element.0)\n kept \($0.element.1)" } ?? "the number of rows"
    Issue.record("\(name).\(kind) differs in \(place)", sourceLocation: sourceLocation)
}
