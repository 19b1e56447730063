import Tensors

extension Network {
    /// Everything PyTorch's `state_dict()` holds for the same model, layer by layer: weights, biases, running
    /// statistics and counts of batches.
    package var stateTensors: [SafetensorsTensor] {
        let learned = SafetensorsTensor.segments(of: layout, in: parameters)
        let running = SafetensorsTensor.segments(of: bufferLayout, in: buffers)
        let counts = batchesTracked.sorted { $0.key < $1.key }.map { name, count in
            SafetensorsTensor(name: name, shape: Shape([]), values: .integers([Int64(count)]))
        }
        let all = learned + running + counts
        // Stable: within a layer the order stays weight, bias, running statistics, count.
        return nodes.flatMap { node in all.filter { $0.name.isTensor(of: node.name) } }
    }

    /// Takes over the tensors of a file strictly; on an error nothing is changed.
    package func load(_ file: SafetensorsFile) throws(SafetensorsError) {
        try file.load(into: [(layout, parameters), (bufferLayout, buffers)])
        var counts: [String: Int] = [:]
        for entry in file.entries where entry.name.hasSuffix("num_batches_tracked") {
            counts[entry.name] = file.integers(entry)?.first.map { Int($0) }
        }
        batchesTracked = counts
    }
}

extension String {
    /// Whether it names a tensor of a layer: the layer's name, a dot, and no further dot.
    fileprivate func isTensor(of layer: String) -> Bool {
        hasPrefix(layer + ".") && !dropFirst(layer.count + 1).contains(".")
    }
}
