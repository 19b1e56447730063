import Foundation
import TestSupport

/// What the source tree declares, found by its keywords.
struct SourceNames {
    /// Files and folders of the checkout, from its root on.
    let paths: Set<String>
    /// The names that each file declares.
    private var declared: [String: Set<String>] = [:]
    /// The files that declare or extend a type.
    private var owners: [Substring: Set<String>] = [:]
    /// Everything but documents, to look for what has no keyword.
    private var text = ""

    init() throws {
        let root = SourceTree.root
        var paths: Set<String> = []
        for top in ["Sources", "Tests", "docs", "scripts", "examples", "themes", ".ci"] {
            paths.insert(top)
            guard let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(top).path) else {
                continue
            }
            for case let file as String in files { paths.insert("\(top)/\(file)") }
        }
        let single = ["Package.swift", "Makefile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"]
        self.paths = paths.union(single)
        for path in self.paths where path.hasSuffix(".swift") || path == "Makefile" {
            let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            self.text += text
            take(text, path)
        }
    }

    private static let types: Set<Substring> = [
        "struct", "class", "enum", "protocol", "actor", "typealias", "extension",
    ]
    private static let members: Set<Substring> = ["func", "var", "let", "case"]

    /// Takes the word after each keyword; `extension A.B` is one of both.
    private mutating func take(_ text: String, _ path: String) {
        var names: Set<String> = []
        var before: Substring = ""
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }) {
            if Self.types.contains(before) {
                for type in word.split(separator: ".") {
                    owners[type, default: []].insert(path)
                    names.insert(String(type))
                }
            } else if Self.members.contains(before) {
                names.insert(String(word))
            }
            before = word
        }
        declared[path] = names
    }

    /// Whether there is a file or a folder of this name, from the root or from any folder on.
    func hasPath(_ name: some StringProtocol) -> Bool {
        paths.contains(String(name)) || paths.contains { $0.hasSuffix("/\(name)") }
    }

    /// Whether there is a type of this name with all these members, each declared where the type is declared or extended.
    func has(_ type: Substring, members: [Substring] = []) -> Bool {
        guard let files = owners[type] else { return false }
        return members.allSatisfy { member in files.contains { declared[$0]?.contains(String(member)) == true } }
    }

    /// Whether a word stands anywhere in the source.
    func mentions(_ word: some StringProtocol) -> Bool { text.contains(word) }
}
