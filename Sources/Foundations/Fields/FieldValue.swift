/// What stands, or is to stand, in a field, between the text that is read or written and the value of a type.
package indirect enum FieldValue: Sendable {
    /// Nothing, where a field may say so.
    case null
    case flag(Bool)
    case integer(Int)
    /// A whole number from 0, of 64 bits.
    case unsigned(UInt64)
    /// A number of double precision; not finite only where the reader allows it.
    case number(Double)
    /// A number of single precision, written with fewer digits.
    case float(Float)
    /// A string: any text, a path, or one of several words.
    case text(String)
    /// A length in epochs; one in steps is an `integer`.
    case epochs(Double)
    case list([FieldValue])
    /// An object of one member.
    case member(String, FieldValue)
    /// An object with fields of its own.
    case written(any Written)
    /// One case out of several, with its options.
    case chosen(any Alternatives)
}

extension FieldValue {
    /// A number, whole or not; NaN for what is none.
    package var asNumber: Double {
        switch self {
        case .number(let number): number
        case .float(let number): Double(number)
        case .integer(let integer): Double(integer)
        case .unsigned(let integer): Double(integer)
        default: .nan
        }
    }
}
