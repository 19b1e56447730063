import Machine
import Runs

extension ProcessMemory {
    /// The memory of this process; zeros where the system does not say.
    static func current() -> ProcessMemory {
        let memory = ProcessFacts.memory
        return ProcessMemory(resident: memory.resident ?? 0, peak: memory.peak ?? 0)
    }
}
