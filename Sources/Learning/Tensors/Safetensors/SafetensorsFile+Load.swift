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
                    if let difference = difference(from: targets, isElsewhere) { throw difference }
                    throw error(segment.name, "is missing; the model's has shape \(segment.shape)")
                }
                guard entry.shape == segment.shape else {
                    let isTurned = entry.shape.extents == segment.shape.extents.reversed()
                    throw error(
                        entry.name,
                        "has shape \(entry.shape); the model's is \(segment.shape)"
                            + (isTurned ? " (transposed? PyTorch's weights are [outputs, inputs])" : ""))
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

    /// Words with a dot after each that stand before the model's names in all tensors of the file; nil where there are none, or
    /// where the model's names are there without them.
    package func prefix(before names: Set<String>) -> String? {
        guard let name = names.min(), !names.isEmpty else { return nil }
        let own = Set(entries.map(\.name))
        guard names.isDisjoint(with: own) else { return nil }
        let prefixes = own.filter { $0.hasSuffix("." + name) }.map { String($0.dropLast(name.count)) }.sorted()
        return prefixes.first { prefix in names.allSatisfy { own.contains(prefix + $0) } }
    }

    /// The same file with a prefix taken off the names that have it.
    package func dropping(_ prefix: String) -> SafetensorsFile {
        renamed { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    }

    /// What the file's tensors are called, beside what is wanted, where not one name is the same.
    private func difference(
        from targets: [(layout: ParameterLayout, buffer: FloatBuffer)], _ isElsewhere: (Entry) -> Bool
    ) -> SafetensorsError? {
        let wanted = targets.flatMap(\.layout.segments)
        let own = entries.filter { !$0.isBatchCount && !isElsewhere($0) }
        guard !own.isEmpty, Set(own.map(\.name)).isDisjoint(with: wanted.map(\.name)) else { return nil }
        func list(_ words: [String]) -> String {
            words.prefix(6).joined(separator: ", ") + (words.count > 6 ? ", ... (\(words.count))" : "")
        }
        let fits = own.map(\.shape) == wanted.map(\.shape)
        return SafetensorsError(
            path: path,
            "names its tensors \(list(own.map { "\($0.name) \($0.shape)" })), and the model's are "
                + "\(list(wanted.map { "\($0.name) \($0.shape)" }))"
                + (fits ? "; the shapes are the same in this order, so rename them" : "; rename them before saving"))
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
