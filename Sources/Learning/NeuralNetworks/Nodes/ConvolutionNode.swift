import Tensors

/// Cross-correlation of pictures with learned kernels [out, in, kH, kW]; a sequence is a picture of height 1.
///
/// Kernels of 3 x 3 at stride 1 go by Winograd's algorithm where it is faster; of others each picture is spread into
/// columns and multiplied (im2col), in panels that fit into the cache. Weight gradients are summed per piece of
/// pictures, and the pieces' sums in a fixed tree.
final class ConvolutionNode: MapReader {
    let place: NodePlace
    let role = NodeRole.weighted
    let parameterSegments: [Int]
    /// The batch norm that alone reads the output: it takes its statistics while a picture is in the cache, and turns
    /// its gradient into the convolution's likewise.
    var follower: BatchNormNode?
    var source: BatchNormNode?
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

    // A follower reads the output once more when the gradient comes to this node.
    var traits: NodeTraits {
        follower == nil ? [.readsInput, .accumulates] : [.readsInput, .readsOutput, .accumulates]
    }

    /// Numbers of a kernel.
    var depth: Int { geometry.channels * geometry.window.area }
    var multiplyAdds: Int { filters * depth * geometry.places }
    var pictureCount: Int { geometry.channels * geometry.plane }

    func sharedCount(threads: Int) -> Int {
        if let winograd { return winogradCount(winograd, batch: maximumBatch, threads: threads) }
        return threads * panelCount + Swift.min(KernelPieces.most, maximumBatch) * partialCount
    }

    func forward(_ pass: Pass) {
        if let winograd { forwardWinograd(pass, winograd) } else { forwardColumns(pass) }
    }

    func backward(_ pass: Pass) {
        if let winograd { backwardWinograd(pass, winograd) } else { backwardColumns(pass) }
    }

    /// Where the batch's input is read for some pictures of a piece.
    ///
    /// - Parameter again: Whether it is the way back.
    func input(_ pass: Pass, _ pictures: Range<Int>, of piece: Range<Int>, again: Bool = false) -> UnsafePointer<Float>
    {
        guard let source else { return pass.value(inputs[0]) }
        return source.deferredOutput(pass, source.maps(of: pictures), of: source.maps(of: piece), again: again)
    }

    /// Called with the pictures whose outputs are complete.
    func finish(_ pass: Pass, _ pictures: Range<Int>) {
        if pass.context.mode == .training, let follower { follower.collect(pass, follower.maps(of: pictures)) }
    }

    /// Where the gradient of the batch's outputs is read for some pictures of a piece.
    func outputGradient(_ pass: Pass, _ pictures: Range<Int>, of piece: Range<Int>) -> UnsafePointer<Float> {
        guard let follower else { return pass.gradient(output) }
        return follower.inputGradient(pass, follower.maps(of: pictures), of: follower.maps(of: piece))
    }

    /// Called with the pictures whose gradients are complete.
    func finishGradient(_ pass: Pass, _ pictures: Range<Int>) {
        if let source { source.reduceAhead(pass, source.maps(of: pictures)) }
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
