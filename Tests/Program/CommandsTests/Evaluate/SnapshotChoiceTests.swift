import Commands
import Testing

@Suite struct SnapshotChoiceTests {
    @Test func `of each period the last checkpoint near its end is taken`() {
        #expect(
            SnapshotChoice.ends(of: [100, 200, 300], from: 0, among: [50, 95, 100, 190, 250, 300]) == [100, 190, 300])
    }

    @Test func `a checkpoint in the middle of a period stands for none`() {
        #expect(SnapshotChoice.ends(of: [100, 300], from: 0, among: [80, 150, 279]).isEmpty)
    }

    @Test func `the warm-up is no part of the first period`() {
        #expect(SnapshotChoice.ends(of: [120], from: 20, among: [109]).isEmpty)
        #expect(SnapshotChoice.ends(of: [120], from: 20, among: [110]) == [110])
    }
}
