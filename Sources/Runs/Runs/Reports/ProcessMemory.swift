/// The memory of a process in bytes; 0 where the system does not say.
package struct ProcessMemory: Hashable, Sendable, Codable {
    /// What lies in the machine's memory now.
    package var resident: Int
    /// The most that ever did.
    package var peak: Int

    /// So many bytes, none where nothing is said.
    package init(resident: Int = 0, peak: Int = 0) {
        self.resident = resident
        self.peak = peak
    }
}
