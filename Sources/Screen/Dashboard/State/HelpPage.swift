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
    /// Whether the keys that look stand right of those that steer.
    package let isDouble: Bool
    /// All rows, from the top.
    package let rows: [Row]
    /// The first row of the keys that look.
    package let middle: Int

    /// The help of a screen at a size.
    package init(keys: KeyTable, screen: Screen, size: Size) {
        width = max(1, min(size.width, Self.boxWidth(size) + 4) - 4)
        height = max(1, min(size.height - 2, max(1, size.height - 4)))
        let bindings = keys.bindings(on: screen)
        if width >= 120 {
            let (rows, middle) = Self.rows(bindings, width: width / 2 - 2)
            if middle <= height, rows.count - middle <= height {
                (isDouble, self.rows, self.middle) = (true, rows, middle)
                return
            }
        }
        isDouble = false
        (rows, middle) = Self.rows(bindings, width: width)
    }

    /// Columns asked for.
    package static func boxWidth(_ size: Size) -> Int { min(size.width >= 140 ? 132 : 92, size.width - 4) }

    /// The last row that can stand at the top.
    package var lastScroll: Int { isDouble ? 0 : max(0, rows.count - height) }

    private static func rows(_ bindings: [KeyBinding], width: Int) -> (rows: [Row], middle: Int) {
        var rows = [Row.heading("steering", "  changes the run; every key gives a receipt")]
        var middle = 0
        var group = KeyBinding.Group.steering
        for binding in bindings {
            if binding.group != group {
                group = binding.group
                rows.append(.blank)
                middle = rows.count
                rows.append(.heading("looking", "  never changes the run"))
            }
            let lines = wrapped(binding.help, to: max(8, width - 8))
            rows.append(.keys(binding.shown, lines.first ?? ""))
            rows += lines.dropFirst().map { .keys("", $0) }
        }
        rows += [.blank, .heading("signs", "")] + (0..<signs).map { .sign($0) }
        return (rows, middle)
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
