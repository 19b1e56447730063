/// Why a theme file cannot be used, in one line.
package enum ThemeError: Error, Hashable, CustomStringConvertible {
    /// A place in the file, line and column from 1; what is wrong, and what would be right.
    case malformed(file: String, line: Int, column: Int, problem: String, remedy: String)
    /// The whole file sets no colour.
    case noColors(file: String)
    case unreadable(file: String, reason: String)

    package var description: String {
        switch self {
        case .malformed(let file, let line, let column, let problem, let remedy):
            "\(file):\(line):\(column): \(problem); \(remedy)"
        case .noColors(let file): "\(file): sets no colour; a theme has lines like theme[main_bg]=\"#1e1e1e\""
        case .unreadable(let file, let reason): "\(file): \(reason)"
        }
    }
}
