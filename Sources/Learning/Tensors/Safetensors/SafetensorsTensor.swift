/// A named tensor to be written.
package struct SafetensorsTensor: Sendable {
    /// Its name, unique in the file.
    package let name: String
    /// Its extents.
    package let shape: Shape
    /// Its numbers, row-major: as many as the shape counts.
    package let values: Values

    /// Numbers of one of the types that are written.
    package enum Values: Hashable, Sendable {
        case floats([Float])
        case integers([Int64])

        /// Bytes that they take.
        package var byteCount: Int {
            switch self {
            case .floats(let numbers): 4 * numbers.count
            case .integers(let numbers): 8 * numbers.count
            }
        }

        var count: Int {
            switch self {
            case .floats(let values): values.count
            case .integers(let values): values.count
            }
        }
    }

    /// A tensor of numbers; traps where their count is not the shape's.
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
