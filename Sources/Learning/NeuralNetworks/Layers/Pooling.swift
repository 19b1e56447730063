import Fields
import Tensors

/// The largest value of each window of pictures.
///
/// `[channels, height, width]` become `[channels, (height + 2 padding - size) / stride + 1, ...]`.
package struct MaxPool2d: WindowPool {
    /// Rows and columns of a window, each at least 1.
    package var size: Extent2
    /// How many rows and columns lie from one window to the next, each at least 1.
    package var stride: Extent2
    /// Rows and columns that never win on each side; at most half the window.
    package var padding: Extent2

    /// - Parameter stride: The window's size unless given.
    package init(size: Extent2, stride: Extent2? = nil, padding: Extent2 = 0) {
        self.size = size
        self.stride = stride ?? size
        self.padding = padding
    }

    package init() { self.init(size: 1) }

    package static let word = "maxPool2d"
    package static let meaning = "the largest value of each window; over pictures, channels x height x width"
    package static let example = "{ maxPool2d: 2 }"
    package static let fields = windowFields(
        extent: { .extent(from: $0) }, "the extents of a window", padded: "rows and columns")

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let geometry = try graph.poolWindow(place, graph.shape, size, stride, padding)
        try graph.appendMaxPool(place, geometry, [geometry.channels, geometry.outputHeight, geometry.outputWidth])
    }
}

/// The mean of each window, padding counted as zeros of pictures.
///
/// `[channels, height, width]` become `[channels, (height + 2 padding - size) / stride + 1, ...]`.
package struct AvgPool2d: WindowPool {
    /// Rows and columns of a window, each at least 1.
    package var size: Extent2
    /// How many rows and columns lie from one window to the next, each at least 1.
    package var stride: Extent2
    /// Rows and columns of 0 on each side; at most half the window.
    package var padding: Extent2

    /// - Parameter stride: The window's size unless given.
    package init(size: Extent2, stride: Extent2? = nil, padding: Extent2 = 0) {
        self.size = size
        self.stride = stride ?? size
        self.padding = padding
    }

    package init() { self.init(size: 1) }

    package static let word = "avgPool2d"
    package static let meaning =
        "the mean of each window, padding counted as zeros; over pictures, channels x height x width"
    package static let example = "{ avgPool2d: 2 }"
    package static let fields = windowFields(
        extent: { .extent(from: $0) }, "the extents of a window", padded: "rows and columns")

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let geometry = try graph.poolWindow(place, graph.shape, size, stride, padding)
        graph.append(
            AveragePoolNode(
                graph.nodePlace(place, [geometry.channels, geometry.outputHeight, geometry.outputWidth]),
                geometry: geometry))
    }
}

/// The largest value of each window of sequences.
///
/// `[channels, length]` become `[channels, (length + 2 padding - size) / stride + 1]`.
package struct MaxPool1d: WindowPool {
    /// Steps of a window, at least 1.
    package var size: Int
    /// How many steps lie from one window to the next, at least 1.
    package var stride: Int
    /// Steps that never win on each side; at most half the window.
    package var padding: Int

    /// - Parameter stride: The window's size unless given.
    package init(size: Int, stride: Int? = nil, padding: Int = 0) {
        self.size = size
        self.stride = stride ?? size
        self.padding = padding
    }

    package init() { self.init(size: 1) }

    package static let word = "maxPool1d"
    package static let meaning = "the largest value of each window; over sequences, channels x length"
    package static let example = "{ maxPool1d: 2 }"
    package static let fields = windowFields(extent: { .extent(from: $0) }, "the extent of a window", padded: "steps")

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let geometry = try graph.sequencePoolWindow(place, size, stride, padding)
        try graph.appendMaxPool(place, geometry, [geometry.channels, geometry.outputWidth])
    }
}

/// The mean of each window, padding counted as zeros of sequences.
///
/// `[channels, length]` become `[channels, (length + 2 padding - size) / stride + 1]`.
package struct AvgPool1d: WindowPool {
    /// Steps of a window, at least 1.
    package var size: Int
    /// How many steps lie from one window to the next, at least 1.
    package var stride: Int
    /// Steps of 0 on each side; at most half the window.
    package var padding: Int

    /// - Parameter stride: The window's size unless given.
    package init(size: Int, stride: Int? = nil, padding: Int = 0) {
        self.size = size
        self.stride = stride ?? size
        self.padding = padding
    }

    package init() { self.init(size: 1) }

    package static let word = "avgPool1d"
    package static let meaning = "the mean of each window, padding counted as zeros; over sequences, channels x length"
    package static let example = "{ avgPool1d: 2 }"
    package static let fields = windowFields(extent: { .extent(from: $0) }, "the extent of a window", padded: "steps")

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let geometry = try graph.sequencePoolWindow(place, size, stride, padding)
        graph.append(
            AveragePoolNode(graph.nodePlace(place, [geometry.channels, geometry.outputWidth]), geometry: geometry))
    }
}

/// Max pooling over overlapping windows at pseudo-random places (Graham, 2014).
///
/// `[channels, height, width]` become `[channels, int(height x heightRatio), int(width x widthRatio)]`.
package struct FractionalMaxPool2d: Layer {
    /// Rows and columns of a window, each at least 1.
    package var size: Extent2
    /// The share of the rows that remains, above 0 and below 1.
    package var heightRatio: Double
    /// The share of the columns that remains, above 0 and below 1.
    package var widthRatio: Double

    package init(size: Extent2, heightRatio: Double, widthRatio: Double) {
        self.size = size
        self.heightRatio = heightRatio
        self.widthRatio = widthRatio
    }

    package init() { self.init(size: 1, heightRatio: 0.5, widthRatio: 0.5) }

    package static let word = "fractionalMaxPool2d"
    package static let meaning =
        "max pooling over windows at pseudo-random places, of which a share of the rows and columns remains"
    package static let example = "{ fractionalMaxPool2d: { size: 2, outputRatio: 0.7 } }"
    package static let fields: [Field<FractionalMaxPool2d>] = [
        Field("size", \.size, .extent(from: 1), "the extents of a window").required,
        Field(
            "outputRatio", .pair(ratio, "[height, width]", orOne: true, join: { [$0, $1] }, split: { ($0[0], $0[1]) }),
            "the shares that remain", get: { [$0.heightRatio, $0.widthRatio] },
            set: { ($0.heightRatio, $0.widthRatio) = ($1[0], $1[1]) }
        ).required,
    ]
    private static let ratio = FieldType<Double>.number().checked("number, above 0 and below 1") {
        $0 > 0 && $0 < 1 ? nil : "a ratio above 0 and below 1 is due, not \($0)"
    }

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let shape = graph.shape
        let geometry = try graph.window(place, shape, size, 1, 0)
        for ratio in [heightRatio, widthRatio] {
            try graph.require(ratio > 0 && ratio < 1, place, "outputRatio", "\(ratio)", "above 0 and below 1")
        }
        let outputSize = Extent2(
            height: Int(Double(shape[1]) * heightRatio), width: Int(Double(shape[2]) * widthRatio))
        try graph.require(
            (1...geometry.outputHeight).contains(outputSize.height)
                && (1...geometry.outputWidth).contains(outputSize.width), place, "outputRatio",
            heightRatio == widthRatio ? "\(heightRatio)" : "[\(heightRatio), \(widthRatio)]",
            "such that 1x1 to \(geometry.outputHeight)x\(geometry.outputWidth) remain, not \(outputSize)")
        graph.append(
            FractionalMaxPoolNode(
                graph.nodePlace(place, [shape[0], outputSize.height, outputSize.width]), input: shape, size: size,
                maximumBatch: graph.maximumBatch))
    }
}

/// The mean of each map: `[channels, height, width]`, or `[channels, length]`, become `[channels]`.
package struct GlobalAvgPool: Layer {
    package init() {}

    package static let word = "globalAvgPool"
    package static let meaning = "the mean of each map: channels x height x width become channels"
    package static let fields: [Field<GlobalAvgPool>] = []

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let shape = graph.shape
        let picture: Shape = shape.rank == 2 ? [shape[0], 1, shape[1]] : shape
        let whole = picture.rank == 3 ? Extent2(height: picture[1], width: picture[2]) : 1
        let geometry = try graph.window(place, picture, whole, 1, 0)
        graph.append(AveragePoolNode(graph.nodePlace(place, [shape[0]]), geometry: geometry))
    }
}

/// A pool whose windows lie at regular distances, over pictures or over sequences.
protocol WindowPool: Layer {
    associatedtype Extent
    var size: Extent { get set }
    var stride: Extent { get set }
    var padding: Extent { get set }
}

extension WindowPool {
    /// The table of its options: PyTorch's, with windows that lie side by side unless a stride is given.
    /// - Parameters:
    ///   - extent: how an extent is written, from a least number on.
    ///   - size: what the size is.
    ///   - padding: what is added around.
    fileprivate static func windowFields(
        extent: (Int) -> FieldType<Extent>, _ size: String, padded padding: String
    ) -> [Field<Self>] {
        [
            Field("size", extent(1), size, get: { $0.size }, set: { ($0.size, $0.stride) = ($1, $1) }).required.main,
            Field("stride", \.stride, extent(1), "the steps from one window to the next").otherwise("the size"),
            Field("padding", \.padding, extent(0), "\(padding) added on each side, at most half the size"),
        ]
    }
}

extension GraphBuilder {
    fileprivate mutating func appendMaxPool(
        _ place: LayerPlace, _ geometry: WindowGeometry, _ outputShape: Shape
    ) throws(NetworkError) {
        try checkCount(place, "the pictures of a batch", [maximumBatch, geometry.plane])
        append(MaxPoolNode(nodePlace(place, outputShape), geometry: geometry, maximumBatch: maximumBatch))
    }

    /// A pool's window: PyTorch allows padding of at most half the window, so that none lies wholly outside.
    fileprivate func poolWindow(
        _ place: LayerPlace, _ shape: Shape, _ size: Extent2, _ stride: Extent2, _ padding: Extent2
    ) throws(NetworkError) -> WindowGeometry {
        let geometry = try window(place, shape, size, stride, padding)
        try checkPoolPadding(place, size: size, padding: padding)
        return geometry
    }

    /// The same over sequences.
    fileprivate func sequencePoolWindow(
        _ place: LayerPlace, _ size: Int, _ stride: Int, _ padding: Int
    ) throws(NetworkError) -> WindowGeometry {
        let geometry = try sequenceWindow(place, size, stride, padding)
        try checkPoolPadding(
            place, size: Extent2(height: 1, width: size), padding: Extent2(height: 0, width: padding))
        return geometry
    }

    private func checkPoolPadding(_ place: LayerPlace, size: Extent2, padding: Extent2) throws(NetworkError) {
        guard padding.height <= size.height / 2, padding.width <= size.width / 2 else {
            throw .paddingTooLarge(place, padding: padding, size: size)
        }
    }
}
