/// A named tensor to be written.
package struct SafetensorsTensor: Sendable {
    package let name: String
    package let shape: Shape
    package let values: Values

    package enum Values: Hashable, Sendable {
        case floats([Float])
        case integers([Int64])

        var count: Int {
            switch self {
            case .floats(let values): values.count
            case .integers(let values): values.count
            }
        }
    }

    package init(name: String, shape: Shape, values: Values) {
        precondition(values.count == shape.count, "\(name) of shape \(shape) cannot hold \(values.count) numbers")
        self.name = name
        self.shape = shape
        self.values = values
    }

    /// The same tensor under another name.
    package func named(_ name: String) -> SafetensorsTensor {
        SafetensorsTensor(name: name, shape: shape, values: values)
    }

    /// The segments of a flat buffer.
    package static func segments(of layout: ParameterLayout, in buffer: FloatBuffer) -> [SafetensorsTensor] {
        precondition(buffer.count == layout.count, "the layout holds \(layout.count) numbers, not \(buffer.count)")
        return layout.segments.map { segment in
            SafetensorsTensor(
                name: segment.name, shape: segment.shape, values: .floats(Array(buffer.values[segment.range])))
        }
    }
}
