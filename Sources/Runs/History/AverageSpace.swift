/// In what space values are averaged: that of the axis that shows them.
package enum AverageSpace: Hashable, Sendable {
    /// By their sum.
    case linear
    /// By the sum of their logarithms: the geometric mean.
    case logarithmic
}
