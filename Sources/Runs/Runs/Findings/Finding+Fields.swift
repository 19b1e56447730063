import Fields

/// The `finding` line of log and journal.
extension Finding: Written {
    /// Something raised, to be filled by its fields.
    package init() {
        self.init(
            .nonFinite, .raised, at: Position(step: 0), isHeadline: false, onset: 0, value: .nan, threshold: .nan,
            text: "")
    }

    package static let word = "finding"
    package static let meaning = "something is wrong with the run from here on, or no longer"
    package static let fields: [Field<Finding>] =
        Field<Finding>.position(\.position) + [
            Field("finding", \.kind, .word, "what is wrong").required,
            Field("state", \.state, .word, "whether it is the case from here on").required,
            Field("headline", \.isHeadline, .flag, "whether it is the first cause of all that stand").required,
            Field("onset", \.onset, .integer(0...), "the update at which it began").required,
            Field("layer", \.layer, .nullable(.text), "the layer where it shows; null where it concerns the whole run"),
            Field("value", \.value, .unlessNaN, "what was measured"),
            Field("threshold", \.threshold, .unlessNaN, "what it was held against"),
            Field("text", \.text, .text, "the cause in one line").required,
        ]
}
