import Tensors
import Testing

/// Files of weights from elsewhere: other names, and other files.
@Suite struct SafetensorsNamesTests {
    private static let wanted: Set<String> = ["0.weight", "0.bias", "2.weight"]

    private func file(_ names: [String]) throws -> SafetensorsFile {
        try SafetensorsFile(
            bytes: SafetensorsFile.bytes(
                names.map { SafetensorsTensor(name: $0, shape: [2], values: .floats([1, 2])) }), path: "f")
    }

    private var layout: ParameterLayout {
        var layout = ParameterLayout()
        for name in ["0.weight", "0.bias", "2.weight"] { layout.add(name: name, shape: [2]) }
        return layout
    }

    @Test(arguments: ["module.", "model.", "net.", "_orig_mod.", "module._orig_mod.", "student.encoder.layers."])
    func `a prefix of all names is found and taken off`(prefix: String) throws {
        let file = try file(["0.weight", "0.bias", "2.weight"].map { prefix + $0 })
        #expect(file.prefix(before: Self.wanted) == prefix)
        let buffer = FloatBuffer(count: layout.count)
        try file.dropping(prefix).load(into: layout, buffer)
        #expect(layout.segments.allSatisfy { buffer.values[$0.offset] == 1 && buffer.values[$0.offset + 1] == 2 })
    }

    @Test func `names that are the model's, or that lack one, have no prefix`() throws {
        #expect(try file(["0.weight", "0.bias", "2.weight"]).prefix(before: Self.wanted) == nil)
        #expect(try file(["module.0.weight", "module.0.bias"]).prefix(before: Self.wanted) == nil)
        #expect(try file(["a.0.weight", "b.0.bias", "a.2.weight"]).prefix(before: Self.wanted) == nil)
    }

    @Test func `other names are listed beside what is wanted`() throws {
        let buffer = FloatBuffer(count: layout.count)
        let error = #expect(throws: SafetensorsError.self) {
            try file(["fc1.weight", "fc1.bias", "fc2.weight"]).load(into: layout, buffer)
        }
        #expect(
            error?.description
                == "f: names its tensors fc1.weight 2, fc1.bias 2, fc2.weight 2, and the model's are 0.weight 2, 0.bias 2, 2.weight "
                + "2; the shapes are the same in this order, so rename them")
    }

    @Test(
        arguments: [
            (
                [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [16, 0, 0, 0] + Array("archive/data.pkl".utf8),
                "is a PyTorch file (a pickle, .pt or .pth), and a safetensors file is due; save it with "
                    + "safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")"
            ),
            (
                Array("GGUF".utf8) + [3, 0, 0, 0, 0, 0, 0, 0],
                "is a GGUF file of llama.cpp, and a safetensors file is due; take the model's safetensors file"
            ),
            (
                [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A],
                "is an HDF5 file, as Keras writes them (.h5), and a safetensors file is due; save its arrays with numpy.save, weights "
                    + "as safetensors"
            ),
            (
                Array("version https://git-lfs.github.com/spec/v1".utf8),
                "is a pointer of Git LFS, and a safetensors file is due; git lfs pull fetches the file itself"
            ),
        ] as [([UInt8], String)])
    func `a file of another kind is called by its name`(bytes: [UInt8], due: String) {
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(bytes: bytes, path: "f") }
        #expect(error?.description == "f: \(due)")
    }
}
