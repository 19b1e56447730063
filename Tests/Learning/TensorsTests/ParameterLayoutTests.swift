import Tensors
import Testing

@Suite("Parameter layouts")
struct ParameterLayoutTests {
    @Test
    func `segments begin on 64-byte boundaries, in order and without overlap`() {
        var layout = ParameterLayout()
        for (index, shape) in ([[3], [16], [17, 2], [1], []] as [Shape]).enumerated() {
            #expect(layout.add(name: "\(index)", shape: shape) == index)
        }
        #expect(layout.segments.map(\.offset) == [0, 16, 32, 80, 96])
        #expect(layout.count == 112)
        #expect(layout.parameterCount == 3 + 16 + 34 + 1 + 1)
        #expect(layout.segments[2].range == 32..<66)
    }

    @Test
    func `flags are kept`() {
        var layout = ParameterLayout()
        layout.add(name: "0.weight", shape: [2], decays: false, isFrozen: true)
        #expect(!layout.segments[0].decays)
        #expect(layout.segments[0].isFrozen)
    }

    @Test
    func `buffers are aligned, zeroed, and copy`() {
        for count in [0, 1, 15, 1_000] {
            let buffer = FloatBuffer(count: count)
            #expect(UInt(bitPattern: buffer.pointer) % 64 == 0)
            #expect(buffer.array == Array(repeating: 0, count: count))
        }
        let copy = FloatBuffer(count: 3)
        copy.copy(from: FloatBuffer([1, 2, 3]))
        #expect(copy.array == [1, 2, 3])
        copy.fill(4)
        #expect(copy.array == [4, 4, 4])
    }

    @Test
    func `shapes count and describe themselves`() {
        #expect(Shape([3, 28, 28]).description == "3x28x28")
        #expect(Shape([]).description == "scalar")
        #expect(Shape([]).count == 1)
        #expect(Shape([4, 0]).count == 0)
    }
}
