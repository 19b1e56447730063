/// One field of a type that is written down: its key, its form, what it means, and the way to it.
///
///     Field("factor", \.factor, .number(.positive), "what each stair multiplies the rate with")
///     Field("every", \.every, .length(from: 1), "how long a stair is").required.main
package struct Field<Owner>: Sendable {
    /// What it is called where it is written: the `momentum` of `optimizer.sgd.momentum`.
    package let key: String
    /// What may stand there, and what does not fit it.
    package let form: FieldForm
    /// What it does, in one sentence without a full stop.
    package let meaning: String
    /// Whether `{ word: value }` is short for `{ word: { key: value } }`.
    package private(set) var isMain = false
    /// Whether there is no default.
    package private(set) var isRequired = false
    /// Whether it is left out of what is written where it says the default.
    package private(set) var isBrief = false
    /// What holds where the field is absent, in words, for what no single value tells: `the size`.
    package private(set) var otherwise: String?
    /// The field in a refusal: `the factor`.
    package private(set) var name: String
    /// What is to be written; nil leaves the field out.
    package let get: @Sendable (Owner) -> FieldValue?
    /// Puts in what was read.
    package let set: @Sendable (inout Owner, FieldValue) -> Void

    /// A field that is a stored or computed property of its owner.
    package init<Value>(
        _ key: String, _ path: WritableKeyPath<Owner, Value> & Sendable, _ type: FieldType<Value>, _ meaning: String
    ) {
        self.init(
            key, type, meaning, get: { $0[keyPath: path] }, set: { owner, value in owner[keyPath: path] = value })
    }

    /// A field whose owner keeps it in another shape, such as the payload of a case.
    package init<Value>(
        _ key: String, _ type: FieldType<Value>, _ meaning: String, get: @escaping @Sendable (Owner) -> Value,
        set: @escaping @Sendable (inout Owner, Value) -> Void
    ) {
        self.key = key
        form = type.form
        self.meaning = meaning
        name = "the \(key)"
        self.get = { type.encode(get($0)) }
        self.set = { owner, value in set(&owner, type.decode(value)) }
    }

    /// The same field as the one whose value may stand without its key.
    package var main: Field {
        var field = self
        field.isMain = true
        return field
    }

    /// The same field without a default: it has to be written.
    package var required: Field {
        var field = self
        field.isRequired = true
        return field
    }

    /// The same field, left out of what is written where it says the default.
    package var brief: Field {
        var field = self
        field.isBrief = true
        return field
    }

    /// The same field, with words for what holds where it is absent.
    package func otherwise(_ words: String) -> Field {
        var field = self
        field.otherwise = words
        return field
    }

    /// The same field under another name in refusals: `the rate to end with`.
    package func called(_ name: String) -> Field {
        var field = self
        field.name = name
        return field
    }

    /// The same field of a type that holds the owner.
    package func within<Whole>(_ path: WritableKeyPath<Whole, Owner> & Sendable) -> Field<Whole> {
        let (get, set) = (self.get, self.set)
        var field = Field<Whole>(
            key, FieldType<FieldValue?>(form, decode: { $0 }, encode: { $0 }), meaning,
            get: { get($0[keyPath: path]) },
            set: { whole, value in if let value { set(&whole[keyPath: path], value) } })
        (field.isMain, field.isRequired, field.isBrief) = (isMain, isRequired, isBrief)
        (field.otherwise, field.name) = (otherwise, name)
        return field
    }
}
