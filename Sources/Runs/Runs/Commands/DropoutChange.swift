import Fields

/// With which probability dropout layers drop from now on.
package struct DropoutChange: Hashable, Sendable, Codable {
    /// The probability of a value to be dropped, at least 0 and below 1.
    package var p: Double
    /// The name of the one layer that it is about; nil for all of them.
    package var layer: String?

    /// All dropout layers, where none is named.
    package init(p: Double, layer: String? = nil) {
        self.p = p
        self.layer = layer
    }
}

extension DropoutChange: Written {
    package init() { self.init(p: 0.5) }

    package static let word = "setDropout"
    package static let meaning = "with which probability dropout layers drop"
    package static let fields: [Field<DropoutChange>] = [
        Field("p", \.p, .number(.within(0..<1)), "the probability of a value to be dropped").called("the probability")
            .required,
        Field("layer", \.layer, .optional(.layer), "the layer, by its name").otherwise("all dropout layers"),
    ]
}

extension FieldType<DropoutChange> {
    /// `0.3` or `{ p: 0.3, layer: "4" }`.
    static var dropout: FieldType {
        let (number, object) = (FieldType<Double>.number(.within(0..<1)), FieldType<DropoutChange>.object)
        return FieldType(
            .either([number.form, object.form], due: "a probability or { \"p\": 0.3, \"layer\": \"4\" } is due here"),
            decode: { value in
                if case .written = value { object.decode(value) } else { DropoutChange(p: number.decode(value)) }
            }, encode: { $0.layer == nil ? number.encode($0.p) : object.encode($0) })
    }
}
