import Fields
import Settings

/// The reference as text of at most 80 columns.
enum ReferencePage {
    static let width = 80

    /// A topic with everything that is written right within it.
    static func text(of topic: ConfigReference.Topic) -> String {
        var lines: [String] = []
        switch topic.content {
        case .object(let type):
            lines += paragraph(
                topic.path.isEmpty ? "A config says what makes \(type.meaning)." : "\(topic.path): \(type.meaning).")
            lines += paragraph("Example: \(type.example)") + [""]
        case .field(let field):
            lines += paragraph("\(topic.path): \(field.meaning).")
            lines += paragraph(form(field), indentation: 2)
        case .kind(let type, let fields):
            lines += paragraph("\(topic.path): \(type.meaning).")
            lines += paragraph("Example: \(type.example)")
            if type.brevity == .bare, let field = fields.first {
                lines += paragraph("\(field.key): \(form(field))", indentation: 2, hanging: 6)
                lines += paragraph(field.meaning, indentation: 6)
                break
            }
            if let main = fields.first(where: \.isMain), fields.count > 1 || main.isRequired {
                lines += paragraph("{ \(type.word): VALUE } is short for { \(type.word): { \(main.key): VALUE } }.")
            }
            if !fields.isEmpty { lines.append("") }
        }
        for child in ConfigReference.children(of: topic) { lines += entry(child) }
        if topic.path.isEmpty {
            lines += ["", "sitter help config KEY says more: optimizer.sgd, schedule, layers, conv2d ..."]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A line or two on something within a topic.
    static func entry(_ topic: ConfigReference.Topic) -> [String] {
        switch topic.content {
        case .field(let field):
            return paragraph("\(field.key): \(form(field))", indentation: 2, hanging: 6)
                + paragraph(field.meaning, indentation: 6)
        case .kind(let type, let fields):
            return paragraph(signature(type, fields), indentation: 2, hanging: 6)
                + paragraph(type.meaning, indentation: 6)
        case .object: return paragraph("\(topic.path): \(topic.meaning)", indentation: 2, hanging: 6)
        }
    }

    /// `number, 0 to below 1; default 0`
    static func form(_ field: FieldDescription) -> String {
        "\(field.form.shortWords); \(standard(field))"
    }

    static func standard(_ field: FieldDescription) -> String {
        if field.isRequired { return "required" }
        if let words = field.otherwise { return "default: \(words)" }
        return "default \(field.standard.map(written) ?? "none")"
    }

    /// A default in as few words as say it.
    private static func written(_ value: FieldValue) -> String {
        switch (JSON(value, omittingDefaults: true), value) {
        case (.object(let members), .chosen(let whole)) where members.count == 1:
            if case .object(let options) = members[0].1, options.isEmpty { return "\"\(type(of: whole.chosen).word)\"" }
        case (.object(let members), _) where members.isEmpty: return JSON(value).compact
        default: break
        }
        return JSON(value, omittingDefaults: true).compact
    }

    /// `conv2d { filters, kernel, stride: 1, padding: 0 }`, for a table the main option in bold.
    static func signature(_ type: any Written.Type, _ fields: [FieldDescription], markdown: Bool = false) -> String {
        if type.brevity == .bare, let field = fields.first { return "\(type.word): \(field.key)" }
        let options = fields.map { field in
            let key = markdown && field.isMain ? "`**`\(field.key)`**`" : field.key
            guard !field.isRequired, field.otherwise == nil, let standard = field.standard else { return key }
            return "\(key): \(written(standard))"
        }
        return options.isEmpty ? type.word : "\(type.word) { \(options.joined(separator: ", ")) }"
    }

    /// Words wrapped at the page's width.
    static func paragraph(_ text: String, indentation: Int = 0, hanging: Int? = nil) -> [String] {
        let blanks = String(repeating: " ", count: indentation)
        let rest = String(repeating: " ", count: hanging ?? indentation)
        var lines: [String] = []
        var line = blanks
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > width, line.contains(where: { $0 != " " }) {
                lines.append(line)
                line = rest
            }
            line += line.last == nil || line.last == " " ? String(word) : " \(word)"
        }
        return lines + [line]
    }
}

extension FieldForm {
    /// The form in words; cases are listed below it, so here they are only what they are.
    fileprivate var shortWords: String {
        switch self {
        case .choice(let type): "one of \(type.words.joined(separator: ", "))"
        case .checked(let form, nil, _): form.shortWords
        default: words
        }
    }
}
