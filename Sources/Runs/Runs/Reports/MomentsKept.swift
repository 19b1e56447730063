/// The moments in memory that a run can go back to at once; to those between it comes by making steps again.
package struct MomentsKept: Hashable, Sendable, Codable {
    /// How many there are.
    package var count: Int
    /// What they take of the memory, and what they may take.
    package var bytes: Int
    package var limit: Int
    /// The first update that can be gone back to, in memory or on the disk; nil where none can.
    package var earliest: Int?

    /// - Parameter earliest: nil where the run cannot go back.
    package init(count: Int, bytes: Int, limit: Int, earliest: Int?) {
        (self.count, self.bytes, self.limit, self.earliest) = (count, bytes, limit, earliest)
    }
}
