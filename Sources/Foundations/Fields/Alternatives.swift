/// A type of which a text chooses one case by its word: an enum whose cases hold a `Written` value each.
///
///     extension Shape: Alternatives {
///         static let alternatives: [Alternative<Shape>] = [Alternative(Shape.constant), Alternative(Shape.step)]
///         var chosen: any Written {
///             switch self {
///             case .constant(let shape): shape
///             case .step(let shape): shape
///             }
///         }
///     }
package protocol Alternatives: Sendable {
    /// The cases, in the order in which messages and the reference list them.
    static var alternatives: [Alternative<Self>] { get }
    /// Fields that stand beside those of whatever case is chosen.
    static var commonFields: [Field<Self>] { get }
    /// Whether the common fields come before those of the case.
    static var commonFieldsLead: Bool { get }
    /// Whether a case without anything to say is written as its word alone, not as `{ word: {} }`.
    static var writesBareWords: Bool { get }
    /// Fields that stand beside the word, for whatever case: `{ digits: { ... }, memoryLimit: 1000 }`.
    static var fieldsBeside: [Field<Self>] { get }
    /// The case at hand.
    var chosen: any Written { get }
    /// What does not go together in the whole, one clause without a full stop; nil where all does.
    var problem: String? { get }
}

extension Alternatives {
    package static var commonFields: [Field<Self>] { [] }
    package static var commonFieldsLead: Bool { false }
    package static var fieldsBeside: [Field<Self>] { [] }
    package static var writesBareWords: Bool { true }
    package var problem: String? { nil }

    /// Each case once, with its defaults.
    package static var standards: [Self] { alternatives.map { $0.whole($0.kind.init()) } }

    /// What the cases are called where they are written, in the order of `alternatives`.
    package static var words: [String] { alternatives.map { $0.kind.word } }
}

/// One case of `Whole`.
package struct Alternative<Whole>: Sendable {
    /// The type of what the case holds.
    package let kind: any Written.Type
    private let wrap: @Sendable (any Written) -> Whole

    /// - Parameters:
    ///   - kind: the type of what the case holds, as one of a list of types.
    ///   - wrap: makes the whole of a value of that type.
    package init(_ kind: any Written.Type, wrap: @escaping @Sendable (any Written) -> Whole) {
        self.kind = kind
        self.wrap = wrap
    }

    /// - Parameter wrap: makes the whole of what the case holds; the enum's case itself.
    package init<Kind: Written>(_ wrap: @escaping @Sendable (Kind) -> Whole) {
        kind = Kind.self
        self.wrap = { written in
            guard let written = written as? Kind else { preconditionFailure("\(written) is no \(Kind.self)") }
            return wrap(written)
        }
    }

    /// The whole with this case.
    /// - Precondition: `written` is of the type `kind`.
    package func whole(_ written: any Written) -> Whole { wrap(written) }

    /// The same case of another type that holds this one.
    package func map<Other>(_ transform: @escaping @Sendable (Whole) -> Other) -> Alternative<Other> {
        Alternative<Other>(kind) { [wrap] in transform(wrap($0)) }
    }
}
