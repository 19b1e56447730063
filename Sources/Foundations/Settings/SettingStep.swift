/// One step of a path that a person writes, such as the three of `model[3].linear`.
enum SettingStep: Equatable {
    case name(String)
    case index(Int)

    struct SyntaxError: Error {
        let message: String
    }

    /// Reads names separated by dots, indices `[3]` and quoted names `["a b"]`.
    static func parse(_ path: String) throws(SyntaxError) -> [SettingStep] {
        var steps: [SettingStep] = []
        var rest = Substring(path)
        var nameIsDue = true
        while let first = rest.first {
            if first == "[" {
                steps.append(try bracket(&rest))
                nameIsDue = false
            } else {
                if first == ".", !nameIsDue {
                    rest.removeFirst()
                } else if !nameIsDue {
                    throw SyntaxError(message: "a dot is due after \"]\"")
                }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { throw SyntaxError(message: "a name is missing") }
                steps.append(.name(String(name)))
                rest = rest.dropFirst(name.count)
                nameIsDue = false
            }
        }
        guard !steps.isEmpty else { throw SyntaxError(message: "it is empty") }
        return steps
    }

    private static func bracket(_ rest: inout Substring) throws(SyntaxError) -> SettingStep {
        rest.removeFirst()
        if let quote = rest.first, quote == "\"" || quote == "'" {
            let body = rest.dropFirst()
            guard let end = body.firstIndex(of: quote), body[body.index(after: end)...].first == "]" else {
                throw SyntaxError(message: "the bracket is not closed")
            }
            rest = body[body.index(end, offsetBy: 2)...]
            return .name(String(body[..<end]))
        }
        guard let end = rest.firstIndex(of: "]") else { throw SyntaxError(message: "the bracket is not closed") }
        guard rest.first?.isNumber == true, let index = Int(rest[..<end]) else {
            throw SyntaxError(message: "an index is due in the brackets")
        }
        rest = rest[rest.index(after: end)...]
        return .index(index)
    }
}
