import Cells

/// The rows of the help of a screen, as wide as there is room; the reducer scrolls by what the view draws.
package struct HelpPage {
    /// A row of the help.
    package enum Row: Hashable {
        case blank
        case heading(String, String)
        /// The keys of a binding, empty in the rows that go on with its words.
        case keys(String, String)
        /// One of the signs on the charts, by its place among them.
        case sign(Int)
    }

    /// How many signs on the charts are explained.
    static let signs = 7

    /// Columns of the box's inside.
    package let width: Int
    /// Rows of the box's inside.
    package let height: Int
    /// Whether the rows stand in two columns.
    package let isDouble: Bool
    /// All rows, from the top.
    package let rows: [Row]
    /// The first row of the second column.
    package let middle: Int

    /// Columns of a column that is read without wrapping most of its rows.
    private static let narrowest = 44

    /// The help of a screen at a size: in two columns where everything fits into them, else in one that scrolls.
    package init(keys: KeyTable, screen: Screen, size: Size) {
        let height = max(1, min(size.height - 2, max(1, size.height - 4)))
        self.height = height
        let bindings = keys.bindings(on: screen)
        let wide = min(132, size.width - 8)
        let rows = Self.rows(bindings, width: max(1, wide / 2 - 2))
        let middle = Self.middle(of: rows)
        if wide / 2 - 2 >= Self.narrowest, middle <= height, rows.count - middle <= height {
            (isDouble, width, self.rows, self.middle) = (true, wide, rows, middle)
            return
        }
        isDouble = false
        width = max(1, min(92, size.width - 4))
        self.rows = Self.rows(bindings, width: width)
        self.middle = self.rows.count
    }

    /// Where the second column begins: at a binding or a heading, so that the first is as long or a little longer.
    private static func middle(of rows: [Row]) -> Int {
        var middle = (rows.count + 1) / 2
        while middle < rows.count {
            switch rows[middle] {
            case .keys("", _), .blank: middle += 1
            default: return middle
            }
        }
        return middle
    }

    /// The last row that can stand at the top.
    package var lastScroll: Int { isDouble ? 0 : max(0, rows.count - height) }

    private static func rows(_ bindings: [KeyBinding], width: Int) -> [Row] {
        var rows = [Row.heading("steering", "  changes the run; every key gives a receipt")]
        var group = KeyBinding.Group.steering
        for binding in bindings {
            if binding.group != group {
                group = binding.group
                rows.append(.blank)
                rows.append(.heading("looking", "  never changes the run"))
            }
            let lines = wrapped(binding.help, to: max(8, width - 8))
            rows.append(.keys(binding.shown, lines.first ?? ""))
            rows += lines.dropFirst().map { .keys("", $0) }
        }
        rows += [.blank, .heading("signs", "")] + (0..<signs).map { .sign($0) }
        return rows
    }

    /// A text in lines of at most so many columns.
    package static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
