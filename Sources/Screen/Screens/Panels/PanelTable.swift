import Dashboard
import Runs

/// The numbers of a panel as CSV (RFC 4180): what it shows, over the steps it shows.
package struct PanelTable: Sendable {
    /// The names of the columns.
    package let header: [String]
    /// As many fields as the header has, each as it is written.
    package private(set) var rows: [[String]] = []

    /// The text of the file; every line ends in a line feed.
    package var text: String {
        ([header] + rows).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
    }

    /// An empty table.
    init(_ header: String...) { self.init(header) }

    init(_ header: [String]) { self.header = header }

    /// The table of a panel; empty where no screen shows one of that name.
    package init(_ panel: PanelID, of state: DashboardState) {
        self = ScreenList.panel(panel)?.table(of: state) ?? PanelTable()
    }

    mutating func add(_ row: [String]) {
        precondition(row.count == header.count, "a row has as many fields as the header")
        rows.append(row)
    }

    /// The fewest digits that read back to the same number; nothing for what is absent, as pandas reads it.
    static func number(_ value: Double?) -> String {
        guard let value = value?.recorded else { return "" }
        return value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "inf" : "-inf") : "\(value)"
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
