import Fields

extension JSON {
    /// An object with the value's fields, in the order of its table.
    /// - Parameter omittingDefaults: whether fields that say what holds anyway are left out.
    package init(writing value: some Written, omittingDefaults: Bool = false) {
        self = .object(Self.members(of: value, omittingDefaults: omittingDefaults))
    }

    /// A case under its word with its options, or the word alone where there is nothing else to say.
    package init<Whole: Alternatives>(writing whole: Whole, omittingDefaults: Bool = false) {
        let chosen = whole.chosen
        let word = type(of: chosen).word
        let own = Self.members(of: chosen, omittingDefaults: omittingDefaults)
        var (common, beside): ([(String, JSON)], [(String, JSON)]) = ([], [])
        if !Whole.commonFields.isEmpty || !Whole.fieldsBeside.isEmpty,
            let alternative = Whole.alternatives.first(where: { $0.kind.word == word })
        {
            let standard = alternative.whole(alternative.kind.init())
            common = Self.members(of: whole, Whole.commonFields, standard, omittingDefaults)
            beside = Self.members(of: whole, Whole.fieldsBeside, standard, omittingDefaults)
        }
        let members = Whole.commonFieldsLead ? common + own : own + common
        if type(of: chosen).brevity != .fields, let main = members.first, members.count == 1 {
            self = .object([(word, main.1)] + beside)
        } else if members.isEmpty, beside.isEmpty, Whole.writesBareWords {
            self = .string(word)
        } else {
            self = .object([(word, .object(members))] + beside)
        }
    }

    private static func members<Value: Written>(of value: Value, omittingDefaults: Bool) -> [(String, JSON)] {
        members(of: value, Value.fields, Value(), omittingDefaults)
    }

    private static func members<Owner>(
        of owner: Owner, _ fields: [Field<Owner>], _ standard: Owner, _ omittingDefaults: Bool
    ) -> [(String, JSON)] {
        var members: [(String, JSON)] = []
        for field in fields {
            guard let value = field.get(owner) else { continue }
            let json = JSON(value, omittingDefaults: omittingDefaults)
            if field.isBrief || omittingDefaults, !field.isRequired, let usual = field.get(standard),
                JSON(usual, omittingDefaults: omittingDefaults).compact == json.compact
            {
                continue
            }
            members.append((field.key, json))
        }
        return members
    }

    /// What a field holds, as a text writes it.
    package init(_ value: FieldValue, omittingDefaults: Bool = false) {
        switch value {
        case .null: self = .null
        case .flag(let flag): self = .bool(flag)
        case .integer(let integer): self = .integer(integer)
        case .unsigned(let integer): self = .unsigned(integer)
        case .number(let number): self = .number(number)
        case .float(let number): self = .float(number)
        case .text(let text): self = .string(text)
        case .epochs(let count): self = ["epochs": .number(count)]
        case .list(let values): self = .array(values.map { JSON($0, omittingDefaults: omittingDefaults) })
        case .member(let word, let value): self = .object([(word, JSON(value, omittingDefaults: omittingDefaults))])
        case .written(let written): self = JSON(writing: written, omittingDefaults: omittingDefaults)
        case .chosen(let chosen): self = JSON(writing: chosen, omittingDefaults: omittingDefaults)
        }
    }
}
