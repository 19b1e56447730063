/// Columns and rows of a screen or a part of it, both at least 0.
@usableFromInline package struct Size: Hashable, Sendable {
    /// Columns.
    @usableFromInline package var width: Int
    /// Rows.
    @usableFromInline package var height: Int

    /// Columns and rows; negative ones count as 0.
    package init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
    }
}
