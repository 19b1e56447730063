/// What a person gave cannot be used: one line, exit code 2.
package struct UsageError: Error, CustomStringConvertible {
    package let description: String

    /// A mistake, in one line without `sitter:` before it.
    package init(_ line: String) { description = line }
}
