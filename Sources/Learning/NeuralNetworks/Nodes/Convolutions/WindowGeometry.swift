import Tensors

/// A window that slides over pictures: what convolutions and pools have in common.
struct WindowGeometry {
    let channels: Int
    let height: Int
    let width: Int
    let window: Extent2
    let stride: Extent2
    let padding: Extent2
    let outputHeight: Int
    let outputWidth: Int

    /// Nil where the window does not fit into the padded picture.
    init?(channels: Int, height: Int, width: Int, window: Extent2, stride: Extent2, padding: Extent2) {
        guard height + 2 * padding.height >= window.height, width + 2 * padding.width >= window.width else {
            return nil
        }
        self.channels = channels
        self.height = height
        self.width = width
        self.window = window
        self.stride = stride
        self.padding = padding
        outputHeight = (height + 2 * padding.height - window.height) / stride.height + 1
        outputWidth = (width + 2 * padding.width - window.width) / stride.width + 1
    }

    /// Numbers of one input map.
    var plane: Int { height * width }
    /// Windows in one picture.
    var places: Int { outputHeight * outputWidth }

    /// The output columns whose window column `kernelColumn` lies inside the picture.
    func columns(_ kernelColumn: Int) -> Range<Int> {
        Self.inside(kernelColumn, padding.width, stride.width, width, outputWidth)
    }

    /// The output rows whose window row `kernelRow` lies inside the picture.
    func rows(_ kernelRow: Int) -> Range<Int> {
        Self.inside(kernelRow, padding.height, stride.height, height, outputHeight)
    }

    /// Walks over panels of at most `rows` output rows: the rows, the first place and the number of places.
    @inline(__always)
    func eachPanel(_ rows: Int, _ body: (Range<Int>, Int, Int) -> Void) {
        var first = 0
        while first < outputHeight {
            let panel = first..<min(outputHeight, first + rows)
            body(panel, panel.lowerBound * outputWidth, panel.count * outputWidth)
            first = panel.upperBound
        }
    }

    /// The part of each window that lies inside the picture: its place, and the rows and columns of a map.
    @inline(__always)
    func eachWindow(_ body: (Int, Range<Int>, Range<Int>) -> Void) {
        for outputRow in 0..<outputHeight {
            let top = outputRow * stride.height - padding.height
            let rows = max(0, top)..<min(height, top + window.height)
            for outputColumn in 0..<outputWidth {
                let left = outputColumn * stride.width - padding.width
                body(outputRow * outputWidth + outputColumn, rows, max(0, left)..<min(width, left + window.width))
            }
        }
    }

    private static func inside(_ offset: Int, _ padding: Int, _ stride: Int, _ extent: Int, _ outputs: Int) -> Range<
        Int
    > {
        let first = offset >= padding ? 0 : (padding - offset + stride - 1) / stride
        let beyond = extent + padding - offset
        let last = beyond <= 0 ? 0 : min(outputs, (beyond + stride - 1) / stride)
        return min(first, last)..<last
    }
}
