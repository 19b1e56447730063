/// Where each tensor lies in a flat buffer: parameters, gradients and optimizer slots share one layout.
///
/// Segments begin on 64-byte boundaries; the gaps between them hold zeros for ever, so passes over the whole buffer
/// need no care.
package struct ParameterLayout: Sendable {
    /// The tensors in the order of memory.
    package private(set) var segments: [Segment] = []
    /// Length of the flat buffer, gaps included.
    package private(set) var count = 0

    /// No tensors yet.
    package init() {}

    /// One tensor.
    package struct Segment: Hashable, Sendable {
        /// PyTorch's name: `0.weight`, `3.body.0.bias`, `1.running_mean`.
        package let name: String
        /// Its extents; it lies row-major.
        package let shape: Shape
        /// Where it begins, in numbers: a multiple of 16.
        package let offset: Int
        /// Whether weight decay applies.
        package let decays: Bool
        /// Frozen segments are never updated.
        package var isFrozen: Bool

        /// The name of the layer that it belongs to.
        package var layer: Substring { name[..<(name.lastIndex(of: ".") ?? name.startIndex)] }
        /// How many numbers it holds.
        package var count: Int { shape.count }
        /// Where it lies, in numbers.
        package var range: Range<Int> { offset..<offset + count }
    }

    /// Appends a tensor and returns its index.
    @discardableResult
    package mutating func add(name: String, shape: Shape, decays: Bool = true, isFrozen: Bool = false) -> Int {
        segments.append(Segment(name: name, shape: shape, offset: count, decays: decays, isFrozen: isFrozen))
        let lanes = FloatBuffer.alignment / MemoryLayout<Float>.stride
        count += (shape.count + lanes - 1) / lanes * lanes
        return segments.count - 1
    }

    /// Freezes the tensors of some layers, and no others.
    package mutating func freeze(_ layers: Set<String>) {
        for index in segments.indices { segments[index].isFrozen = layers.contains(String(segments[index].layer)) }
    }

    /// The same places under longer names.
    ///
    /// - Parameter prefix: what comes before each name.
    package func named(_ prefix: String) -> ParameterLayout {
        guard !prefix.isEmpty else { return self }
        var layout = ParameterLayout()
        for segment in segments {
            layout.add(
                name: prefix + segment.name, shape: segment.shape, decays: segment.decays, isFrozen: segment.isFrozen)
        }
        return layout
    }

    /// Learned numbers, gaps excluded.
    package var parameterCount: Int { segments.reduce(0) { $0 + $1.count } }
}
