extension SafetensorsFile {
    /// Fills flat buffers, such as parameters and running statistics, from the tensors of their layouts' names.
    ///
    /// Each tensor must be there with the layout's shape, and no other may be; only PyTorch's `num_batches_tracked` is
    /// passed over. On an error nothing is changed.
    ///
    /// - Parameter isElsewhere: whether a tensor without a place is passed over.
    package func load(
        into targets: [(layout: ParameterLayout, buffer: FloatBuffer)], isElsewhere: (Entry) -> Bool = { _ in false }
    ) throws(SafetensorsError) {
        var byName: [String: Entry] = [:]
        for entry in entries { byName[entry.name] = entry }
        var copies: [(entry: Entry, target: UnsafeMutablePointer<Float>)] = []
        for (layout, buffer) in targets {
            precondition(buffer.count == layout.count, "the layout holds \(layout.count) numbers, not \(buffer.count)")
            for segment in layout.segments {
                guard let entry = byName.removeValue(forKey: segment.name) else {
                    throw error(segment.name, "is missing; the model's has shape \(segment.shape)")
                }
                guard entry.shape == segment.shape else {
                    throw error(entry.name, "has shape \(entry.shape); the model's is \(segment.shape)")
                }
                guard entry.type != .int64 else { throw error(entry.name, "holds integers; the model's are floats") }
                copies.append((entry, buffer.pointer + segment.offset))
            }
        }
        if let spare = entries.first(where: { byName[$0.name] != nil && !$0.isBatchCount && !isElsewhere($0) }) {
            throw error(spare.name, "of shape \(spare.shape) has no place in the model")
        }
        for (entry, target) in copies { copy(entry, to: target) }
    }

    /// Fills one flat buffer; see `load(into:)` for several.
    package func load(into layout: ParameterLayout, _ buffer: FloatBuffer) throws(SafetensorsError) {
        try load(into: [(layout, buffer)])
    }

    private func error(_ tensor: String, _ message: String) -> SafetensorsError {
        SafetensorsError(path: path, tensor: tensor, message)
    }
}

extension SafetensorsFile.Entry {
    /// PyTorch's count of batches seen by a batch norm, which networks keep beside their numbers.
    package var isBatchCount: Bool {
        type == .int64 && (name == "num_batches_tracked" || name.hasSuffix(".num_batches_tracked"))
    }
}
