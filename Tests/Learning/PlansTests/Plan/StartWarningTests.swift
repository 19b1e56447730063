import Files
import Foundation
import PlanFixtures
import Plans
import Runs
import Tensors
import TestSupport
import Testing

/// What is said before the first step, and what is refused because it is surely not meant.
@Suite struct StartWarningTests {
    private let folder = ScratchFolder()

    /// What is said of a run on a table, without the folder.
    private func words(_ config: String, _ changes: [String] = []) throws -> [String] {
        let material = try RunMaterial(plan: Config.plan(config, changes))
        defer { material.pool.close() }
        return material.description.warnings.map { $0.sentence.replacing("\(folder.path)/", with: "") }
    }

    private func refusal(_ config: String, _ changes: String...) -> String? {
        do {
            _ = try RunMaterial(plan: Config.plan(config, changes))
            return nil
        } catch { return "\(error)".replacing("\(folder.path)/", with: "") }
    }

    private func table(_ name: String = "t.csv", count: Int = 40, _ row: (Int) -> String) throws -> String {
        try folder.write(name, "x,y,kind\n" + (0..<count).map { row($0) + "\n" }.joined())
    }

    private func plain(_ index: Int) -> String {
        "\(Double(index * 7 % 41) + 0.5),\(Double(index * 5 % 37) - 0.25),\(index % 3)"
    }

    private func config(_ file: String, _ rest: String = "", outputs: Int = 3, batch: Int = 8) -> String {
        "{ data: { csv: \"\(file)\" }, model: [{ linear: \(outputs) }], threads: 1, batchSize: \(batch)\(rest) }"
    }

    @Test func `good data says nothing`() throws {
        #expect(try words(config(table { plain($0) }, ", validation: { fraction: 0.5 }")).isEmpty)
        #expect(try words(Config.blobs).isEmpty)
    }

    @Test func `classes that never occur are said of each part`() throws {
        let file = try table { "\(plain($0).dropLast())\($0 % 3 == 2 ? 3 : $0 % 3)" }
        #expect(try words(config(file, outputs: 4)) == ["t.csv: class 2 of 4 never occurs in training"])
        let training = try table { plain($0) }
        let held = try table("v.csv") { "\(plain($0 + 100).dropLast())\($0 % 2)" }
        let both =
            "{ data: { csv: { file: \"\(training)\", validationFile: \"\(held)\" } }, model: [{ linear: 3 }], threads: 1 }"
        #expect(try words(both).contains("v.csv: class 2 of 3 never occurs in validation"))
    }

    @Test func `labels from 1 say so, and where the model has no output for nothing`() throws {
        let file = try table { "\(plain($0).dropLast())\($0 % 3 + 1)" }
        #expect(
            try words(config(file, ", validation: { fraction: 0.3 }", outputs: 4)) == [
                "t.csv: the labels are 1...3, class 0 never occurs; count them from 0, or one of the 4 outputs is for nothing"
            ])
        #expect(
            refusal(config(file))?.hasSuffix(
                "the model ends with 3 outputs, and the data has 4 classes, of which class 0 never occurs: the labels are 1...3, "
                    + "and classes count from 0") == true)
    }

    @Test func `a column that is a copy of the label is said by its name`() throws {
        let file = try table { "\(Double($0 * 7 % 41) + 0.5),\($0 % 3 * 10),\($0 % 3)" }
        #expect(
            try words(config(file)) == [
                "t.csv: column 2 (\"y\") says what is to be predicted, nearly without exception; is it known before the answer is? "
                    + "(ignore leaves it out)"
            ])
        #expect(
            try words("{ data: { csv: { file: \"\(file)\", ignore: [\"y\"] } }, model: [{ linear: 3 }], threads: 1 }")
                .isEmpty)
    }

    @Test func `examples of both parts are counted`() throws {
        // Each line twice: a split tears many pairs apart.
        let file = try table { plain($0 / 2) }
        let said = try words(config(file, ", validation: { fraction: 0.25 }"))
        #expect(
            said.count == 1 && said[0].contains(" of the 10 validation examples are also in the training set") == true)
    }

    @Test func `a file that is not the recorded run's is said`() throws {
        let file = try table { plain($0) }
        let digest = try Digest.sha256(ofFile: file)
        for path in [file, "t.csv"] {
            #expect(try words(config(file, ", recorded: { sha256: { \"\(path)\": \"\(digest)\" } }")).isEmpty)
            let other = String(digest.reversed())
            #expect(
                try words(config(file, ", recorded: { sha256: { \"\(path)\": \"\(other)\" } }")) == [
                    "t.csv: is not the file that the recorded run had: its SHA-256 is \(digest.prefix(12))..., and "
                        + "\(other.prefix(12))... is recorded"
                ])
        }
        #expect(try words(config(file, ", recorded: { sha256: { \"/elsewhere/t.csv\": \"0\" } }")).isEmpty)
    }

    @Test func `batch normalization refuses a batch of one, as PyTorch does`() throws {
        let file = try table(count: 33) { plain($0) }
        func config(_ batch: Int, _ rest: String = "") -> String {
            "{ data: { csv: \"\(file)\" }, model: [{ linear: 4 }, \"batchNorm\", \"relu\", { linear: 3 }], threads: 1, batchSize: "
                + "\(batch)\(rest) }"
        }
        let need = "batchNorm (layer 1) needs more than one value of each feature to normalize over"
        #expect(
            refusal(config(1))?.hasSuffix(
                "batchSize: \(need), and a batch of 1 has one; take at least 2 examples, or layerNorm") == true)
        #expect(
            refusal(config(8))?.hasSuffix(
                "batchSize: \(need), and the last batch of an epoch is 1 example (33 = 4 x 8 + 1); dropLast: true leaves it out"
            )
                == true)
        #expect(refusal(config(8, ", dropLast: true")) == nil && refusal(config(11)) == nil)
        // Over pictures there are many values of each map, and other layers do not mind.
        let pictures =
            "{ data: { digits: 9 }, model: [{ conv2d: { filters: 2, kernel: 3 } }, \"batchNorm\", \"flatten\", { linear: 10 }], "
            + "threads: 1, batchSize: 1 }"
        #expect(refusal(pictures) == nil)
        #expect(refusal(self.config(file, batch: 1)) == nil)
    }

    @Test func `floats for classes are told how to become whole`() throws {
        let file = try folder.write("t.csv", "x,y,kind\n" + (0..<9).map { "\($0).5,1,\($0 % 3)\n" }.joined())
        let config =
            "{ data: { csv: { file: \"\(file)\", task: \"regression\" } }, model: [{ linear: 3 }], threads: 1, batchSize: 3 }"
        #expect(
            refusal(config)?.hasSuffix(
                "the model ends with 3 outputs, and the targets are 1; floats are numbers to predict, and classes are whole "
                    + "numbers: array.astype(\"int64\"), or task: \"classification\" of a table") == true)
        #expect(
            refusal(config, "model=[{ linear: 1 }]")?.contains("write \"mse\"; floats are numbers to predict") == true)
    }

    /// A NumPy file of single precision.
    private func npy(_ name: String, _ extents: [Int], _ numbers: [Float], type: String = "<f4") throws -> String {
        let shape = extents.map { "\($0)," }.joined(separator: " ")
        let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }\n"
        let length = [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]
        let data = numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init) }
        return try folder.write(name, [0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8) + data)
    }

    @Test func `pictures with the channels last are asked about where a layer does not fit them`() throws {
        let pictures = try npy("x.npy", [12, 28, 28, 1], Array(repeating: 0.5, count: 12 * 784))
        let numbers = try npy("y.npy", [12], (0..<12).map(Float.init))
        let config =
            "{ data: { npy: { inputs: \"\(pictures)\", targets: \"\(numbers)\" } }, loss: \"mse\", threads: 1, "
            + "batchSize: 4, model: [{ conv2d: { filters: 2, kernel: 3 } }, \"flatten\", { linear: 1 }] }"
        let words = refusal(config)
        #expect(
            words?.contains("does not fit into 28x28x1 pictures") == true
                && words?.hasSuffix("; channels last? numpy.moveaxis(array, -1, 1) puts them first") == true,
            "\(words ?? "")")
    }

    @Test func `floats that are one-hot are said to be classes`() throws {
        let inputs = try npy("x.npy", [12, 2], (0..<24).map { Float($0 * 7 % 11) })
        let targets = try npy("y.npy", [12, 3], (0..<36).map { $0 % 3 == $0 / 3 % 3 ? 1 : 0 })
        let config =
            "{ data: { npy: { inputs: \"\(inputs)\", targets: \"\(targets)\" } }, threads: 1, batchSize: 4, "
            + "model: [{ linear: 3 }] }"
        #expect(
            refusal(config)?.hasSuffix("; they are one-hot, and array.argmax(1) makes classes of them") == true,
            "\(refusal(config) ?? "")")
    }

    @Test(arguments: [Double.nan, 1e200])
    func `weights that are not finite are refused`(number: Double) throws {
        let plan = try Config.plan(config(table { plain($0) }))
        // As another program writes them, in double precision.
        let header =
            #"{"0.weight":{"dtype":"F64","shape":[3,2],"data_offsets":[0,48]},"#
            + #""0.bias":{"dtype":"F64","shape":[3],"data_offsets":[48,72]}}"#
        let numbers = [Double](repeating: 0.5, count: 8) + [number]
        let weights = try folder.write(
            "w.safetensors",
            withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
                + numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init) })
        let error = #expect(throws: PreparationError.self) { try RunMaterial(plan: plan, weights: weights) }
        #expect(
            error?.description.hasSuffix(
                "w.safetensors: tensor 0.bias: number 2 of 3 is \(number.isNaN ? "nan" : "inf") in single precision; weights "
                    + "to begin with are finite") == true, "\(error?.description ?? "")")
    }

    @Test func `a prefix of weights is taken off with a word`() throws {
        let plan = try Config.plan(config(table { plain($0) }))
        let material = try RunMaterial(plan: plan)
        defer { material.pool.close() }
        let tensors = material.network.state.tensors(prefix: "module.")
        let weights = try folder.write("w.safetensors", SafetensorsFile.bytes(tensors))
        let second = try RunMaterial(plan: plan, weights: weights)
        defer { second.pool.close() }
        #expect(second.network.parameters.array == material.network.parameters.array)
        #expect(
            second.description.warnings.map { $0.sentence.replacing("\(folder.path)/", with: "") } == [
                "w.safetensors: the names of its tensors begin with \"module.\", which is taken off"
            ])
    }
}
