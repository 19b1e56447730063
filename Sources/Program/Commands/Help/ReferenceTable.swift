import Fields
import Plans

/// The reference as the README has it, between the marks that `scripts/write-reference` looks for.
enum ReferenceTable {
    static let begin = "<!-- reference: written by scripts/write-reference -->"
    static let end = "<!-- reference: end -->"

    /// A table of the config's keys, then one for each key that is a choice.
    static var markdown: String {
        let keys = ConfigReference.children(of: .init(path: "", content: .object(RunPlan.self)))
        var lines = [begin, "", "| key | value | meaning |", "|---|---|---|"]
        lines += keys.map { row($0.name, $0) }
        for key in keys {
            let children = ConfigReference.children(of: key)
            guard !children.isEmpty else { continue }
            let isChoice = children.contains(where: \.isKind)
            lines += [
                "", "| \(key.name) | \(isChoice ? "" : "value | ")meaning |", isChoice ? "|---|---|" : "|---|---|---|",
            ]
            for child in children { lines.append(isChoice ? caseRow(child) : row(child.name, child)) }
        }
        return lines.joined(separator: "\n") + "\n\n\(end)\n"
    }

    /// A row in the table of a choice: a case, or a key that stands beside whatever case.
    private static func caseRow(_ topic: ConfigReference.Topic) -> String {
        guard case .field(let field) = topic.content else { return row(topic.name, topic) }
        return "| `\(topic.name)` beside it | \(escaped(field.meaning)): \(escaped(ReferencePage.form(field))) |"
    }

    private static func row(_ name: String, _ topic: ConfigReference.Topic) -> String {
        switch topic.content {
        case .field(let field):
            let form =
                ConfigReference.children(of: topic).isEmpty
                ? ReferencePage.form(field) : "see below; \(ReferencePage.standard(field))"
            return "| `\(name)` | \(escaped(form)) | \(escaped(field.meaning)) |"
        case .kind(let type, let fields):
            let signature = "`\(ReferencePage.signature(type, fields, markdown: true))`"
            return "| \(escaped(signature.replacing("``", with: ""))) | \(escaped(type.meaning)) |"
        case .object(let type): return "| `\(name)` | | \(escaped(type.meaning)) |"
        }
    }

    /// A bar would end the cell.
    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
