/// A type that is written down as an object of named fields: an option list, a layer, a command, a line of a log.
///
/// The one table `fields` reads it, writes it, checks it and explains it. A new type is a value with its defaults as initial
/// values and this table; a case out of several stands under its `word`:
///
///     /// A drop by a factor, again and again.
///     package struct Step: Written, Hashable {
///         package var every = ScheduleLength.steps(1)
///         package var factor = 0.1
///
///         package init() {}
///         package static let word = "step"
///         package static let meaning = "multiplies the rate by a factor, again and again"
///         package static let example = "{ step: 100 }"
///         package static let fields: [Field<Step>] = [
///             Field("every", \.every, .length(from: 1), "how long a stair is").required.main,
///             Field("factor", \.factor, .number(.positive), "what each stair multiplies the rate with"),
///         ]
///     }
///
/// - The order of the fields is the order in messages, in the reference and in what is written.
/// - A default is the initial value, told nowhere else. Where none can be (it follows from others), make the property optional
///   with `.optional(...)` and say `.otherwise("the size")`. The initial value of a required field is never used.
/// - What no single range can say is `problem`: one clause, shown at the place of the whole value.
/// - An enum lists its cases as `Alternatives`: `case step(Step)`, a line in `alternatives`, a line in `chosen`.
/// - `Settings` reads and writes: `FieldReader.read(_:from:)`, `JSON(writing:)`. Forms that are missing are composed in
///   `FieldType` (`.optional`, `.list`, `.pair`, `.words`, `.checked`), or made with its initializer from a `FieldForm`.
package protocol Written: Sendable {
    /// Its name where it is one case out of several, and in messages.
    static var word: String { get }
    /// What it is, in one sentence without a full stop.
    static var meaning: String { get }
    /// Its fields, in the order in which they are written.
    static var fields: [Field<Self>] { get }
    /// How one writes it, in JSON5: `{ step: 100 }`; the word alone where nothing has to be said.
    static var example: String { get }
    /// What to write where nothing but the word stands and that is not enough: `its files: { idx: { ... } }`. A field that is
    /// missing then counts as a missing key; nil for the usual words.
    static var needs: String? { get }
    /// How much of the case is written where it is one out of several.
    static var brevity: Brevity { get }
    /// The value with every default.
    init()
    /// What a key that was written does not go together with, one clause without a full stop, shown at its place; nil where all
    /// does.
    /// - Parameter keys: All that were written.
    func problem(of key: String, beside keys: [String]) -> String?
    /// What does not go together in the value, one clause without a full stop; nil where all does.
    var problem: String? { get }
}

/// How much of a case is written.
package enum Brevity: Sendable {
    /// All its fields: `{ step: { every: 100, factor: 0.1 } }`.
    case fields
    /// The main field's value alone, without its key: `{ standardize: "all" }`.
    case main
    /// The same, and its key is no key at all that could be read: `{ norm: 1 }`. The case has this one field.
    case bare
}

extension Written {
    package static var example: String { "\"\(word)\"" }
    package static var needs: String? { nil }
    package static var brevity: Brevity { .fields }
    package var problem: String? { nil }
    package func problem(of key: String, beside keys: [String]) -> String? { nil }

    /// The keys of its fields, in order.
    package static var keys: [String] { fields.map(\.key) }

    /// The first field whose value lies outside its range, as a clause: `the factor must be a number above 0, not 0`. For values
    /// that were taken as they came.
    package var refusal: String? { Self.fields.refusal(of: self) }
}

extension Array {
    /// The first of the fields whose value in the owner lies outside its range, as a clause.
    package func refusal<Owner>(of owner: Owner) -> String? where Element == Field<Owner> {
        for field in self {
            guard let value = field.get(owner), let clause = field.form.refusal(of: value) else { continue }
            return "\(field.name) \(clause)"
        }
        return nil
    }
}
