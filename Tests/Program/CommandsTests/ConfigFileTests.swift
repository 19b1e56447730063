import Commands
import Foundation
import Plans
import Settings
import Testing
import Training

@Suite struct ConfigFileTests {
    func complaint(_ path: String? = nil, _ changes: String...) -> String? {
        do {
            _ = try ConfigFile.plan(path, changes: changes)
            return nil
        } catch { return "\(error)" }
    }

    @Test func `without a file it is the demo`() throws {
        let plan = try ConfigFile.plan(nil, changes: [])
        #expect(plan.name == "demo")
        #expect(plan.batchSize == 64)
    }

    @Test func `the demo is the example`() throws {
        #expect(try String(contentsOfFile: sourceTree + "/examples/demo.json5", encoding: .utf8) == DemoConfig.text)
    }

    @Test func `the demo has five hundred steps at least`() throws {
        let plan = try ConfigFile.plan(nil, changes: [])
        #expect(plan.epochs * 16_000 / plan.batchSize >= 500)
    }

    @Test func `a setting is JSON5`() throws {
        #expect(try ConfigFile.plan(nil, changes: ["batchSize=0x20"]).batchSize == 32)
        #expect(try ConfigFile.plan(nil, changes: ["optimizer={adam: {learningRate: .5,}}"]).learningRate == 0.5)
    }

    @Test func `what is no JSON5 is a string`() throws {
        #expect(try ConfigFile.plan(nil, changes: ["name=a run of mine"]).name == "a run of mine")
    }

    @Test(arguments: ["12345", "007", "1e5", "3.50", "-4", "20261129_1"])
    func `a name may look like a number`(name: String) throws {
        #expect(try ConfigFile.plan(nil, changes: ["name=\(name)"]).name == name)
    }

    @Test(arguments: [
        (
            ["optimizer={ adam: {} }", "optimizer.sgd.learningRate=4"], "optimizer", "adam", "sgd",
            "optimizer.sgd.learningRate"
        ),
        (["optimizer=adam", "optimizer.sgd.momentum=0.5"], "optimizer", "adam", "sgd", "optimizer.sgd.momentum"),
        (["data.csv.file=t.csv"], "data", "digits", "csv", "data.csv.file"),
        (["schedule.step.every=5"], "schedule", "cosine", "step", "schedule.step.every"),
    ])
    func `a key of another case says which one the config has`(
        changes: [String], owner: String, own: String, other: String, key: String
    ) {
        let said = "\(changes)"
        let found: String?
        do {
            _ = try ConfigFile.plan(nil, changes: changes)
            found = nil
        } catch { found = "\(error)" }
        #expect(
            found?.hasSuffix(
                ": \(owner) is \(own); \(key) belongs to \(other) (\(owner)={ \(other): { ... } } changes the case)")
                == true,
            "\(said): \(found ?? "nothing")")
    }

    @Test func `a setting reaches inside`() throws {
        #expect(try ConfigFile.plan(nil, changes: ["optimizer.sgd.learningRate=0.25"]).learningRate == 0.25)
    }

    @Test func `the last setting of a key counts`() throws {
        #expect(try ConfigFile.plan(nil, changes: ["epochs=3", "epochs=4"]).epochs == 4)
    }

    @Test func `a path in a config is relative to the configs folder`() throws {
        let plan = try ConfigFile.plan(sourceTree + "/examples/mnist.json5", changes: [])
        guard case .idx(let files) = plan.data.source else {
            return #expect(Bool(false), "mnist.json5 reads IDX files")
        }
        #expect(files.images == sourceTree + "/examples/data/mnist/t10k-images-idx3-ubyte.gz")
    }

    @Test func `a path in a setting is relative to the current folder`() throws {
        let plan = try ConfigFile.plan(
            sourceTree + "/examples/mnist.json5", changes: ["data.idx.images=my/pictures.gz"])
        guard case .idx(let files) = plan.data.source else {
            return #expect(Bool(false), "mnist.json5 reads IDX files")
        }
        #expect(files.images == "my/pictures.gz")
    }

    @Test(arguments: ["batchSize", "=3", ""])
    func `a change without key and value is refused`(change: String) {
        #expect(complaint(nil, change) == "--set \(change): KEY=VALUE is due, as in --set batchSize=32")
    }

    @Test(arguments: [
        ("batchsize=3", ["batchsize", "batchSize"]), ("batchSize=many", ["batchSize"]), ("batchSize=0", ["batchSize"]),
        ("epochs=1.5", ["epochs"]), ("data={digits:{cuont:5}}", ["cuont", "count"]),
        ("optimizer.sdg.learningRate=1", ["sdg"]),
    ])
    func `a wrong setting is named`(change: String, words: [String]) throws {
        let said = try #require(self.complaint(nil, change))
        for word in words { #expect(said.contains(word), "\(said)") }
        #expect(!said.contains("\n"))
    }
}

@Suite struct ExampleTests {
    static let names: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: sourceTree + "/examples")) ?? [])
        .filter { $0.hasSuffix(".json5") }.sorted()

    @Test func `there are examples`() {
        #expect(Self.names.contains("demo.json5"))
        #expect(Self.names.contains("mnist.json5"))
    }

    @Test(arguments: names)
    func `every example is a plan`(name: String) throws {
        _ = try ConfigFile.plan("\(sourceTree)/examples/\(name)", changes: [])
    }

    @Test func `pictures that are missing say where to get them`() throws {
        let plan = try ConfigFile.plan(
            sourceTree + "/examples/mnist.json5", changes: ["data.idx.images=nowhere/t10k-images-idx3-ubyte.gz"])
        let error = #expect(throws: PreparationError.self) { try RunMaterial(plan: plan) }
        let complaint = try #require(error).description
        #expect(complaint.contains("nowhere/t10k-images-idx3-ubyte.gz"))
        #expect(complaint.contains("github.com/cvdf-foundation/mnist"), "\(complaint)")
    }
}
