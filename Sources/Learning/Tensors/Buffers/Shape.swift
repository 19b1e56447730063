/// The extents of a tensor, outermost first; the batch is never part of it.
package struct Shape: Hashable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
    package let extents: [Int]

    package init(_ extents: [Int]) {
        precondition(extents.allSatisfy { $0 >= 0 }, "a shape has no negative extent: \(extents)")
        self.extents = extents
    }

    package init(arrayLiteral extents: Int...) { self.init(extents) }

    /// How many numbers the tensor holds; 1 for a scalar.
    package var count: Int { extents.reduce(1, *) }
    package var rank: Int { extents.count }
    package subscript(axis: Int) -> Int { extents[axis] }
    /// `3x28x28`
    package var description: String { extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "x") }
}
