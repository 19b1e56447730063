import Foundation
import TestSupport
import Testing

/// What a person can get wrong: one clear line, exit code 2, and nothing is written.
@Suite struct BadInputTests {
    let scratch = ScratchFolder()

    init() throws {
        try scratch.write("points.json5", Configs.points)
        try scratch.write("pictures.json5", Configs.pictures)
        try scratch.write("images.idx", Configs.images)
        try scratch.write("labels.idx", Configs.labels)
        try scratch.write("short.idx", Configs.images.prefix(100))
        try scratch.write("header.idx", Configs.images.prefix(9))
        try scratch.write("foreign.idx", Data("\u{89}PNG and so on, and so on".utf8))
        try scratch.write("empty.idx", Data())
        try scratch.write("nineteen.idx", Configs.idx([19], [UInt8](repeating: 1, count: 19)))
        try scratch.write("seventeen.idx", Configs.idx([20], [UInt8](repeating: 17, count: 20)))
        try scratch.write("noise", Configs.noise)
        try scratch.write("nothing", Data())
        try scratch.write("modle.json5", "{\n  data: \"blobs\",\n  modle: [\"flatten\"],\n}\n")
        try scratch.write("twice.json5", "{\n  data: \"blobs\",\n  data: \"blobs\",\n}\n")
        try scratch.write("many.json5", Configs.points.replacing("batchSize: 16", with: "batchSize: \"many\""))
        try scratch.write("bad.theme", "theme[main_bg]=\"#zzz\"\n")
        try scratch.write("habits.json5", "{ keys: { pauze: \"P\" } }\n")
        try scratch.write("syntax.ndjson", "{\"step\":1,\"pause\":true}\n{\"step\":2,\"pauze\":true}\n")
        try scratch.write("broken.ndjson", "{\"step\":1,\n")
        try scratch.write("wrong-type.ndjson", "{\"step\":\"one\",\"pause\":true}\n")
        try scratch.write("other.safetensors", Self.safetensors)
        try FileManager.default.createDirectory(atPath: scratch / "folder", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: scratch / "full", withIntermediateDirectories: true)
        try scratch.write("full/precious", "do not lose me")
    }

    /// A sound file with weights of another net.
    static var safetensors: Data {
        let header = #"{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"#
        return Data([UInt8(header.utf8.count)] + [UInt8](repeating: 0, count: 7) + header.utf8 + [0, 0, 0, 0])
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        /// What the line names.
        let words: [String]

        init(_ arguments: String, _ words: String...) {
            self.arguments = arguments.split(separator: " ").map(String.init)
            self.words = words
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let pictures: [Case] = [
        Case("pictures.json5 --set data.idx.images=gone.idx", "gone.idx"),
        Case("pictures.json5 --set data.idx.images=short.idx", "short.idx", "336", "100"),
        Case("pictures.json5 --set data.idx.images=header.idx", "header.idx", "16"),
        Case("pictures.json5 --set data.idx.images=foreign.idx", "foreign.idx", "IDX"),
        Case("pictures.json5 --set data.idx.images=empty.idx", "empty.idx"),
        Case("pictures.json5 --set data.idx.images=folder", "folder"),
        Case("pictures.json5 --set data.idx.images=/dev/zero", "/dev/zero"),
        Case("pictures.json5 --set data.idx.labels=nineteen.idx", "20", "19"),
        Case("pictures.json5 --set data.idx.labels=seventeen.idx", "seventeen.idx", "17", "4"),
        Case("pictures.json5 --set data.idx.labels=images.idx", "images.idx"),
    ]

    static let settings: [Case] = [
        Case("modle.json5", "modle.json5:3:3", "modle", "model"),
        Case("twice.json5", "twice.json5:3:3", "data"),
        Case("many.json5", "many.json5:4:", "batchSize", "many"),
        Case("points.json5 --set batchsize=3", "--set batchsize", "batchSize"),
        Case("points.json5 --set batchSize=many", "--set batchSize", "many"),
        Case("points.json5 --set batchSize=0", "batchSize", "0"),
        Case("points.json5 --set batchSize=129 --set dropLast=true", "129", "128"),
        Case("points.json5 --set batchSize=1000000 --set dropLast=true", "1000000", "128"),
        Case("points.json5 --set batchSize=1000000000", "batchSize", "1000000000"),
        Case("points.json5 --set epochs=0", "epochs"),
        Case("points.json5 --set epochs=9000000000000000000", "epochs"),
        Case("points.json5 --set data.blobs.count=9000000000000000000", "count"),
        Case("points.json5 --set threads=-1", "threads"),
        Case("points.json5 --set batchSize", "--set batchSize", "KEY=VALUE"),
        Case("points.json5 --set optimizer.sgd.learningRate=NaN", "learningRate"),
        Case("points.json5 --set model=[{linear:8},{conv2d:{filters:2,kernel:3}}]", "model[1]", "8"),
        Case("points.json5 --set model=[{linear:5}]", "model[0]", "5", "4"),
        Case("points.json5 --set model=[{linear:1000000000000}]", "model[0]"),
        Case("pictures.json5 --set model=[{maxPool2d:5},\"flatten\",{linear:4}]", "model[0]", "5", "4"),
        Case("points.json5 --set model=[]", "model"),
        Case("noise", "noise:1:"), Case("nothing", "nothing:1:1"), Case("folder", "folder"),
        Case("/dev/zero", "/dev/zero"), Case("gone.json5", "gone.json5"), Case("images.idx", "images.idx:1:1"),
    ]

    static let others: [Case] = [
        Case("points.json5 --commands syntax.ndjson", "syntax.ndjson:2:", "pauze", "pause"),
        Case("points.json5 --commands broken.ndjson", "broken.ndjson:1:"),
        Case("points.json5 --commands wrong-type.ndjson", "wrong-type.ndjson:1:", "step"),
        Case("points.json5 --commands gone.ndjson", "gone.ndjson"),
        Case("points.json5 --weights noise", "noise"), Case("points.json5 --weights gone", "gone"),
        Case("points.json5 --weights folder", "folder"), Case("points.json5 --weights /dev/zero", "/dev/zero"),
        Case("points.json5 --weights other.safetensors", "other.safetensors", "0.weight"),
        Case("points.json5 --settings habits.json5", "habits.json5:1:11"),
        Case("points.json5 --settings nosuch.json5", "nosuch.json5"),
        Case("points.json5 --theme bad.theme", "bad.theme:1"), Case("points.json5 --theme nosuch", "nosuch"),
        Case("points.json5 --theme noise.theme", "noise.theme"), Case("points.json5 --theme ./noise", "noise"),
        Case("points.json5 --colors 8", "8", "truecolor, 256, 16 or mono"),
        Case("points.json5 --run full", "full", "not empty", "precious"),
        Case("points.json5 --run points.json5", "points.json5"),
        Case("points.json5 --run points.json5/run", "points.json5"),
        Case("points.json5 --run /proc/nowhere/run", "/proc/nowhere/run"),
        Case("points.json5 --run new/run --log gone/log", "gone/log"),
        Case("points.json5 --run new/run --set batchSize=129 --set dropLast=true", "129"),
        Case("points.json5 --log folder", "folder"), Case("points.json5 --log ./points.json5", "overwrite"),
        Case("points.json5 --headles", "--headles", "--headless"), Case("points.json5 extra", "extra"),
        Case("points.json5 --log", "--log FILE"),
    ]

    @Test(arguments: pictures) func `picture files`(bad: Case) async throws {
        try await expectOneLine(bad, after: "train")
    }
    @Test(arguments: settings) func `settings and shapes`(bad: Case) async throws {
        try await expectOneLine(bad, after: "train")
    }
    @Test(arguments: others) func `other files and options`(bad: Case) async throws {
        try await expectOneLine(bad, after: "train")
    }
    @Test(arguments: [
        Case("trian", "trian", "train"), Case("points.json5", "points.json5", "sitter train points.json5"),
        Case("--headles", "--headles", "--headless"), Case("bench", "overhead"), Case("bench overhaed", "overhaed"),
        Case("bench overhead --rounds 0", "--rounds"),
    ])
    func `subcommands`(bad: Case) async throws { try await expectOneLine(bad) }

    func expectOneLine(_ bad: Case, after subcommand: String? = nil) async throws {
        let before = scratch.names() + scratch.names(in: "full") + scratch.names(in: "folder")
        let outcome = try await Program.run((subcommand.map { [$0] } ?? []) + bad.arguments, in: scratch)
        #expect(outcome.code == 2)
        #expect(
            outcome.errorLines.count == 2 && outcome.errors.hasPrefix("sitter: ") && outcome.errors.hasSuffix("\n"),
            "one line is due: \(outcome.errors)")
        for word in bad.words { #expect(outcome.errors.contains(word), "\(word) in: \(outcome.errors)") }
        #expect(outcome.output == "")
        #expect(scratch.names() + scratch.names(in: "full") + scratch.names(in: "folder") == before)
    }
}
