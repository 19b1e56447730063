import RunStore
import TestSupport
import Testing

/// Where a file that is full is cut, so that it ends with a whole record.
@Suite struct RecordFormTests {
    @Test func `lines end at line ends`() {
        let bytes = Array("one\ntwo\nthree\n".utf8)
        #expect(
            [0, 3, 4, 7, 8, 13, 14].map { RecordForm.lines.lastEnd(in: bytes, atMost: $0) } == [0, 0, 4, 4, 8, 8, 14])
    }

    @Test func `frames of any lengths end where their second checksum does`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<50 {
            var (bytes, ends): ([UInt8], [Int]) = ([], [0])
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let length = Int.random(in: 0...600, using: &random)
                bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
                bytes += (0..<8 + length).map { _ in UInt8.random(in: 0...255, using: &random) }
                ends.append(bytes.count)
            }
            for count in 0...bytes.count {
                let end = RecordForm.tensorFlow.lastEnd(in: bytes, atMost: count)
                #expect(end == ends.last { $0 <= count })
            }
        }
    }
}
