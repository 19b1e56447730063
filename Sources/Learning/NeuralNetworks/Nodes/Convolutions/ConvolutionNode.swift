import Tensors

/// Cross-correlation of pictures with learned kernels [out, in, kH, kW]; a sequence is a picture of height 1.
///
/// Kernels of 3 x 3 at stride 1 go by Winograd's algorithm where it is faster; of others each picture is spread into
/// columns and multiplied (im2col), in panels that fit into the cache. Weight gradients are summed per piece of
/// pictures, and the pieces' sums in a fixed tree.
final class ConvolutionNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = [.readsInput, .accumulates]
    let role = NodeRole.weighted
    let parameterSegments: [Int]
    let geometry: WindowGeometry
    let filters: Int
    let weight: Parameter
    let bias: Parameter?
    let winograd: WinogradConvolution?
    private let maximumBatch: Int
    /// Output rows of a panel.
    let panelRows: Int

    init(
        _ place: NodePlace, geometry: WindowGeometry, filters: Int, weight: Parameter, bias: Parameter?,
        maximumBatch: Int
    ) {
        self.place = place
        self.geometry = geometry
        self.filters = filters
        self.maximumBatch = maximumBatch
        self.weight = weight
        self.bias = bias
        parameterSegments = [weight.index] + (bias.map { [$0.index] } ?? [])
        let panels =
            (geometry.channels * geometry.window.area * geometry.places + Self.largestPanel - 1) / Self.largestPanel
        panelRows = (geometry.outputHeight + panels - 1) / panels
        winograd = geometry.winograd(filters: filters)
    }

    /// Floats of columns that stay in the second-level cache beside the weights.
    private static let largestPanel = 160 << 10

    /// Numbers of a kernel.
    var depth: Int { geometry.channels * geometry.window.area }
    var multiplyAdds: Int { filters * depth * geometry.places }
    var pictureCount: Int { geometry.channels * geometry.plane }

    func sharedCount(threads: Int) -> Int {
        if let winograd { return winogradCount(winograd, batch: maximumBatch, threads: threads) }
        return threads * panelCount + Swift.min(KernelPieces.most, maximumBatch) * partialCount
    }

    func forward(_ pass: Pass) { forward(pass, NormsAround()) }

    func backward(_ pass: Pass) { backward(pass, NormsAround()) }

    /// Lets the batch norms compute while a picture is in the cache: the one before writes it, the one behind takes its
    /// sums of what comes out.
    func forward(_ pass: Pass, _ norms: NormsAround) {
        if let winograd { forwardWinograd(pass, norms, winograd) } else { forwardColumns(pass, norms) }
    }

    /// The same backwards: the norm behind turns its gradient into the convolution's, the one before takes its sums.
    func backward(_ pass: Pass, _ norms: NormsAround) {
        if let winograd { backwardWinograd(pass, norms, winograd) } else { backwardColumns(pass, norms) }
    }

    /// The batch norms that compute with a convolution, picture by picture.
    struct NormsAround {
        /// Writes the input just before it is read; nil where it lies there.
        var writer: FusedNorm?
        /// Takes the sums of its gradients from those of the input, once they are complete.
        var summer: FusedNorm?
        /// Alone reads the output: takes its statistics, and gives the output's gradient.
        var follower: FusedNorm?

        var isEmpty: Bool { writer == nil && summer == nil && follower == nil }
    }

    /// Where the batch's input is read for some pictures of a piece.
    func input(_ pass: Pass, _ pictures: Range<Int>, of piece: Range<Int>, _ writer: FusedNorm?) -> UnsafePointer<Float>
    {
        guard let writer else { return pass.value(inputs[0]) }
        return writer.output(pass, writer.maps(of: pictures), of: writer.maps(of: piece))
    }

    /// Where the gradient of the batch's outputs is read for some pictures of a piece.
    func outputGradient(
        _ pass: Pass, _ pictures: Range<Int>, of piece: Range<Int>, _ follower: FusedNorm?
    ) -> UnsafePointer<Float> {
        guard let follower else { return pass.gradient(output) }
        return follower.inputGradient(pass, follower.maps(of: pictures), of: follower.maps(of: piece))
    }

    /// Adds the output's gradients of some pictures, per filter.
    func addBiasGradients(
        _ gradient: UnsafePointer<Float>, _ pictures: Range<Int>, to sums: UnsafeMutablePointer<Float>
    ) {
        let places = geometry.places
        for picture in pictures {
            let maps = gradient + picture * filters * places
            for filter in 0..<filters { sums[filter] += Float(VectorSums.sum(maps + filter * places, 0..<places)) }
        }
    }
}

extension WindowGeometry {
    /// Winograd's algorithm, where the window is its and it pays.
    fileprivate func winograd(filters: Int) -> WinogradConvolution? {
        guard window == 3, stride == 1,
            WinogradConvolution.suits(
                channels: channels, filters: filters, outputHeight: outputHeight, outputWidth: outputWidth)
        else { return nil }
        return WinogradConvolution(
            channels: channels, height: height, width: width, filters: filters,
            padding: (padding.height, padding.width))
    }
}
