import Benchmarks
import Commands
import Dashboard
import Fields
import Foundation
import Plans
import Runs
import Settings
import TestSupport
import Testing

/// Whatever is written down means the same wherever it stands, and is explained.
@Suite struct WrittenLanguageTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: SourceTree.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Every example's path.
    private static let examples: [String] = {
        let folder = SourceTree.root.appendingPathComponent("examples").path
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        // Those with ranges are no plans.
        return names.filter { $0.hasSuffix(".json5") && !$0.hasPrefix("search/") }.sorted().map { "\(folder)/\($0)" }
    }()

    /// The paths of all keys in a resolved config; of a length in epochs its own alone.
    private func keys(_ json: JSON, _ path: String = "") -> [String] {
        switch json {
        case .array(let elements): return elements.flatMap { keys($0, path) }
        case .object(let members):
            if members.map(\.0) == ["epochs"], path.contains(".") { return [] }
            return members.flatMap { name, value in
                let inner = path.isEmpty ? name : "\(path).\(name)"
                return [inner] + keys(value, inner)
            }
        default: return []
        }
    }

    @Test func `every key that a resolved example holds is explained`() throws {
        #expect(Self.examples.count > 40)
        var paths: Set<String> = []
        for example in Self.examples { paths.formUnion(keys(try ConfigFile.plan(example, changes: []).json)) }
        #expect(paths.count > 100)
        for path in paths.sorted() {
            #expect(throws: Never.self, "\(path)") { try HelpCommand.page(["config", path]) }
        }
    }

    @Test func `every setting and every command that keys can be given to is explained, and stands in the readme`()
        throws
    {
        let page = try HelpCommand.page(["settings"])
        let readme = try Self.text("README.md")
        for key in UserSettings.keys + ["keys"] {
            #expect(page.contains("  \(key): "), "\(key)")
            #expect(try HelpCommand.page(["settings", key]).hasPrefix("  \(key): "))
            #expect(readme.contains(try Regex("\\b\(key): ")), "\(key)")
        }
        for name in KeyTable.standard.commandNames.keys {
            #expect(page.contains(try Regex("\\b\(name)\\s+\\(")), "\(name)")
        }
        let error = #expect(throws: UsageError.self) { try HelpCommand.page(["settings", "colours"]) }
        #expect(error?.description == "settings have no \"colours\"; did you mean \"colors\"?")
    }

    @Test func `a schedule's options have the same form and range in a config and in a command`() throws {
        let values = [-1, 0, 1e-9, 0.5, 1, 999, 1_000, 1e6, 1e7, .infinity, .nan].map { FieldValue.number($0) }
        for shape in Schedule.shapes {
            let config = try #require(ScheduleSpecification.descriptions(of: shape.word))
            let command = try #require(ScheduleChange.descriptions(of: shape.word))
            for field in config {
                let other = try #require(command.first { $0.key == field.key }, "\(shape.word).\(field.key)")
                #expect(field.form.words == other.form.words && field.meaning == other.meaning)
                for value in values { #expect(field.form.refusal(of: value) == other.form.refusal(of: value)) }
            }
        }
    }

    @Test func `a learning rate has the same range in a config and in the commands`() throws {
        let rate = CommandKind.setLearningRate.form.words
        for topic in ConfigReference.all where topic.path.hasPrefix("optimizer.") && topic.name == "learningRate" {
            guard case .field(let field) = topic.content else { continue }
            #expect(field.form.words == rate, "\(topic.path)")
        }
        #expect(ScheduleChange.commonFields.first { $0.key == "rate" }?.form.words == rate)
    }

    @Test(arguments: [-1, 0, 1e-9, 0.5, 1, 999, 1_000, 1e6, 1e300])
    func `a config takes a factor where a command does`(factor: Double) {
        let rules = CommandRules(
            phase: .training, control: .planned, learningRate: 0.1, hasValidation: false, canResume: true,
            stepsLeft: 100, stepsPerEpoch: 10)
        for (shape, text) in [
            (
                Schedule.Step(every: .steps(10), factor: factor) as any ScheduleShape,
                "{step:{every:10,factor:\(factor)}}"
            ),
            (Schedule.Exponential(factor: factor), "{exponential:\(factor)}"),
        ] {
            let command = rules.refusal(of: .setSchedule(ScheduleChange(kind: shape)), from: .person) == nil
            let config = (try? ConfigFile.plan(nil, changes: ["schedule=\(text)"])) != nil
            #expect(command == config, "\(text)")
        }
    }

    @Test func `a config names the dashboard's screens`() {
        #expect(RunPlan.screens == Screen.allCases.map { "\($0)" })
    }

    /// A command line as a shell would cut it, without its comment.
    private func words(_ line: Substring) -> [String] {
        line.matches(of: /'([^']*)'|(\S+)/).map { String($0.1 ?? $0.2 ?? "") }.prefix { !$0.hasPrefix("#") }
            .map { $0.replacing("'", with: "") }
    }

    @Test(arguments: [
        "README.md", "CONTRIBUTING.md", "docs/search.md", "docs/speed.md", "docs/architecture.md",
        "docs/add-a-layer.md",
    ])
    func `every command line that a document shows is one`(document: String) throws {
        let program = SitterCommand(with: [BenchCommand.subcommand])
        let text = try Self.text(document)
        let lines =
            text.matches(of: /(?ms)^```sh\n(.*?)^```/).flatMap { block in
                block.1.matches(of: /(?m)^(?:\.build\/release\/)?sitter( .*)?$/).map { $0.1 ?? "" }
            } + text.matches(of: /`sitter ([^`\[]+)`/).map(\.1)
        for line in lines {
            let words = words(line)
            guard let first = words.first else { continue }
            let name = first.hasPrefix("-") ? "train" : first
            let subcommand = try #require(program.subcommands.first { $0.name == name }, "\(document): \(line)")
            let parsed = try ParsedArguments(
                first.hasPrefix("-") ? words : Array(words.dropFirst()), options: subcommand.options,
                command: "sitter \(name)", mostOperands: subcommand.mostOperands)
            for operand in parsed.operands where operand.hasPrefix("examples/") {
                #expect(FileManager.default.fileExists(atPath: SourceTree.root.appendingPathComponent(operand).path))
            }
            if name == "bench", let benchmark = parsed.operands.first {
                #expect(subcommand.help.contains("\n\(benchmark) "), "\(document): \(line)")
            }
            // The worked example's layer is not there.
            guard document == "README.md" else { continue }
            if name == "help" { _ = try HelpCommand.page(parsed.operands, of: program) }
            let isExample = parsed.operands.first?.hasPrefix("examples/") ?? true
            if ["train", "describe"].contains(name), isExample {
                let path = parsed.operands.first.map { SourceTree.root.appendingPathComponent($0).path }
                _ = try ConfigFile.plan(path, changes: parsed.all("--set").filter { $0 != "KEY=VALUE" })
            }
        }
    }
}
