import Files
import TestSupport
import Testing

/// What is told to whoever waits.
@Suite struct WorkProgressTests {
    @Test func `a share never goes back and is in whole percents`() {
        let progress = WorkProgress()
        #expect(progress.words == "preparing")
        progress.begin("making data", share: 0)
        #expect(progress.words == "making data 0 %")
        progress.advance(to: 0.129)
        progress.advance(to: 0.05)
        #expect(progress.words == "making data 12 %")
        progress.advance(to: 3)
        #expect(progress.words == "making data 100 %")
        progress.begin("reading x.csv")
        #expect(progress.words == "reading x.csv")
    }

    @Test func `a long file is told while it is read`() throws {
        let folder = ScratchFolder()
        let path = try folder.write("long", [UInt8](repeating: 7, count: 3 << 20))
        let progress = WorkProgress()
        let bytes = try WorkProgress.$current.withValue(progress) { try FileBytes.read(path) }
        #expect(bytes.count == 3 << 20 && progress.words == "reading \(path) 100 %")
        _ = try FileBytes.read(path)
        #expect(WorkProgress.current == nil, "nobody waits here")
    }
}
