import Fields
import Tensors

/// One kind of entry of a config's `model`, with PyTorch's meaning and defaults: its options as a table of fields, what they refuse,
/// the shape it gives and the node that it becomes.
///
/// A new one is a struct with this protocol in a file of this folder and its line in `LayerSpecification`.
protocol Layer: Written, Hashable {
    /// Checks the options and the shape that comes in (`graph.shape`), and appends the layer's parameters and nodes.
    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError)
}

extension FieldType<Extent2> {
    /// A height and a width, or one number for both, each at most 65,535.
    static func extent(from least: Int) -> FieldType {
        let both = FieldType<Extent2>.pair(
            .integer(least...65_535) as FieldType<Int>, "[height, width]", orOne: true,
            join: { Extent2(height: $0, width: $1) }, split: { ($0.height, $0.width) })
        return FieldType(
            both.form, decode: both.decode,
            encode: { $0.height == $0.width ? .integer($0.height) : both.encode($0) })
    }
}

extension FieldType<Int> {
    /// A length along a sequence, at most 65,535.
    static func extent(from least: Int) -> FieldType { .integer(least...65_535) }
}

extension Field {
    /// A layer's own initializer; nil where it begins as the rest of the network does.
    static func initializer(
        _ path: WritableKeyPath<Owner, LayerInitializer?> & Sendable
    ) -> Field {
        Field("initializer", path, .optional(.choice), "how its weights and biases begin").otherwise("the network's")
    }
}
