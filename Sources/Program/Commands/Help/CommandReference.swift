import Fields
import Runs
import Settings

/// The commands of a script, out of the table that reads them.
enum CommandReference {
    static func page(_ words: [String]) throws(UsageError) -> String {
        var kinds: [CommandKind] = []
        for word in words {
            guard let kind = CommandKind.named(word) else {
                let names = CommandKind.all.map(\.word)
                let hint = Setting.nearestName(to: word, in: names).map { "did you mean \"\($0)\"?" }
                throw UsageError(
                    "no command is called \"\(word)\"; \(hint ?? "known are " + names.joined(separator: ", "))")
            }
            kinds.append(kind)
        }
        var lines: [String] = []
        if words.isEmpty {
            lines += ReferencePage.paragraph(
                "A command file holds an object a line: a step and one command, which acts before the update of that step."
            )
            lines.append("")
            kinds = CommandKind.all
        }
        for kind in kinds { lines += entry(kind, isLong: !words.isEmpty) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entry(_ kind: CommandKind, isLong: Bool) -> [String] {
        let alias = kind.alias.map { ", or \($0)" } ?? ""
        var lines = ReferencePage.paragraph("\(kind.word)\(alias): \(kind.form.words)", indentation: 2, hanging: 6)
        lines += ReferencePage.paragraph(kind.meaning, indentation: 6)
        lines += ReferencePage.paragraph("Example: \(kind.example)", indentation: 6)
        guard isLong, case .choice(let type) = kind.form else { return lines }
        return lines + options(of: type)
    }

    private static func options<Whole: Alternatives>(of type: Whole.Type) -> [String] {
        type.alternatives.flatMap { alternative in
            ReferencePage.paragraph(
                ReferencePage.signature(alternative.kind, type.descriptions(of: alternative.kind.word) ?? []),
                indentation: 8, hanging: 12) + ReferencePage.paragraph(alternative.kind.meaning, indentation: 12)
        }
    }
}
