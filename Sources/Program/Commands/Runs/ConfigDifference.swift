import Machine
import RunStore
import Settings

/// The keys in which the configs of two runs differ.
struct ConfigDifference {
    private let runs: (RunRecord, RunRecord)

    init(_ first: RunRecord, _ second: RunRecord) { runs = (first, second) }

    /// A line a key, or that there is none.
    var text: String {
        let (first, second) = (Self.leaves(of: runs.0.config), Self.leaves(of: runs.1.config))
        let values = (Dictionary(uniqueKeysWithValues: first), Dictionary(uniqueKeysWithValues: second))
        var keys = first.map(\.0)
        keys += second.map(\.0).filter { values.0[$0] == nil }
        let rows = keys.filter { values.0[$0] != values.1[$0] }.map { key in
            [key, values.0[key] ?? "-", values.1[key] ?? "-"]
        }
        guard !rows.isEmpty else { return "the configs say the same" }
        let all = [["key", runs.0.path.showingStrayBytes, runs.1.path.showingStrayBytes]] + rows
        let widths = (0..<3).map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(
                separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// Every number, text and flag under its path, in the order of the config; what was recorded of the machine left out.
    private static func leaves(of setting: Setting) -> [(String, String)] {
        guard case .object(let members) = setting.value else { return [] }
        return members.filter { $0.name != "recorded" }.flatMap { leaves(of: $0.setting, under: $0.name) }
    }

    private static func leaves(of setting: Setting, under path: String) -> [(String, String)] {
        switch setting.value {
        case .object(let members) where !members.isEmpty:
            members.flatMap { leaves(of: $0.setting, under: "\(path).\($0.name)") }
        case .array(let elements) where !elements.isEmpty:
            elements.enumerated().flatMap { leaves(of: $0.element, under: "\(path).\($0.offset)") }
        default: [(path, JSON(setting).compact.showingStrayBytes)]
        }
    }
}
