/// Columns and rows of a screen or a part of it, both at least 0.
@usableFromInline package struct Size: Hashable, Sendable {
    @usableFromInline package var width: Int
    @usableFromInline package var height: Int

    package init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
    }
}
