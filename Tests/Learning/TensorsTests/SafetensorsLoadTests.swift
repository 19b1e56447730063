import Files
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsLoadTests {
    private let layout: ParameterLayout = {
        var layout = ParameterLayout()
        layout.add(name: "0.weight", shape: [2, 3])
        layout.add(name: "0.bias", shape: [2])
        return layout
    }()

    private func file(_ tensors: [SafetensorsTensor]) throws -> SafetensorsFile {
        let folder = ScratchFolder()
        let path = folder / "tensors.safetensors"
        try SafetensorsFile.write(tensors, to: path)
        return try SafetensorsFile(bytes: try FileBytes.read(path), path: "f")
    }

    private var weight: SafetensorsTensor {
        SafetensorsTensor(name: "0.weight", shape: [2, 3], values: .floats([1, 2, 3, 4, 5, 6]))
    }
    private var bias: SafetensorsTensor { SafetensorsTensor(name: "0.bias", shape: [2], values: .floats([7, 8])) }
    private var count: SafetensorsTensor {
        SafetensorsTensor(name: "1.num_batches_tracked", shape: [], values: .integers([3]))
    }

    @Test func `segments come back where they were`() throws {
        let buffer = FloatBuffer(count: layout.count)
        for segment in layout.segments {
            for position in segment.range { buffer.pointer[position] = Float(position) / 3 }
        }
        let copy = FloatBuffer(count: layout.count)
        try file(SafetensorsTensor.segments(of: layout, in: buffer)).load(into: layout, copy)
        #expect(copy.array == buffer.array)
    }

    @Test func `several buffers share a file`() throws {
        var statistics = ParameterLayout()
        statistics.add(name: "1.running_mean", shape: [1])
        let mean = SafetensorsTensor(name: "1.running_mean", shape: [1], values: .floats([9]))
        let (parameters, running) = (FloatBuffer(count: layout.count), FloatBuffer(count: statistics.count))
        try file([bias, mean, weight, count]).load(into: [(layout, parameters), (statistics, running)])
        #expect(parameters.values[layout.segments[0].range].elementsEqual([1, 2, 3, 4, 5, 6]))
        #expect(parameters.values[layout.segments[1].range].elementsEqual([7, 8]))
        #expect(running.pointer[0] == 9)
    }

    @Test func `what does not fit is named and nothing changes`() throws {
        let wide = SafetensorsTensor(name: "0.weight", shape: [3, 2], values: .floats([1, 2, 3, 4, 5, 6]))
        let whole = SafetensorsTensor(name: "0.bias", shape: [2], values: .integers([7, 8]))
        let spare = SafetensorsTensor(name: "2.weight", shape: [1], values: .floats([1]))
        let cases: [([SafetensorsTensor], String)] = [
            ([weight], "f: tensor 0.bias: is missing; the model's has shape 2"),
            (
                [wide, bias],
                "f: tensor 0.weight: has shape 3x2; the model's is 2x3 (transposed? PyTorch's weights are [outputs, inputs])"
            ),
            ([weight, whole], "f: tensor 0.bias: holds integers; the model's are floats"),
            ([weight, bias, spare], "f: tensor 2.weight: of shape 1 has no place in the model"),
        ]
        for (tensors, message) in cases {
            let buffer = FloatBuffer(count: layout.count)
            let file = try file(tensors)
            #expect { try file.load(into: layout, buffer) } throws: { "\($0)" == message }
            #expect(buffer.array.allSatisfy { $0 == 0 })
        }
    }
}
