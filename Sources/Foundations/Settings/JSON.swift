/// A JSON value to be written; objects keep the order of their keys.
package indirect enum JSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case unsigned(UInt64)
    /// Written with the fewest digits that read back to the same bits; not finite, as a string.
    case number(Double)
    /// The same with the fewest digits for a `Float`: 0.1, not 0.10000000149011612.
    case float(Float)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    /// A number of single precision.
    package static func number(_ value: Float) -> JSON { .float(value) }

    /// On one line without blanks.
    package var compact: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSON {
    /// A setting as it would be written in plain JSON; whole numbers stay exact.
    package init(_ setting: Setting) {
        switch setting.value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let number, let text):
            if let integer = Setting.exactInteger(text, as: Int.self), integer != 0 {
                self = .integer(integer)
            } else if let integer = Setting.exactInteger(text, as: UInt64.self), integer != 0 {
                self = .unsigned(integer)
            } else {
                self = .number(number)
            }
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSON($0) })
        case .object(let members): self = .object(members.map { ($0.name, JSON($0.setting)) })
        }
    }
}

// A JSON value can be written as the Swift literal that looks like it.
extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// Keeps the order of the literal.
    package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
}
