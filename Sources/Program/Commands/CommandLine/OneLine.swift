import Machine

/// Keeps what a person or a file gave from breaking out of the one line that it is quoted in.
package enum OneLine {
    /// The text with stray bytes of paths as `\\xe9`, and line ends and other control characters as blanks, so that a name neither makes a second line nor
    /// talks to the terminal.
    package static func of(_ text: String) -> String {
        String(String.UnicodeScalarView(text.showingStrayBytes.unicodeScalars.map { isControl($0) ? " " : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    }
}
