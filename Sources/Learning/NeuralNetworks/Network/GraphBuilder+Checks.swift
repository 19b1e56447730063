import Foundation
import Tensors

extension GraphBuilder {
    func require(
        _ condition: Bool, _ place: LayerPlace, _ option: String, _ value: String, _ wants: String
    ) throws(NetworkError) {
        if !condition { throw .optionOutOfRange(place, option: option, value: value, wants: wants) }
    }

    /// The window of a convolution or pool over pictures of `shape`.
    ///
    /// - Parameter original: The shape to name in an error, where `shape` was made up.
    func window(
        _ place: LayerPlace, _ shape: Shape, original: Shape? = nil, _ kernel: Extent2, _ stride: Extent2,
        _ padding: Extent2
    ) throws(NetworkError) -> WindowGeometry {
        guard shape.rank == 3 else {
            throw .wrongRank(place, shape: shape, wants: "pictures of channels x height x width")
        }
        let limit = 1 << 20
        try require(kernel.isWithin(1...limit), place, "kernel", "\(kernel)", "at least 1")
        try require(stride.isWithin(1...limit), place, "stride", "\(stride)", "at least 1")
        try require(padding.isWithin(0...limit), place, "padding", "\(padding)", "at least 0")
        guard
            let geometry = WindowGeometry(
                channels: shape[0], height: shape[1], width: shape[2], window: kernel, stride: stride,
                padding: padding)
        else {
            throw .kernelDoesNotFit(place, kernel: kernel, shape: original ?? shape, padding: padding)
        }
        return geometry
    }

    /// The window of a convolution or pool over sequences (channels x length), as one over pictures of height 1.
    func sequenceWindow(
        _ place: LayerPlace, _ kernel: Int, _ stride: Int, _ padding: Int
    ) throws(NetworkError) -> WindowGeometry {
        guard shape.rank == 2 else {
            throw .wrongRank(place, shape: shape, wants: "sequences of channels x length")
        }
        return try window(
            place, [shape[0], 1, shape[1]], original: shape, Extent2(height: 1, width: kernel),
            Extent2(height: 1, width: stride), Extent2(height: 0, width: padding))
    }

    /// Products of extents up to 2^31; OpenBLAS counts in 32 bits.
    func checkCount(_ place: LayerPlace, _ what: String, _ extents: [Int]) throws(NetworkError) {
        var count = 1
        for extent in extents {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= 1 << 31 else { throw .tooLarge(place, what: what) }
            count = product
        }
    }

    /// Parameters, gradients and activations so far must fit into the machine.
    ///
    /// - Parameter more: Numbers that are about to be added.
    func checkMemory(_ place: LayerPlace, more: [Int] = []) throws(NetworkError) {
        var floats = more.reduce(2.0 * Double(layout.count)) { $0 + Double($1) }
        for shape in shapes { floats += Double(shape.count) * Double(maximumBatch) }
        let bytes = 4 * floats
        let available = Double(ProcessInfo.processInfo.physicalMemory)
        if bytes > available {
            throw .needsMemory(place, gigabytes: bytes / 0x1p30, available: available / 0x1p30)
        }
    }
}

extension Extent2 {
    fileprivate func isWithin(_ range: ClosedRange<Int>) -> Bool { range.contains(height) && range.contains(width) }
}
