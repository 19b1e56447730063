import Machine
import RunStore
import Settings

/// Something by which runs are chosen and sorted: a column of their table, or a key of their config.
struct RunKey {
    let name: String

    private static let columns = [
        "name", "state", "time", "steps", "accuracy", "loss", "seconds", "changes", "path",
    ]

    /// Takes a column's name or a path into the config.
    init(_ name: String) throws(UsageError) {
        guard !name.isEmpty, !name.contains(where: \.isWhitespace) else {
            throw UsageError(
                "\"\(name)\" is no key; write \(Self.columns.joined(separator: ", ")) or a key of the config")
        }
        self.name = name
    }

    /// What can be compared.
    enum Value: Hashable {
        case number(Double)
        case text(String)

        var text: String {
            switch self {
            case .number(let number): JSON.number(number).compact
            case .text(let text): text
            }
        }
    }

    /// A run's value; nil where it has none.
    func value(of run: RunRecord) -> Value? {
        switch name {
        case "name": return .text(run.name)
        case "state": return .text(run.state.rawValue)
        case "path": return .text(run.path)
        case "time": return .number(run.began)
        case "steps": return .number(Double(run.steps))
        case "accuracy": return run.bestAccuracy.map { .number($0) }
        case "loss": return run.bestLoss.map { .number($0) }
        case "seconds": return .number(run.seconds)
        case "changes": return .number(Double(run.changes))
        default: return Self.find(name.split(separator: ".").map(String.init), in: run.config)
        }
    }

    private static func find(_ path: [String], in setting: Setting) -> Value? {
        guard let first = path.first else {
            switch setting.value {
            case .number(let number, _): return .number(number)
            case .string(let text): return .text(text)
            case .bool(let flag): return .text(flag ? "true" : "false")
            case .null: return .text("null")
            // The name of a case with options is what one compares.
            case .object(let members): return members.count == 1 ? .text(members[0].name) : nil
            case .array: return nil
            }
        }
        switch setting.value {
        case .object(let members):
            return members.first { $0.name == first }.flatMap { find(Array(path.dropFirst()), in: $0.setting) }
        case .array(let elements):
            guard let index = Int(first), elements.indices.contains(index) else { return nil }
            return find(Array(path.dropFirst()), in: elements[index])
        default: return nil
        }
    }

    /// Runs by rising values, those without one at the end, else in their order.
    func sorted(_ runs: [RunRecord]) -> [RunRecord] {
        runs.enumerated().map { ($0.offset, $0.element, value(of: $0.element)) }.sorted { first, second in
            switch (first.2, second.2) {
            case (.number(let a)?, .number(let b)?) where a != b: return a < b
            case (.text(let a)?, .text(let b)?) where a != b: return a < b
            case (_?, nil): return true
            case (nil, _?): return false
            case (.number?, .text?): return true
            case (.text?, .number?): return false
            default: return first.0 < second.0
            }
        }.map(\.1)
    }
}

/// `KEY<VALUE`: what a run has to fulfil to be listed.
struct RunCondition {
    let text: String
    let key: RunKey
    private let sign: String
    private let wanted: String

    // The longer ones first, since they begin with shorter ones.
    private static let signs = ["<=", ">=", "!=", "<", ">", "="]

    init(_ text: String) throws(UsageError) {
        self.text = text
        let found = text.indices.lazy.compactMap { place in
            Self.signs.first { text[place...].hasPrefix($0) }.map { (place, $0) }
        }.first
        guard let (place, sign) = found else {
            throw UsageError(
                "--where \(text): KEY, one of = != < <= > >= and a value are due, as in 'optimizer.sgd.learningRate>0.01'"
            )
        }
        key = try RunKey(String(text[..<place]).trimmed)
        self.sign = sign
        wanted = String(text[text.index(place, offsetBy: sign.count)...]).trimmed
        guard !wanted.isEmpty else { throw UsageError("--where \(text): a value is due behind \(sign)") }
        if ["<", ">", "<=", ">="].contains(sign), Double(wanted) == nil {
            throw UsageError("--where \(text): \(sign) compares numbers, and \"\(wanted)\" is none")
        }
    }

    /// Whether it holds; never where the run has no such key, but for `!=`.
    func holds(for run: RunRecord) -> Bool {
        guard let value = key.value(of: run) else { return sign == "!=" }
        if case .number(let number) = value, let wanted = Double(wanted) {
            switch sign {
            case "<": return number < wanted
            case ">": return number > wanted
            case "<=": return number <= wanted
            case ">=": return number >= wanted
            case "!=": return number != wanted
            default: return number == wanted
            }
        }
        switch sign {
        case "=": return value.text == wanted
        case "!=": return value.text != wanted
        default: return false
        }
    }
}
