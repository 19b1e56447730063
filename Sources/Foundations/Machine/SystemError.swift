import Glibc

/// What the system said when it refused something.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// As in `errno`.
    package let code: Int32

    /// - Parameter code: as in `errno`.
    package init(code: Int32) { self.code = code }

    /// The system's own words, such as `Permission denied`.
    package var description: String { String(cString: strerror(code)) }
}
