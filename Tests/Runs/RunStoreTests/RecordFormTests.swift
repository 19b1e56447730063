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

    @Test(arguments: [UInt64.max, 1 << 63, 1 << 62, UInt64(Int.max) - 15, 9])
    func `a length that no frame can have ends what is whole`(length: UInt64) {
        let frame = [UInt8](repeating: 0, count: 16)
        let wrong = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [UInt8](repeating: 0, count: 16)
        #expect(RecordForm.tensorFlow.lastEnd(in: frame + wrong, atMost: 40) == 16)
        #expect(RecordForm.tensorFlow.lastEnd(in: wrong, atMost: 24) == 0)
    }
}
