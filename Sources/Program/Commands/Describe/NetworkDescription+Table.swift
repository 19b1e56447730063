import NeuralNetworks

extension NetworkDescription {
    /// Columns of text at most as wide as this.
    private static let widest = 100

    /// The layer table as aligned text: layers within a block are indented, totals come last.
    package var table: String {
        let heads = ["layer", "kind", "output", "parameters", "multiply-adds", "memory", "begins with"]
        var cells = [["input", "", inputShape.description, "", "", "", ""]]
        cells += rows.map { row in
            [
                String(repeating: "  ", count: row.depth) + row.name, row.kind, row.outputShape.description,
                row.parameterCount == 0 ? "-" : Self.grouped(row.parameterCount),
                row.multiplyAdds == 0 ? "-" : Self.grouped(row.multiplyAdds),
                row.memoryBytes == 0 ? "-" : Self.bytes(row.memoryBytes), row.initialization,
            ]
        }
        let totals = [
            "total", "", outputShape.description, Self.grouped(parameterCount), Self.grouped(multiplyAdds), "", "",
        ]
        let widths = heads.indices.map { column in
            ([heads] + cells + [totals]).map { $0[column].count }.max() ?? 0
        }
        // Narrower where it would be too wide.
        let gap = widths.reduce(0) { $0 + $1 + 2 } - 2 > Self.widest ? " " : "  "
        func line(_ cells: [String]) -> String {
            let texts = cells.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return (3...5).contains(column) ? blanks + text : text + blanks
            }
            return Self.trimmed(texts.joined(separator: gap))
        }
        let rule = String(repeating: "-", count: min(Self.widest, widths.reduce(0) { $0 + $1 + gap.count } - gap.count))
        let memory =
            "memory at the peak of a step with \(batch) \(batch == 1 ? "example" : "examples"), "
            + "weights and gradients included: \(Self.bytes(memoryBytes))"
        let lines = [name, "", line(heads), rule] + cells.map(line) + [rule, line(totals), "", memory]
        return lines.joined(separator: "\n")
    }

    /// Without blanks at the end, and cut where it would be too wide.
    private static func trimmed(_ line: String) -> String {
        var text = line
        while text.last == " " { text.removeLast() }
        return text.count > widest ? text.prefix(widest - 3) + "..." : text
    }

    /// 1,234,567
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// 512 B, 3.2 kB, 41.7 MB, 1.2 GB; powers of 1,024.
    static func bytes(_ count: Int) -> String {
        var (size, unit) = (Double(count), 0)
        let units = ["B", "kB", "MB", "GB", "TB"]
        while size >= 1_024, unit < units.count - 1 {
            size /= 1_024
            unit += 1
        }
        guard unit > 0 else { return "\(count) B" }
        let tenths = Int((size * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
