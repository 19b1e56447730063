import Fields

/// Reads values by their tables of fields: unknown keys, wrong types and values out of range are errors with a place.
package struct FieldReader: Sendable {
    /// What is done with numbers.
    package enum Strictness: Sendable {
        /// Ranges hold, and numbers are finite: configs and settings.
        case ranges
        /// Numbers may be anything, `"NaN"` and the like included, whole numbers lie in their ranges: lines of logs and journals.
        case records
        /// Ranges hold, but what is wrong or unknown is left out: what a program remembers.
        case whatFits
        /// All numbers are taken as they come, for somebody who answers them: commands.
        case types
    }

    /// What is an error, and what is passed over.
    package let strictness: Strictness
    /// The folder that relative paths start from, by the file that a setting stands in.
    private let folderOf: @Sendable (String) -> String

    /// A reader for one source.
    /// - Parameter folderOf: the folder that relative paths start from, by the file that a setting stands in; empty
    ///   leaves paths as they are.
    package init(
        _ strictness: Strictness = .ranges, folderOf: @escaping @Sendable (String) -> String = { _ in "" }
    ) {
        self.strictness = strictness
        self.folderOf = folderOf
    }

    /// An object that may hold other keys too, which are skipped: a line of a log, which a later program may write.
    package func read<Value: Written>(
        _ type: Value.Type = Value.self, among object: SettingObject
    ) throws(SettingsError) -> Value {
        var value = Value()
        try fill(&value, type.fields, from: object) { key in
            object.setting.error("the key \(key.quoted) is missing")
        }
        if let problem = value.problem { throw object.setting.error(problem) }
        return value
    }

    /// An object that may hold the type's keys only.
    /// - Parameter beside: Keys that may stand there too; the caller reads them.
    package func read<Value: Written>(
        _ type: Value.Type = Value.self, from setting: Setting, beside: [String] = []
    ) throws(SettingsError) -> Value {
        let object = strictness == .whatFits ? try setting.object() : try setting.object(keys: type.keys + beside)
        var value = Value()
        try fill(&value, type.fields, from: object) { key in setting.error("the key \(key.quoted) is missing") }
        try check(value, in: object)
        if let problem = value.problem { throw setting.error(problem) }
        return value
    }

    private func check<Value: Written>(_ value: Value, in object: SettingObject) throws(SettingsError) {
        let keys = object.members.map(\.name)
        for member in object.members {
            if let problem = value.problem(of: member.name, beside: keys) { throw member.setting.error(problem) }
        }
    }

    /// One case by its word, with its options.
    package func read<Whole: Alternatives>(
        _ type: Whole.Type = Whole.self, from setting: Setting
    ) throws(SettingsError) -> Whole {
        let choice = try setting.choice(type.words, beside: type.fieldsBeside.map(\.key))
        guard let alternative = type.alternatives.first(where: { $0.kind.word == choice.name }) else {
            preconditionFailure("\(choice.name) is among the words of \(type), but no case has it")
        }
        var whole = try read(alternative, alternative.kind, choice)
        if !type.fieldsBeside.isEmpty, case .object(let members) = setting.value {
            let object = SettingObject(setting: setting, members: members)
            try fill(&whole, type.fieldsBeside, from: object) { key in setting.error("the key \(key.quoted) is missing")
            }
        }
        return whole
    }

    private func read<Whole: Alternatives, Kind: Written>(
        _ alternative: Alternative<Whole>, _ kind: Kind.Type, _ choice: Choice
    ) throws(SettingsError) -> Whole {
        if choice.option == nil, let needs = kind.needs {
            throw choice.setting.error("\(kind.word) needs \(needs)")
        }
        if kind.brevity == .bare {
            guard let option = choice.option else { throw choice.setting.error("\(kind.word) needs a value") }
            var value = Kind()
            kind.fields[0].set(&value, try self.value(option, kind.fields[0].form))
            return alternative.whole(value)
        }
        let common = Whole.commonFields.map(\.key)
        let main = kind.fields.first(where: \.isMain)?.key ?? Whole.commonFields.first(where: \.isMain)?.key
        let options = try choice.options(
            keys: Whole.commonFieldsLead ? common + kind.keys : kind.keys + common, main: main)
        let place = choice.option ?? choice.setting
        func missing(_ key: String) -> SettingsError {
            if kind.needs != nil { return place.error("the key \(key.quoted) is missing") }
            // What answers a command says less: it stands beside the command itself.
            let example = strictness == .ranges ? ", as in \(kind.example)" : ""
            return place.error("\(kind.word) needs \(key)\(example)")
        }
        var value = Kind()
        try fill(&value, kind.fields, from: options, missing: missing)
        if strictness == .ranges { try check(value, in: options) }
        if let problem = value.problem, strictness == .ranges { throw place.error(problem) }
        var whole = alternative.whole(value)
        try fill(&whole, Whole.commonFields, from: options, missing: missing)
        if let problem = whole.problem, strictness == .ranges { throw place.error(problem) }
        return whole
    }

    private func fill<Owner>(
        _ owner: inout Owner, _ fields: [Field<Owner>], from object: SettingObject,
        missing: (String) -> SettingsError
    ) throws(SettingsError) {
        for field in fields {
            if let setting = object[field.key] {
                if strictness == .whatFits {
                    if let value = try? value(setting, field.form) { field.set(&owner, value) }
                    continue
                }
                field.set(&owner, try value(setting, field.form))
            } else if field.isRequired {
                throw missing(field.key)
            }
        }
    }

    /// What stands there, as the form has it.
    package func value(_ setting: Setting, _ form: FieldForm) throws(SettingsError) -> FieldValue {
        switch form {
        case .flag: return .flag(try setting.bool())
        case .yes:
            guard case .bool(true) = setting.value else { throw setting.mismatch("true is due") }
            return .flag(true)
        case .number(let range): return .number(try number(setting, range))
        case .integer(let range):
            return .integer(try setting.integer(in: strictness == .types ? Int.min...Int.max : range))
        case .unsigned: return .unsigned(try setting.unsigned())
        case .text: return .text(try setting.string())
        case .path: return .text(try path(setting))
        case .word(let words): return .text(try setting.oneOf(words))
        case .length(let least): return try length(setting, from: least)
        case .list(let element):
            var values: [FieldValue] = []
            for entry in try setting.array() { values.append(try value(entry, element)) }
            return .list(values)
        case .pair(let element, let names, let orOne): return try pair(setting, element, names, orOne: orOne)
        case .either(let forms, let due):
            if let form = forms.first(where: setting.fits) { return try value(setting, form) }
            if let due { throw setting.error(due) }
            return try value(setting, forms[forms.count - 1])
        case .nullable(let form): return setting.isNull ? .null : try value(setting, form)
        case .object(let type): return try object(setting, type)
        case .choice(let type): return try choice(setting, type)
        case .member(let words, let noun, let form):
            let members = try setting.object(keys: words).members
            guard let member = members.first, members.count == 1 else {
                throw setting.error("one \(noun) is due here, not \(members.count)")
            }
            // The run answered for its numbers.
            return .member(member.name, try FieldReader(.types).value(member.setting, form(member.name)))
        case .checked(let form, _, let problem):
            let value = try value(setting, form)
            if strictness == .ranges, let problem = problem(value) { throw setting.error(problem) }
            return value
        }
    }

    private func object<Value: Written>(_ setting: Setting, _: Value.Type) throws(SettingsError) -> FieldValue {
        .written(try read(Value.self, from: setting))
    }

    private func choice<Whole: Alternatives>(_ setting: Setting, _: Whole.Type) throws(SettingsError) -> FieldValue {
        .chosen(try read(Whole.self, from: setting))
    }

    private func number(_ setting: Setting, _ range: NumberRange) throws(SettingsError) -> Double {
        guard strictness == .ranges || strictness == .whatFits else { return try setting.anyDouble() }
        guard range.noun == nil else {
            let number = try setting.double()
            guard range.contains(number) else {
                throw setting.error("\(range.demand) is due, not \(JSON(setting).compact)")
            }
            return number
        }
        if range == .positive { return try setting.positiveDouble() }
        if range == .all { return try setting.double() }
        return range.includesUpper
            ? try setting.double(in: range.lower...range.upper) : try setting.double(in: range.lower..<range.upper)
    }

    private func pair(
        _ setting: Setting, _ element: FieldForm, _ names: String, orOne: Bool
    ) throws(SettingsError) -> FieldValue {
        guard case .array(let entries) = setting.value else {
            guard orOne else {
                _ = try setting.array()
                return .null
            }
            let both = try value(setting, element)
            return .list([both, both])
        }
        guard entries.count == 2 else { throw setting.error("\(orOne ? "one number or " : "")\(names) is due") }
        return .list([try value(entries[0], element), try value(entries[1], element)])
    }

    /// A number of steps, or `{ epochs: n }`.
    private func length(_ setting: Setting, from least: Int) throws(SettingsError) -> FieldValue {
        let range = strictness == .types ? Int.min...Int.max : least...1_000_000_000
        if case .number = setting.value { return .integer(try setting.integer(in: range)) }
        let choice = try setting.choice(["epochs", "steps"])
        guard let count = choice.option else { throw setting.error("a number of steps or { epochs: n } is due") }
        guard choice.name == "epochs" else { return .integer(try count.integer(in: range)) }
        guard strictness == .ranges else { return .epochs(try count.anyDouble()) }
        let epochs = try count.double(in: 0...1e6)
        guard epochs > 0 || least == 0 else { throw count.error("a number of epochs above 0 is due") }
        return .epochs(epochs)
    }

    /// An absolute path, or one relative to the folder of the file it stands in.
    private func path(_ setting: Setting) throws(SettingsError) -> String {
        let written = try setting.string()
        guard !written.isEmpty else { throw setting.error("a path is due, not an empty string") }
        guard written.utf8.first != UInt8(ascii: "/") else { return written }
        let folder = folderOf(setting.place.file)
        return folder.isEmpty || folder == "." ? written : "\(folder)/\(written)"
    }
}

extension Setting {
    /// A number, also one that is not finite: `NaN` or, as logs write it, `"NaN"`.
    package func anyDouble() throws(SettingsError) -> Double {
        guard case .string(let text) = value else { return try double() }
        switch text {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: return try double()
        }
    }

    /// Whether the form takes values of this kind, whatever they say.
    fileprivate func fits(_ form: FieldForm) -> Bool {
        switch (form, value) {
        case (.flag, .bool), (.yes, .bool(true)), (.number, .number), (.integer, .number), (.unsigned, .number),
            (.text, .string), (.path, .string),
            (.word, .string), (.list, .array), (.pair, .array), (.object, .object), (.choice, .string),
            (.choice, .object), (.member, .object), (.length, .number), (.length, .object), (.nullable, .null):
            true
        case (.pair(let element, _, orOne: true), _): fits(element)
        case (.either(let forms, _), _): forms.contains(where: fits)
        case (.nullable(let form), _), (.checked(let form, _, _), _): fits(form)
        default: false
        }
    }
}
