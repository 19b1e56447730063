import Foundation
import TestSupport
import Testing

/// What the documents for contributors name in code font is in the source tree.
@Suite struct DocumentTests {
    static let documents = ["CONTRIBUTING.md", "docs/architecture.md", "docs/add-a-layer.md"]
    private static let names = Result { try SourceNames() }
    private static let rooms = Result { try Ladder().rooms }

    /// Words of Swift, and patterns, that no file of ours declares.
    private static let foreign: Set<Substring> = [
        "Sendable", "Mutex", "Type+Facet.swift", "Float", "Double", "String", "Int",
    ]

    /// A document: its text outside of fences, and what stands in them.
    private struct Page {
        let name: String
        let prose: String
        let blocks: [(kind: String, lines: [Substring])]

        init(_ name: String) throws {
            self.name = name
            let text = try String(contentsOf: SourceTree.root.appendingPathComponent(name), encoding: .utf8)
            let fence = /(?ms)^```(\w*)\n(.*?)^```$/
            prose = text.replacing(fence, with: "")
            blocks = text.matches(of: fence).map { match in
                (String(match.1), Array(match.2.split(separator: "\n", omittingEmptySubsequences: false).dropLast()))
            }
        }

        /// What stands in code font in the prose, each up to its first blank or bracket.
        var spans: [Substring] {
            prose.matches(of: /`([^`\s({]+)[^`]*`/).map(\.1)
        }
    }

    @Test(arguments: documents)
    func `every file, folder, type and member that a document names exists`(name: String) throws {
        let page = try Page(name)
        let (names, rooms) = try (Self.names.get(), Self.rooms.get())
        let own = Self.declared(in: page)
        #expect(page.spans.count > 20)
        for span in page.spans where !Self.foreign.contains(span) {
            if span.contains("/") || span.contains(/\.(swift|md|json5)$/) {
                guard !span.hasPrefix("/"), !span.hasPrefix("~"),
                    !own.contains(where: { span.hasSuffix("/\($0).swift") })
                else { continue }
                #expect(names.hasPath(span), "\(name): there is no \(span)")
            } else if let match = span.prefixMatch(of: /([A-Z]\w*)((?:\.\w+)*)$/) {
                let isConstant = match.1.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
                let isKnown =
                    names.has(match.1, members: match.2.split(separator: ".")) || names.hasPath(match.1)
                    || rooms.contains { $0.name == match.1 } || (isConstant && names.mentions(match.1))
                #expect(isKnown, "\(name): there is no \(span)")
            } else if let match = span.prefixMatch(of: /([A-Z][A-Z_]+)=/) {
                #expect(names.mentions(match.1), "\(name): nothing reads \(match.1)")
            }
        }
    }

    @Test(arguments: documents)
    func `every suite, script and make target that a document calls exists`(name: String) throws {
        let text = try String(contentsOf: SourceTree.root.appendingPathComponent(name), encoding: .utf8)
        let (names, rooms) = try (Self.names.get(), Self.rooms.get())
        for match in text.matches(of: /\b[A-Z]\w+Tests\b/) {
            #expect(
                names.has(match.0) || rooms.contains { $0.name == match.0 }, "\(name): there are no \(match.0)")
        }
        let makefile = try String(contentsOf: SourceTree.root.appendingPathComponent("Makefile"), encoding: .utf8)
        for block in try Page(name).blocks where block.kind == "sh" {
            for line in block.lines {
                if let target = line.prefixMatch(of: /make (\w+)/) {
                    #expect(makefile.contains("\n\(target.1):"), "\(name): make has no target \(target.1)")
                }
                for script in line.matches(of: /(?:scripts|\.ci)\/[\w-]+/) {
                    #expect(names.hasPath(script.0), "\(name): there is no \(script.0)")
                }
            }
        }
    }

    /// Names with two humps or more; the others may be words of a sentence.
    @Test(arguments: documents)
    func `every type in a document's blocks of code exists`(name: String) throws {
        let page = try Page(name)
        let (names, rooms) = try (Self.names.get(), Self.rooms.get())
        let own = Self.declared(in: page)
        for block in page.blocks where block.kind != "sh" {
            for line in block.lines where !line.contains("//") {
                for match in line.matches(of: /\b[A-Z][a-z]+[A-Z]\w*/) where !own.contains(match.0) {
                    #expect(
                        names.has(match.0) || rooms.contains { $0.name == match.0 },
                        "\(name): there is no \(match.0)")
                }
            }
        }
    }

    /// A block of changes shows the lines around the new ones; `@@` stands between places.
    @Test
    func `the lines around each change of the worked example stand in the file it names`() throws {
        let text = try String(
            contentsOf: SourceTree.root.appendingPathComponent("docs/add-a-layer.md"), encoding: .utf8)
        var count = 0
        for match in text.matches(of: /(?s)`((?:Sources|Tests)\/[\w\/]+\.swift)`((?:(?!`).)*?)```diff\n(.*?)```/) {
            let file = try String(
                contentsOf: SourceTree.root.appendingPathComponent(String(match.1)), encoding: .utf8)
            for place in match.3.split(separator: "@@\n") {
                let around = place.split(separator: "\n", omittingEmptySubsequences: false)
                    .filter { $0.hasPrefix(" ") }.map { $0.dropFirst() }.joined(separator: "\n")
                #expect(!around.isEmpty && file.contains(around), "\(match.1) has no lines\n\(around)")
                count += 1
            }
        }
        #expect(count == text.matches(of: /(?m)^(?:```diff|@@)$/).count)
    }

    @Test
    func `the readme counts the trainings and layers that are compared with PyTorch, and names every theme`() throws {
        let text = try String(contentsOf: SourceTree.root.appendingPathComponent("README.md"), encoding: .utf8)
        func files(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.appendingPathComponent(folder).path)
                .filter { !$0.hasPrefix(".") }
        }
        let fixtures = "Tests/Learning/Fixtures"
        let due = try
            "\(files("\(fixtures)/training").count) trainings and \(files("\(fixtures)/layers").count) single layers"
        #expect(text.contains(due), "\(due)")
        for theme in try files("themes") where theme.hasSuffix(".theme") {
            let name = theme.dropLast(".theme".count)
            #expect(text.contains("`\(name)`") || text.contains("`\(name.trimmingPrefix("sitter"))`"), "\(name)")
        }
    }

    /// The types that a page declares itself.
    private static func declared(in page: Page) -> Set<Substring> {
        Set(
            page.blocks.filter { $0.kind == "swift" }.flatMap(\.lines)
                .compactMap { $0.firstMatch(of: /\b(?:struct|class|enum) (\w+)/)?.1 })
    }
}
