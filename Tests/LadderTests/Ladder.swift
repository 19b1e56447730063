import Foundation

/// The rooms as Package.swift declares them.
struct Ladder {
    /// The root of the source tree.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What each module may import, C libraries included.
    let imports: [String: Set<String>]

    init() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        var imports: [String: Set<String>] = [:]
        for match in text.matches(of: /\broom\(\s*"(\w+)"(?:,\s*imports:\s*\[([^\]]*)\])?/) {
            imports[String(match.1)] = Self.names(match.2)
        }
        for match in text.matches(of: /\btests\(\s*of:\s*"(\w+)"(?:,\s*imports:\s*\[([^\]]*)\])?/) {
            imports["\(match.1)Tests"] = Self.names(match.2).union([String(match.1), "TestSupport"])
        }
        let others =
            /\.(?:systemLibrary|target|executableTarget|testTarget)\(\s*name:\s*"(\w+)"(?:,\s*dependencies:\s*\[([^\]]*)\])?/
        for match in text.matches(of: others) { imports[String(match.1)] = Self.names(match.2) }
        self.imports = imports
    }

    private static func names(_ list: Substring?) -> Set<String> {
        Set((list ?? "").matches(of: /"(\w+)"/).map { String($0.1) })
    }

    /// Everything that a module's source files import, with the file and line.
    static func importsFound(in module: String) throws -> [(place: String, module: String)] {
        let folder = root.appendingPathComponent((module.hasSuffix("Tests") ? "Tests/" : "Sources/") + module)
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        var found: [(place: String, module: String)] = []
        let statement =
            /\s*(?:@\w+(?:\(\w+\))?\s+)*(?:(?:package|internal|private|fileprivate|public)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        for case let file as URL in files where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                guard let match = line.prefixMatch(of: statement) else { continue }
                found.append(("\(module)/\(file.lastPathComponent):\(index + 1)", String(match.1)))
            }
        }
        return found
    }
}
