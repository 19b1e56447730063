import Commands
import Foundation
import Plans
import Runs
import TestSupport
import Testing

/// `sitter help`: everything that can be written is explained, out of the tables that read it.
@Suite struct HelpTests {
    @Test func `every key of a config is explained`() throws {
        let topics = ConfigReference.all
        #expect(Set(topics.map(\.path)).count == topics.count)
        for key in RunPlan.keys { #expect(topics.contains { $0.path == key }, "\(key)") }
        for path in [
            "optimizer.sgd.momentum", "model.conv2d.kernel", "model.residual.body", "schedule.cosine.warmup",
            "data.memoryLimit",
            "data.digits.count", "plateau.patience", "statistics.every", "augmentation.mixup.alpha",
        ] {
            #expect(topics.contains { $0.path == path }, "\(path)")
        }
        for topic in topics {
            #expect(!topic.meaning.isEmpty && topic.meaning.last != ".", "\(topic.path)")
            let page = try HelpCommand.page(["config", topic.path])
            #expect(page.contains(topic.path), "\(topic.path)")
        }
    }

    @Test func `every page fits into 80 columns`() throws {
        for words in [["config"], ["commands"], ["settings"]] + ConfigReference.all.map({ ["config", $0.path] })
            + CommandKind.all.map({ ["commands", $0.word] })
        {
            for line in try HelpCommand.page(words).components(separatedBy: "\n") {
                #expect(line.count <= 80, "\(words): \(line)")
            }
        }
    }

    @Test(arguments: [
        ("optimizer.sgd", "optimizer.sgd"), ("schedule", "schedule"), ("layers", "model"), ("conv2d", "model.conv2d"),
        ("optimizer.sgd.momentum", "optimizer.sgd.momentum"),
    ])
    func `a key is found by its path or its word`(key: String, path: String) throws {
        #expect(try ConfigReference.topics(key).map(\.path) == [path])
        #expect(try HelpCommand.page(["config", key]).hasPrefix("\(path): "))
    }

    @Test func `a word that means several things shows them all`() throws {
        #expect(try Set(ConfigReference.topics("linear").map(\.path)) == ["model.linear", "schedule.linear"])
    }

    @Test(arguments: [
        (["config", "optimiser"], #"a config has no "optimiser"; did you mean "optimizer"?"#),
        (["config", "optimizer.sdg"], #"a config has no "optimizer.sdg"; did you mean "sgd"?"#),
        (["config", "conv2"], #"a config has no "conv2"; did you mean "conv2d"?"#),
        (["config", "epochs.x"], #"a config has no "epochs.x"; it has no options"#),
        (["commands", "puase"], #"no command is called "puase"; did you mean "pause"?"#),
        (["trian"], #"there is no help on "trian"; did you mean "train"?"#),
    ])
    func `what is unknown gets the nearest name`(words: [String], complaint: String) {
        let error = #expect(throws: UsageError.self) { try HelpCommand.page(words) }
        #expect(error?.description == complaint)
    }

    @Test func `an option says type range default meaning and an example`() throws {
        let page = try HelpCommand.page(["config", "schedule.step"])
        #expect(page.contains("Example: { step: 100 }"))
        #expect(page.contains("every: steps, from 1, or { epochs: n }; required"))
        #expect(page.contains("factor: number, above 0; default 0.1"))
        #expect(page.contains("what each stair multiplies the rate with"))
    }

    @Test func `every command of a script is explained`() throws {
        let page = try HelpCommand.page(["commands"])
        for kind in CommandKind.all { #expect(page.contains("  \(kind.word)") && page.contains(kind.example)) }
        #expect(
            try HelpCommand.page(["commands", "setSchedule"]).contains("cosineRestarts { period, growth: 1, to: 0"))
    }

    /// `scripts/write-reference` writes it anew.
    @Test func `the readme has the reference of the program`() throws {
        let readme = try String(contentsOf: SourceTree.root.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(try readme.contains(HelpCommand.page(["config"], markdown: true)))
    }
}
