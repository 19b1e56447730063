extension String {
    /// The text with blanks before it, at least `width` characters long: so that the last digits of figures stand in one column.
    package func rightAligned(in width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    /// The text with blanks after it, at least `width` characters long: so that what follows names of any length stands in one column.
    package func leftAligned(in width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
