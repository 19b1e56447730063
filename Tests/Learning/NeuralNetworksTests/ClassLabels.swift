import NeuralNetworks
import Tensors

/// Class indices in memory that outlives a call.
final class ClassLabels {
    let indices: [Int]
    private let pointer: UnsafeMutablePointer<Int32>

    init(_ indices: [Int]) {
        self.indices = indices
        pointer = .allocate(capacity: indices.count)
        for (place, index) in indices.enumerated() { (pointer + place).initialize(to: Int32(index)) }
    }

    deinit { pointer.deallocate() }

    var targets: Targets { targets(from: 0) }

    func targets(from first: Int) -> Targets { .classes(UnsafePointer(pointer + first)) }
}
