/// A position in a text that a person can go to.
package struct Place: Sendable, Equatable, CustomStringConvertible {
    /// The file's path, or a word for where the text came from, such as `--set`.
    package let file: String
    /// Counts from 1; a line ends with LF, CR or CR LF.
    package let line: Int
    /// Counts Unicode scalars from 1.
    package let column: Int

    /// A place that no reader found, such as the first character of a command-line argument.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, always one line.
    package var description: String { "\(file.onOneLine):\(line):\(column)" }

    /// This place as seen from another: without the file where both lie in the same.
    func description(from other: Place) -> String {
        file == other.file ? "\(line):\(column)" : description
    }
}
