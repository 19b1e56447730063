/// The extents of a tensor, outermost first; the batch is never part of it.
package struct Shape: Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
    /// Outermost first, each 0 at least; none for a scalar.
    package let extents: [Int]

    /// A shape of extents from 0 on.
    package init(_ extents: [Int]) {
        precondition(extents.allSatisfy { $0 >= 0 }, "a shape has no negative extent: \(extents)")
        self.extents = extents
    }

    /// `[3, 28, 28]` for pictures of three channels.
    package init(arrayLiteral extents: Int...) { self.init(extents) }

    /// How many numbers the tensor holds; 1 for a scalar.
    package var count: Int { extents.reduce(1, *) }
    /// How many extents there are: 0 for a scalar.
    package var rank: Int { extents.count }
    /// The extent of an axis, the outermost being 0.
    package subscript(axis: Int) -> Int { extents[axis] }
    /// `3x28x28`
    package var description: String { extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "x") }
}
