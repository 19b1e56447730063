import Machine
import Testing

@Suite struct ProcessFactsTests {
    @Test
    func `memory is read from the lines of a process's status`() {
        let text = "Name:\tsitter\nVmPeak:\t  900 kB\nVmHWM:\t  200 kB\nVmRSS:\t  100 kB\nThreads:\t3\n"
        let memory = ProcessFacts.Memory(status: Array(text.utf8))
        #expect(memory.resident == 102_400 && memory.peak == 204_800)
        let nothing = ProcessFacts.Memory(status: [])
        #expect(nothing.resident == nil && nothing.peak == nil)
    }

    @Test
    func `this process has memory, a program and a processor`() throws {
        let memory = ProcessFacts.memory
        let (resident, peak) = (try #require(memory.resident), try #require(memory.peak))
        #expect(resident > 1_000_000 && peak >= resident / 2)
        #expect(try #require(ProcessFacts.program).hasPrefix("/"))
        #expect(!ProcessFacts.processorFlags.contains("flags"))
    }
}
