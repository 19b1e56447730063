import Cells

/// The terminal's window, and what the mouse holds in it.
package struct DashboardWindow: Hashable, Sendable {
    /// The screen's size.
    package var size: Size
    /// The column where a drag of the x axis was last.
    package var panColumn: Int?
    /// The ruling that the mouse holds.
    package var draggedRuling: Splits.Ruling?

    /// A window in which the mouse holds nothing.
    package init(size: Size = Size(width: 80, height: 24)) { self.size = size }
}
