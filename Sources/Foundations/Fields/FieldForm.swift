/// How a field's value is written: what a reader accepts, a reference explains and a refusal names.
package indirect enum FieldForm: Sendable {
    /// `true` or `false`.
    case flag
    /// `true`, where nothing else has to be said.
    case yes
    /// A number.
    case number(NumberRange)
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A whole number from 0 to 2^64 - 1.
    case unsigned
    /// Any string.
    case text
    /// A file or folder; relative ones start from the folder of the file they stand in.
    case path
    /// One of these strings.
    case word([String])
    /// A number of steps of at least so many, or `{ epochs: n }`.
    case length(from: Int)
    /// A list of values of one form.
    case list(FieldForm)
    /// `[first, second]`, or one value for both where `orOne` says so; `names` as in `[height, width]`.
    case pair(FieldForm, names: String, orOne: Bool)
    /// The first form that fits the kind of what stands there (a string, a number, a list, ...); where none does the last one, or
    /// an error with the words of `due`.
    case either([FieldForm], due: String? = nil)
    /// A value or `null`.
    case nullable(FieldForm)
    /// An object with fields.
    case object(any Written.Type)
    /// One case by its word: `"word"`, `{ word: { ... } }` or `{ word: main }`.
    case choice(any Alternatives.Type)
    /// An object of one member, by its word: `{ pause: true }`; for each word the form of its value.
    case member([String], noun: String, form: @Sendable (String) -> FieldForm)
    /// A form with one more condition, checked after reading: the clause that says what is wrong, or nil.
    case checked(FieldForm, words: String?, problem: @Sendable (FieldValue) -> String?)
}

extension FieldForm {
    /// The form in a few words: `number, 0 to 1`, `one of "a", "b"`, `list of layers`.
    package var words: String {
        switch self {
        case .flag: "true or false"
        case .yes: "true"
        case .number(let range): Self.joined(range.noun ?? "number", range.words)
        case .integer(let range): Self.joined("whole number", Self.words(range))
        case .unsigned: "whole number, 0 to 2^64 - 1"
        case .text: "text"
        case .path: "path"
        case .word(let words): words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .length(let least): "steps, from \(least), or { epochs: n }"
        case .list(let element): "list: \(element.words)"
        case .pair(let element, let names, let orOne): "\(orOne ? "one for both or " : "")\(names): \(element.words)"
        case .either(let forms, _): forms.map(\.words).joined(separator: "; or ")
        case .nullable(let form): "\(form.words); or null"
        case .object(let type): "{ \(type.keys.joined(separator: ", ")) }"
        case .choice(let type): "one of " + type.words.joined(separator: ", ")
        case .member(let words, let noun, _): "{ \(noun): value }, one of \(words.joined(separator: ", "))"
        case .checked(let form, let words, _): words ?? form.words
        }
    }

    private static func joined(_ noun: String, _ range: String) -> String {
        range.isEmpty ? noun : "\(noun), \(range)"
    }

    private static func words(_ range: ClosedRange<Int>) -> String {
        let lower = Double(range.lowerBound).inShort
        if range == Int.min...Int.max { return "" }
        return range.upperBound == .max ? "from \(lower)" : "\(lower) to \(Double(range.upperBound).inShort)"
    }

    /// What a text typed by a person means in this form; nil where it means nothing, and for lists and options.
    package func value(of text: String) -> FieldValue? {
        switch self {
        case .yes: return text.isEmpty ? .flag(true) : nil
        case .flag: return text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
        case .number: return Double(text).map { .number($0) }
        case .integer: return Int(text).map { .integer($0) }
        case .unsigned: return UInt64(text).map { .unsigned($0) }
        case .text, .path: return text.isEmpty ? nil : .text(text)
        case .word(let words): return words.contains(text) ? .text(text) : nil
        case .checked(let form, _, let problem):
            return form.value(of: text).flatMap { problem($0) == nil ? $0 : nil }
        case .nullable(let form): return form.value(of: text)
        // A word alone is no answer where several are due.
        case .either(let forms, _): return forms.lazy.compactMap { $0.value(of: text) }.first
        case .length, .list, .pair, .object, .choice, .member: return nil
        }
    }

    /// What is wrong with a value that was taken as it came, after the field's name: `must be a number above 0, not -1`; nil
    /// where it lies in the range. Lengths in epochs and nested values answer for themselves.
    package func refusal(of value: FieldValue) -> String? {
        switch (self, value) {
        case (.number(let range), _):
            return range.contains(value.asNumber)
                ? nil : "must be \(range.demand(of: "number")), not \(value.asNumber.inWords)"
        case (.integer(let range), .integer(let integer)):
            if range.contains(integer) { return nil }
            return range.upperBound == .max
                ? "must be at least \(range.lowerBound), not \(integer)"
                : "must be from \(range.lowerBound) to \(range.upperBound), not \(integer)"
        case (.checked(let form, _, let problem), _): return form.refusal(of: value) ?? problem(value)
        case (.nullable(let form), _):
            if case .null = value { return nil }
            return form.refusal(of: value)
        case (.list(let form), .list(let values)), (.pair(let form, _, _), .list(let values)):
            return values.lazy.compactMap { form.refusal(of: $0) }.first
        default: return nil
        }
    }
}
