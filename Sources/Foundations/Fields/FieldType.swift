/// A type of Swift as fields write it: its form, and the way there and back.
package struct FieldType<Value>: Sendable {
    /// What may stand there; `decode` is given nothing else.
    package let form: FieldForm
    /// The value that was read; only ever given what `form` accepts.
    package let decode: @Sendable (FieldValue) -> Value
    /// What is to be written; nil leaves the field out.
    package let encode: @Sendable (Value) -> FieldValue?

    /// A type by its form and the two ways, which must undo each other: `decode(encode(value))` is the value.
    package init(
        _ form: FieldForm, decode: @escaping @Sendable (FieldValue) -> Value,
        encode: @escaping @Sendable (Value) -> FieldValue?
    ) {
        self.form = form
        self.decode = decode
        self.encode = encode
    }

    /// The same type with one more condition.
    /// - Parameters:
    ///   - words: the form in words for the reference; nil for the words of the type.
    ///   - problem: the clause that says what is wrong with a value, nil where nothing is.
    package func checked(
        _ words: String? = nil, _ problem: @escaping @Sendable (Value) -> String?
    ) -> FieldType<Value> {
        FieldType(
            .checked(form, words: words) { [decode] in problem(decode($0)) }, decode: decode, encode: encode)
    }

    /// What a reader that keeps to `form` can never hand over.
    static func unreadable(_ value: FieldValue) -> Never {
        preconditionFailure("\(value) is not what a field of \(Value.self) takes")
    }
}

extension FieldType<Bool> {
    /// `true` or `false`.
    package static let flag = FieldType(
        .flag, decode: { if case .flag(let flag) = $0 { flag } else { unreadable($0) } }, encode: { .flag($0) })
}

extension FieldType<Double> {
    /// A number of double precision.
    package static func number(_ range: NumberRange = .all) -> FieldType {
        FieldType(.number(range), decode: { $0.asNumber }, encode: { .number($0) })
    }
}

extension FieldType<Float> {
    /// A number of single precision.
    package static func float(_ range: NumberRange = .all) -> FieldType {
        FieldType(.number(range), decode: { Float($0.asNumber) }, encode: { .float($0) })
    }
}

extension FieldType where Value: FixedWidthInteger & Sendable {
    /// A whole number; of an unsigned type what `Int` can hold of it.
    package static func integer(_ range: ClosedRange<Int>) -> FieldType {
        FieldType(
            .integer(range), decode: { if case .integer(let integer) = $0 { Value(integer) } else { unreadable($0) } },
            encode: { .integer(Int($0)) })
    }

    /// A whole number of at least the lower bound.
    package static func integer(_ range: PartialRangeFrom<Int>) -> FieldType {
        integer(range.lowerBound...Int.max)
    }
}

extension FieldType<UInt64> {
    /// A whole number of 64 bits, as seeds are.
    package static let unsigned = FieldType(
        .unsigned, decode: { if case .unsigned(let integer) = $0 { integer } else { unreadable($0) } },
        encode: { .unsigned($0) })
}

extension FieldType<String> {
    /// Any string.
    package static let text = string(.text)
    /// A file or a folder, never empty.
    package static let path = string(.path)
    /// One of these strings.
    package static func word(_ words: [String]) -> FieldType { string(.word(words)) }

    private static func string(_ form: FieldForm) -> FieldType {
        FieldType(
            form, decode: { if case .text(let text) = $0 { text } else { unreadable($0) } }, encode: { .text($0) })
    }
}

extension FieldType where Value: CaseIterable & RawRepresentable<String> & Sendable {
    /// One of the type's cases, by its raw value.
    package static var word: FieldType {
        FieldType(
            .word(Value.allCases.map(\.rawValue)),
            decode: { value in
                guard case .text(let text) = value, let found = Value(rawValue: text) else { unreadable(value) }
                return found
            }, encode: { .text($0.rawValue) })
    }
}

extension FieldType where Value: Hashable & Sendable {
    /// One of these values, by its word; a message lists the words in this order.
    package static func words(_ words: KeyValuePairs<String, Value>) -> FieldType {
        let pairs = words.map { (word: $0.key, value: $0.value) }
        return FieldType(
            .word(pairs.map(\.word)),
            decode: { value in
                guard case .text(let text) = value, let pair = pairs.first(where: { $0.word == text }) else {
                    unreadable(value)
                }
                return pair.value
            }, encode: { value in pairs.first { $0.value == value }.map { .text($0.word) } })
    }
}

extension FieldType {
    /// A value or its absence: nil is not written, and what is absent stays nil.
    package static func optional<Wrapped>(_ type: FieldType<Wrapped>) -> FieldType where Value == Wrapped? {
        FieldType(type.form, decode: { type.decode($0) }, encode: { $0.flatMap(type.encode) })
    }

    /// A value or null, which stands for nil.
    package static func nullable<Wrapped>(_ type: FieldType<Wrapped>) -> FieldType where Value == Wrapped? {
        FieldType(
            .nullable(type.form), decode: { if case .null = $0 { nil } else { type.decode($0) } },
            encode: { $0.flatMap(type.encode) ?? .null })
    }

    /// A list of values of one type, of any length; `checked` sets bounds.
    package static func list<Element>(_ type: FieldType<Element>) -> FieldType where Value == [Element] {
        FieldType(
            .list(type.form),
            decode: { if case .list(let values) = $0 { values.map(type.decode) } else { unreadable($0) } },
            encode: { .list($0.compactMap(type.encode)) })
    }

    /// Two values of one type as `[first, second]`, or as one for both.
    /// - Parameter names: the two as a message shows them: `[height, width]`.
    package static func pair<Element>(
        _ type: FieldType<Element>, _ names: String, orOne: Bool,
        join: @escaping @Sendable (Element, Element) -> Value, split: @escaping @Sendable (Value) -> (Element, Element)
    ) -> FieldType {
        FieldType(
            .pair(type.form, names: names, orOne: orOne),
            decode: { value in
                guard case .list(let values) = value, values.count == 2 else { unreadable(value) }
                return join(type.decode(values[0]), type.decode(values[1]))
            },
            encode: { value in
                let (first, second) = split(value)
                return .list([first, second].compactMap(type.encode))
            })
    }
}

extension FieldType where Value: Written {
    /// An object with fields of its own.
    package static var object: FieldType {
        FieldType(
            .object(Value.self),
            decode: { value in
                guard case .written(let written as Value) = value else { unreadable(value) }
                return written
            }, encode: { .written($0) })
    }
}

extension FieldType where Value: Alternatives {
    /// One case out of several, by its word.
    package static var choice: FieldType {
        FieldType(
            .choice(Value.self),
            decode: { value in
                guard case .chosen(let chosen as Value) = value else { unreadable(value) }
                return chosen
            }, encode: { .chosen($0) })
    }
}
