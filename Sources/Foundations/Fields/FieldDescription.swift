/// A field without its owner, for a reference, hints and completion.
package struct FieldDescription: Sendable {
    /// What it is called where it is written.
    package let key: String
    /// What may stand there, and what does not fit it.
    package let form: FieldForm
    /// What it does, in one sentence without a full stop.
    package let meaning: String
    /// Whether `{ word: value }` is short for `{ word: { key: value } }`.
    package let isMain: Bool
    /// Whether there is no default.
    package let isRequired: Bool
    /// The default; nil for a required field and where nothing is written by default.
    package let standard: FieldValue?
    /// What holds where the field is absent, in words.
    package let otherwise: String?

    /// - Parameter owner: a value with every default.
    init<Owner>(_ field: Field<Owner>, in owner: Owner) {
        key = field.key
        form = field.form
        meaning = field.meaning
        isMain = field.isMain
        isRequired = field.isRequired
        standard = field.isRequired ? nil : field.get(owner)
        otherwise = field.otherwise
    }
}

extension Written {
    /// The fields with their defaults.
    package static var descriptions: [FieldDescription] {
        let owner = Self()
        return fields.map { FieldDescription($0, in: owner) }
    }
}

extension Alternatives {
    /// The fields that stand beside the word of whatever case, with their defaults.
    package static var descriptionsBeside: [FieldDescription] {
        guard let whole = standards.first else { return [] }
        return fieldsBeside.map { FieldDescription($0, in: whole) }
    }

    /// The fields that stand with a case, with their defaults there: its own and the common ones, in the order of writing.
    /// - Parameter word: one of `words`; nil where there is no such case.
    package static func descriptions(of word: String) -> [FieldDescription]? {
        guard let alternative = alternatives.first(where: { $0.kind.word == word }) else { return nil }
        let whole = alternative.whole(alternative.kind.init())
        let common = commonFields.map { FieldDescription($0, in: whole) }
        let own = alternative.kind.descriptions
        return commonFieldsLead ? common + own : own + common
    }
}
