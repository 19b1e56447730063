/// Keeps stray input from steering: what looks like typing for another window, and what follows a lone Esc, a resize or a focus event.
package struct InputGuard: Hashable, Sendable {
    /// When the last printable keys came, newest last, at most four.
    package var recentPrintable: [Double] = []
    /// Nothing steers before this moment.
    package var quietUntil: Double = -.infinity

    package init() {}
}
