import Tensors
import Testing

@Suite("Philox4x32-10")
struct PhiloxTests {
    struct Vector: Sendable {
        let counter: SIMD4<UInt32>
        let key: SIMD2<UInt32>
        let block: SIMD4<UInt32>
    }

    @Test(
        arguments: [
            Vector(
                counter: [0, 0, 0, 0], key: [0, 0], block: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            Vector(
                counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
                block: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            Vector(
                counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0],
                block: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
        ])
    func `known answers of Random123's kat_vectors`(_ vector: Vector) {
        #expect(Philox(key: vector.key).block(vector.counter) == vector.block)
    }

    @Test
    func `two halves make the counter, low words first`() {
        let philox = Philox(key: [1, 2])
        #expect(philox.block(0x0000_0002_0000_0001, 0x0000_0004_0000_0003) == philox.block(SIMD4(1, 2, 3, 4)))
    }

    @Test
    func `seeds and purposes have keys of their own`() {
        let purposes: [RandomPurpose] = [
            .initialization, .batchOrder, .validationSplit, .dropout, .augmentation, .generatedData,
        ]
        let keys = (0..<50).flatMap { seed in purposes.map { Philox(seed: UInt64(seed), purpose: $0).key } }
        #expect(Set(keys).count == keys.count)
    }
}
