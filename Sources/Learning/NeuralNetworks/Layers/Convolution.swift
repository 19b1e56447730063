import Fields
import Tensors

/// Cross-correlation of pictures with a kernel for each filter.
///
/// `[channels, height, width]` become `[filters, (height + 2 padding - kernel) / stride + 1, ...]`. Parameters: `weight`
/// `[filters, channels, kernel height, kernel width]`, `bias` `[filters]`.
package struct Conv2d: Convolution {
    /// How many maps come out.
    package var filters: Int
    /// Rows and columns of a kernel, each at least 1.
    package var kernel: Extent2
    /// How many rows and columns lie from one window to the next, each at least 1.
    package var stride: Extent2
    /// Rows and columns of 0 around the picture, on each side.
    package var padding: Extent2
    /// Whether each filter adds a learned number.
    package var bias: Bool
    /// nil for the network's.
    package var initializer: LayerInitializer?

    package init(
        filters: Int, kernel: Extent2, stride: Extent2 = 1, padding: Extent2 = 0, bias: Bool = true,
        initializer: LayerInitializer? = nil
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.bias = bias
        self.initializer = initializer
    }

    package init() { self.init(filters: 1, kernel: 1) }

    package static let word = "conv2d"
    package static let meaning = "a convolution of pictures, channels x height x width"
    package static let example = "{ conv2d: { filters: 32, kernel: 3 } }"
    package static let fields = convolutionFields(
        extent: { .extent(from: $0) }, kernel: "the extents of a kernel", padding: "rows and columns of 0 on each side")

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let geometry = try graph.window(place, graph.shape, kernel, stride, padding)
        try graph.appendConvolution(
            place, geometry, filters: filters, kernelShape: [kernel.height, kernel.width],
            outputShape: [geometry.outputHeight, geometry.outputWidth], bias: bias, initializer)
    }
}

/// Cross-correlation of sequences with a kernel for each filter.
///
/// `[channels, length]` become `[filters, (length + 2 padding - kernel) / stride + 1]`. Parameters: `weight`
/// `[filters, channels, kernel]`, `bias` `[filters]`.
package struct Conv1d: Convolution {
    /// How many maps come out.
    package var filters: Int
    /// Steps that a kernel reads at once, at least 1.
    package var kernel: Int
    /// How many steps lie from one window to the next, at least 1.
    package var stride: Int
    /// Steps of 0 before and after the sequence.
    package var padding: Int
    /// Whether each filter adds a learned number.
    package var bias: Bool
    /// nil for the network's.
    package var initializer: LayerInitializer?

    package init(
        filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true,
        initializer: LayerInitializer? = nil
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.bias = bias
        self.initializer = initializer
    }

    package init() { self.init(filters: 1, kernel: 1) }

    package static let word = "conv1d"
    package static let meaning = "a convolution of sequences, channels x length"
    package static let example = "{ conv1d: { filters: 32, kernel: 3 } }"
    package static let fields = convolutionFields(
        extent: { .extent(from: $0) }, kernel: "the length of a kernel", padding: "steps of 0 at each end")

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        let geometry = try graph.sequenceWindow(place, kernel, stride, padding)
        try graph.appendConvolution(
            place, geometry, filters: filters, kernelShape: [kernel], outputShape: [geometry.outputWidth], bias: bias,
            initializer)
    }
}

/// A convolution, over pictures or over sequences.
protocol Convolution: Layer {
    associatedtype Extent
    var filters: Int { get set }
    var kernel: Extent { get set }
    var stride: Extent { get set }
    var padding: Extent { get set }
    var bias: Bool { get set }
    var initializer: LayerInitializer? { get set }
}

extension Convolution {
    /// The table of its options, PyTorch's.
    /// - Parameters:
    ///   - extent: how an extent is written, from a least number on.
    ///   - kernel: what the kernel's extent is.
    ///   - padding: what is added around.
    fileprivate static func convolutionFields(
        extent: (Int) -> FieldType<Extent>, kernel: String, padding: String
    ) -> [Field<Self>] {
        [
            Field("filters", \.filters, .integer(1...1_000_000), "how many maps come out").required,
            Field("kernel", \.kernel, extent(1), kernel).required,
            Field("stride", \.stride, extent(1), "the steps from one window to the next"),
            Field("padding", \.padding, extent(0), padding),
            Field("bias", \.bias, .flag, "whether a number is added to each map"),
            .initializer(\.initializer),
        ]
    }
}

extension GraphBuilder {
    fileprivate mutating func appendConvolution(
        _ place: LayerPlace, _ geometry: WindowGeometry, filters: Int, kernelShape: [Int], outputShape: [Int],
        bias: Bool, _ own: LayerInitializer?
    ) throws(NetworkError) {
        try require(filters >= 1, place, "filters", "\(filters)", "at least 1")
        let area = geometry.window.area
        try checkCount(place, "the weight", [filters, geometry.channels, area])
        try checkCount(place, "the output", [filters, geometry.places])
        try checkCount(place, "the matrix of windows", [geometry.channels, area, geometry.places])
        let initializer = own ?? initializer
        let fans = Initializer.Fans(fanIn: geometry.channels * area, fanOut: filters * area)
        let weight = addParameter(
            "\(place.name).weight", Shape([filters, geometry.channels] + kernelShape),
            .weight(initializer.weights, fans))
        let bias = bias ? addBias("\(place.name).bias", filters, initializer, fans) : nil
        note(initializer, hasBias: bias != nil)
        append(
            ConvolutionNode(
                nodePlace(place, Shape([filters] + outputShape)), geometry: geometry, filters: filters, weight: weight,
                bias: bias, maximumBatch: maximumBatch))
    }
}
