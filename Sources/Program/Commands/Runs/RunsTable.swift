import Charts
import Foundation
import Machine
import RunStore
import Screens
import Settings

/// Runs as lines of text.
struct RunsTable {
    private let runs: [RunRecord]

    init(_ runs: [RunRecord]) { self.runs = runs }

    /// The columns' heads.
    static let heads = ["run", "began", "state", "steps", "best", "loss", "took", "by hand"]

    /// A row a run: its path and its cells.
    var rows: [RunList.Row] {
        runs.map { run in
            RunList.Row(
                path: run.path,
                cells: [
                    run.path.lastPathPart.showingStrayBytes, Self.time(run.began), run.state.rawValue,
                    run.totalSteps.map { "\(Figure.count(run.steps))/\(Figure.count($0))" } ?? Figure.count(run.steps),
                    run.bestAccuracy.map { Figure.share($0) } ?? "-", run.bestLoss.map { Figure.plain($0) } ?? "-",
                    Figure.duration(run.seconds), run.changes == 0 ? "-" : Figure.count(run.changes),
                ])
        }
    }

    /// Aligned columns under their heads.
    var text: String {
        let (heads, cells) = (Self.heads, rows.map(\.cells))
        let widths = heads.indices.map { column in ([heads] + cells).map { $0[column].count }.max() ?? 0 }
        return ([heads] + cells).map { row in
            let texts = row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return column < 3 ? text + blanks : blanks + text
            }
            return texts.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// One run with everything that the table and its config say.
    static func json(of run: RunRecord) -> JSON {
        func number(_ value: Double?) -> JSON { value.map { $0.isFinite ? .number($0) : .null } ?? .null }
        return .object([
            ("path", .string(run.path)), ("name", .string(run.name)), ("state", .string(run.state.rawValue)),
            ("began", .number(run.began)), ("steps", .integer(run.steps)),
            ("totalSteps", run.totalSteps.map { .integer($0) } ?? .null), ("bestAccuracy", number(run.bestAccuracy)),
            ("bestLoss", number(run.bestLoss)), ("seconds", .number(run.seconds)), ("changes", .integer(run.changes)),
            ("config", JSON(run.config)),
        ])
    }

    private static func time(_ seconds: Double) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd HH:mm"
        return formatter.string(from: Date(timeIntervalSince1970: seconds))
    }
}
