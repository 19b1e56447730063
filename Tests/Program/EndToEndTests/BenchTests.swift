import Foundation
import TestSupport
import Testing

/// Each benchmark runs, however short, and says what it measured as JSON; how fast anything is, no test says.
@Suite struct BenchTests {
    let scratch = ScratchFolder()

    /// The JSON objects that a benchmark prints, one a line.
    private func objects(_ arguments: String...) async throws -> [[String: Any]] {
        let outcome = try await Program.run(["bench"] + arguments + ["--json"], in: scratch)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try outcome.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    /// Whether min <= median <= max, all above 0.
    private func isSpread(_ value: Any?) -> Bool {
        guard let spread = value as? [String: Double], let median = spread["median"], let low = spread["min"],
            let high = spread["max"]
        else { return false }
        return 0 < low && low <= median && median <= high
    }

    @Test(arguments: ["every", "budget", "off"])
    func `train says how fast a network trains`(statistics: String) async throws {
        let result = try #require(
            try await objects("train", "mlp", "--seconds", "0.02", "--statistics", statistics).last)
        #expect(result["model"] as? String == "mlp" && result["statistics"] as? String == statistics)
        #expect(isSpread(result["samplesPerSecond"]))
        #expect(result["threads"] as? Int == 2 && result["batch"] as? Int == 128)
        #expect(try #require(result["peakMemoryBytes"] as? Int) > 1 << 20)
        let share = try #require(result["statisticsShare"] as? Double)
        switch statistics {
        case "every": #expect(share > 0 && share < 1)
        case "off": #expect(share == 0)
        // In so short a run nothing may have been measured within the budget yet.
        default: #expect(share >= 0 && share < 1)
        }
        for key in ["gigaflops", "productGigaflops", "shareOfProduct"] {
            #expect(try #require(result[key] as? Double) > 0)
        }
    }

    /// 3 x 2 operations for each weight of each example, but none for the gradient of the first layer's inputs.
    @Test func `arithmetic is counted from the shapes`() async throws {
        let result = try #require(try await objects("train", "mlp", "--seconds", "0.02").last)
        let speed = try #require((result["samplesPerSecond"] as? [String: Double])?["median"])
        let weights = 784 * 512 + 512 * 256 + 256 * 10
        let operations = Double(6 * weights - 2 * 784 * 512)
        let counted = try #require(result["gigaflops"] as? Double) * 1e9 / speed
        #expect(abs(counted - operations) < 1e-6 * operations)
    }

    @Test(arguments: ["mlp", "deeptanh", "lenet", "vgg", "resnet20"])
    func `every network of the bench trains`(model: String) async throws {
        let result = try #require(
            try await objects("train", model, "--seconds", "0.01", "--batch", "2", "--threads", "1").last)
        #expect(result["model"] as? String == model)
        #expect(result["batch"] as? Int == 2 && result["threads"] as? Int == 1)
    }

    /// The nets that PyTorch is compared with have its numbers of parameters.
    @Test(arguments: [
        ("mlp", 535_818), ("deeptanh", 795_658), ("lenet", 421_738), ("vgg", 2_197_706), ("resnet20", 272_474),
    ])
    func `networks have as many parameters as their peers`(model: String, parameters: Int) async throws {
        let path = "\(Program.sourceTree)/examples/bench/\(model).json5"
        let outcome = try await Program.run("describe", "--json", path, in: scratch)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["parameters"] as? Int == parameters)
    }

    @Test func `any config can be measured`() async throws {
        let path = try scratch.write(
            "own.json5", "{ name: 'own', data: { blobs: 100 }, model: [{ linear: 3 }], batchSize: 32, epochs: 1 }")
        let result = try #require(try await objects("train", path, "--seconds", "0.02").last)
        #expect(result["model"] as? String == "own" && isSpread(result["samplesPerSecond"]))
    }

    @Test func `kernels are compared with the machine`() async throws {
        let lines = try await objects("kernels", "--seconds", "0.0001")
        let machine = try #require(lines.first)
        for key in ["productGigaflops", "triadGigabytesPerSecond", "copyGigabytesPerSecond"] {
            #expect(try #require(machine[key] as? Double) > 0)
        }
        let names = Set(lines.dropFirst().compactMap { $0["kernel"] as? String })
        #expect(
            names.isSuperset(of: [
                "sgemm", "conv 3x3 64 forward", "batchNorm backward", "relu forward", "exp", "softmax forward",
                "maxPool2d backward", "sgd, momentum", "statistics", "batch gather",
            ]))
        for line in lines.dropFirst() { #expect(try #require(line["share"] as? Double) > 0) }
    }

    @Test func `what a run directory costs is measured in turns`() async throws {
        let result = try #require(
            try await objects("checkpoints", "mlp", "--seconds", "0.02", "--rounds", "2").last)
        #expect(result["model"] as? String == "mlp" && isSpread(result["stepsPerSecond"]) && isSpread(result["ratio"]))
        #expect(try #require(result["checkpointSeconds"] as? Double) >= 0)
        #expect(try #require(result["ratioAtAMinute"] as? Double) > 0)
    }

    @Test func `statistics are compared in turns`() async throws {
        let result = try #require(
            try await objects("statistics", "mlp", "--seconds", "0.02", "--rounds", "2").last)
        for mode in ["budget", "every"] {
            let part = try #require(result[mode] as? [String: Any])
            #expect(isSpread(part["ratio"]))
        }
    }

    @Test func `frames are drawn at three sizes`() async throws {
        let lines = try await objects("frame", "--count", "2")
        #expect(Set(lines.compactMap { $0["width"] as? Int }) == [80, 200, 500])
        for line in lines { #expect(isSpread(line["typicalSeconds"]) && isSpread(line["fullSeconds"])) }
    }

    @Test func `long series are drawn`() async throws {
        let result = try #require(try await objects("series", "--count", "20000").last)
        #expect(result["points"] as? Int == 20_000)
        #expect(try #require(result["firstFrameSeconds"] as? Double) > 0)
        #expect(isSpread(result["zoomSeconds"]))
    }

    @Test func `keys are answered on the screen`() async throws {
        let result = try #require(try await objects("latency", "mlp", "--count", "2").last)
        #expect(result["keys"] as? Int == 2 && result["unanswered"] as? Int == 0)
        let receipt = try #require((result["receiptSeconds"] as? [String: Double])?["median"])
        let frame = try #require((result["frameSeconds"] as? [String: Double])?["median"])
        #expect(0 < receipt && receipt <= frame)
    }

    @Test(arguments: [
        (["train"], "say which network"), (["train", "mpl"], "did you mean mlp?"),
        (["train", "mlp", "--statistics", "often"], "write every, budget or off"),
        (["train", "mlp", "--batch", "0"], "a whole number from 1 to"), (["kernels", "mlp"], "one argument too many"),
        (["speed"], "there is no benchmark \"speed\""),
    ])
    func `mistakes are told in one line`(arguments: [String], words: String) async throws {
        let outcome = try await Program.run(["bench"] + arguments, in: scratch)
        #expect(outcome.code == 2 && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }
}
