/// Where a layer stands in the config: `model[3].residual.body[1].conv2d`.
package struct LayerPlace: Hashable, Sendable, CustomStringConvertible {
    /// The way from the model's list to the layer's entry.
    package let steps: [Step]
    /// The config's word for the layer.
    package let kind: String

    /// One turn of the way.
    package enum Step: Hashable, Sendable {
        /// An element of a list.
        case index(Int)
        /// A member of an object: the block's kind, and the list within it.
        case key(String)
    }

    package init(steps: [Step], kind: String) {
        self.steps = steps
        self.kind = kind
    }

    /// A layer that is an entry of the model itself, not within another.
    package init(index: Int, kind: String) { self.init(steps: [.index(index)], kind: kind) }

    /// Index of the entry of `model` that the layer is, or stands in.
    package var index: Int {
        if case .index(let index)? = steps.first { index } else { 0 }
    }

    /// PyTorch's name of the module in nested `nn.Sequential`s: `3.body.1`.
    var name: String {
        var parts: [String] = []
        for (position, step) in steps.enumerated() {
            switch step {
            case .index(let index): parts.append(String(index))
            case .key(let key):
                // The kind of the block is no module of its own.
                if position + 1 < steps.count, case .key = steps[position + 1] { continue }
                parts.append(key)
            }
        }
        return parts.joined(separator: ".")
    }

    /// How many blocks it stands in.
    var depth: Int { steps.count { if case .key = $0 { true } else { false } } / 2 }

    /// The entry at `index` of a list within this block.
    func inside(_ part: String, _ indices: Int..., kind: String) -> LayerPlace {
        LayerPlace(steps: steps + [.key(self.kind), .key(part)] + indices.map { .index($0) }, kind: kind)
    }

    package var description: String {
        let path = steps.reduce("model") { text, step in
            switch step {
            case .index(let index): "\(text)[\(index)]"
            case .key(let key): "\(text).\(key)"
            }
        }
        return "\(path).\(kind)"
    }
}
