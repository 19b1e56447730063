import Settings
import Testing

/// `--set KEY=VALUE`.
@Suite struct ReplacingTests {
    private let text = """
        { optimizer: "sgd", model: [{ linear: 8 }, "relu"], data: { idx: { images: "a" } }, epochs: 3, plateau: null }
        """

    private func set(_ path: String, _ value: String) throws -> Setting {
        let setting = try Setting.parse(text: text, file: "f")
        return try setting.replacing(path: path, with: .parseOrString(text: value, file: "--set"))
    }

    private func compact(_ path: String, _ value: String, key: String) throws -> String? {
        try set(path, value).object()[key].map { JSON($0).compact }
    }

    @Test(arguments: [
        ("epochs", "10", "epochs", "10"),
        ("data.idx.images", "'b'", "data", #"{"idx":{"images":"b"}}"#),
        ("data.idx.labels", "c", "data", #"{"idx":{"images":"a","labels":"c"}}"#),
        ("model[0].linear", "16", "model", #"[{"linear":16},"relu"]"#),
        ("model[1]", "{ dropout: 0.5 }", "model", #"[{"linear":8},{"dropout":0.5}]"#),
        ("model[1].relu.x", "1", "model", #"[{"linear":8},{"relu":{"x":1}}]"#),
        ("optimizer", "adam", "optimizer", "\"adam\""),
        ("optimizer.sgd.learningRate", "0.1", "optimizer", #"{"sgd":{"learningRate":0.1}}"#),
        ("optimizer.sgd", "{ momentum: 0.9 }", "optimizer", #"{"sgd":{"momentum":0.9}}"#),
        ("schedule.cosine.warmup", "100", "schedule", #"{"cosine":{"warmup":100}}"#),
        ("plateau.patience", "5", "plateau", #"{"patience":5}"#),
        ("data[\"idx\"]['images']", "1", "data", #"{"idx":{"images":1}}"#),
        ("name", "a, b: [", "name", "\"a, b: [\""),
    ])
    func `sets one value`(path: String, value: String, key: String, plain: String) throws {
        #expect(try compact(path, value, key: key) == plain)
    }

    @Test func `the rest stays as it was`() throws {
        let keys = try set("schedule.cosine", "{}").object().members.map(\.name)
        #expect(keys == ["optimizer", "model", "data", "epochs", "plateau", "schedule"])
        #expect(try set("epochs", "10").object()["data"]?.place == Place(file: "f", line: 1, column: 59))
    }

    @Test func `the new value knows its path and where it came from`() throws {
        let options = try #require(try set("optimizer.sgd", "{ momentum: 'x' }").object()["optimizer"]?.object()["sgd"])
        let error = try #require(throws: SettingsError.self) { try options.object()["momentum"]?.double() }
        #expect(
            error.description == #"--set:1:13: optimizer.sgd.momentum: a number is due here, not the string "x""#)
    }

    @Test(arguments: [
        ("model[2]", "--set:1:1: model: the list has no [2]; the last index is 1"),
        (
            "model.linear",
            #"--set:1:1: model: "linear" needs an object, and here is a list of 2; write an index from [0] to [1]"#
        ),
        ("epochs.x", #"--set:1:1: epochs: "x" needs an object, and here is 3"#),
        ("data[0]", "--set:1:1: data: [0] needs a list, and here is an object"),
        (
            "optimizer.adam.beta",
            "--set:1:1: optimizer is sgd; optimizer.adam.beta belongs to adam (optimizer={ adam: { ... } } changes the case)"
        ),
        ("", #"--set:1:1: "" is no path: it is empty; write it as in model[3].conv2d.kernel"#),
        ("a..b", #"--set:1:1: "a..b" is no path: a name is missing; write it as in model[3].conv2d.kernel"#),
        (".a", #"--set:1:1: ".a" is no path: a name is missing; write it as in model[3].conv2d.kernel"#),
        ("a.", #"--set:1:1: "a." is no path: a name is missing; write it as in model[3].conv2d.kernel"#),
        (
            "a[x]",
            #"--set:1:1: "a[x]" is no path: an index is due in the brackets; write it as in model[3].conv2d.kernel"#
        ),
        (
            "a[-1]",
            #"--set:1:1: "a[-1]" is no path: an index is due in the brackets; write it as in model[3].conv2d.kernel"#
        ),
        ("a[1", #"--set:1:1: "a[1" is no path: the bracket is not closed; write it as in model[3].conv2d.kernel"#),
        ("a[1]b", #"--set:1:1: "a[1]b" is no path: a dot is due after "]"; write it as in model[3].conv2d.kernel"#),
    ])
    func `bad paths are refused`(path: String, message: String) throws {
        let error = try #require(throws: SettingsError.self) { try set(path, "1") }
        #expect(error.description == message)
    }

    @Test func `nothing nests deeper than a text may`() throws {
        let path = Array(repeating: "a", count: 100_000).joined(separator: ".")
        #expect(throws: SettingsError.self) { try set(path, "1") }
        let deep = String(repeating: "[", count: 63) + "1" + String(repeating: "]", count: 63)
        #expect(throws: Never.self) { try set("name", deep) }
        #expect(throws: SettingsError.self) { try set("data.name", deep) }
    }
}
