import Fields
import Tensors

/// Normalizes each feature, or each map of pictures and sequences, over the batch (Ioffe and Szegedy, 2015):
/// y = scale (x - mean) / sqrt(variance + eps) + shift; in evaluation with running statistics.
///
/// The shape stays. Parameters: `weight` and `bias` `[channels]`; buffers: `running_mean` and `running_var`.
package struct BatchNorm: Layer {
    /// The share of a batch in the running statistics, 0...1.
    package var momentum: Double
    /// What is added to the variance before its root, above 0.
    package var eps: Double
    /// What the scale begins with; 0 lets a residual block begin as the identity.
    package var initialScale: Double

    package init(momentum: Double = 0.1, eps: Double = 1e-5, initialScale: Double = 1) {
        self.momentum = momentum
        self.eps = eps
        self.initialScale = initialScale
    }

    package init() { self.init(momentum: 0.1) }

    package static let word = "batchNorm"
    package static let meaning = "normalizes each feature, or each map, over the batch, with a learned scale and shift"
    package static let fields: [Field<BatchNorm>] = [
        Field("momentum", \.momentum, .number(.within(0...1)), "the share of a batch in the running statistics"),
        Field("eps", \.eps, .number(.positive), "what is added to the variance"),
        Field("initialScale", \.initialScale, .number(.within(-1e6...1e6)), "what the scale begins with"),
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.require((0...1).contains(momentum), place, "momentum", "\(momentum)", "between 0 and 1")
        try graph.require(initialScale.isFinite, place, "initialScale", "\(initialScale)", "a finite number")
        try graph.requirePositive(place, eps: eps)
        let shape = graph.shape
        let (name, features) = (place.name, Shape([shape[0]]))
        let tensors = BatchNormState.Tensors(
            scale: graph.addParameter("\(name).weight", features, .constant(Float(initialScale))),
            shift: graph.addParameter("\(name).bias", features, .constant(0)),
            runningMean: graph.addBuffer("\(name).running_mean", features),
            runningVariance: graph.addBuffer("\(name).running_var", features))
        graph.note("scale \(Initializer.written(initialScale)), shift 0")
        graph.append(
            BatchNormNode(
                graph.nodePlace(place, shape), momentum: momentum, eps: eps, tensors: tensors,
                maximumBatch: graph.maximumBatch))
    }
}

/// Normalizes each example over all its numbers (Ba and others, 2016): y = scale (x - mean) / sqrt(variance + eps) + shift.
///
/// The shape stays. Parameters: `weight` and `bias` of the example's shape.
package struct LayerNorm: Layer {
    /// What is added to the variance before its root, above 0.
    package var eps: Double

    package init(eps: Double = 1e-5) { self.eps = eps }

    package init() { self.init(eps: 1e-5) }

    package static let word = "layerNorm"
    package static let meaning =
        "normalizes each example over all its numbers, with a learned scale and shift for each of them"
    package static let fields: [Field<LayerNorm>] = [
        Field("eps", \.eps, .number(.positive), "what is added to the variance")
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.requirePositive(place, eps: eps)
        graph.appendLayerNorm(place, features: graph.shape, isPerMap: false, eps: eps)
    }
}

/// Normalizes each map of each example (Ulyanov and others, 2016), with a learned scale and shift for each map.
///
/// `[channels, height, width]` or `[channels, length]` stay so. Parameters: `weight` and `bias` `[channels]`.
package struct InstanceNorm: Layer {
    /// What is added to the variance before its root, above 0.
    package var eps: Double

    package init(eps: Double = 1e-5) { self.eps = eps }

    package init() { self.init(eps: 1e-5) }

    package static let word = "instanceNorm"
    package static let meaning = "normalizes each map of each example, with a learned scale and shift for each map"
    package static let fields: [Field<InstanceNorm>] = [
        Field("eps", \.eps, .number(.positive), "what is added to the variance")
    ]

    func append(to graph: inout GraphBuilder, at place: LayerPlace) throws(NetworkError) {
        try graph.requirePositive(place, eps: eps)
        let shape = graph.shape
        guard shape.rank > 1, shape.count > shape[0] else {
            throw .wrongRank(place, shape: shape, wants: "maps of more than one number")
        }
        graph.appendLayerNorm(place, features: [shape[0]], isPerMap: true, eps: eps)
    }
}

extension GraphBuilder {
    fileprivate func requirePositive(_ place: LayerPlace, eps: Double) throws(NetworkError) {
        try require(eps > 0 && eps.isFinite, place, "eps", "\(eps)", "above 0")
    }

    /// - Parameter features: What has a scale and a shift of its own.
    fileprivate mutating func appendLayerNorm(_ place: LayerPlace, features: Shape, isPerMap: Bool, eps: Double) {
        let scale = addParameter("\(place.name).weight", features, .constant(1))
        let shift = addParameter("\(place.name).bias", features, .constant(0))
        note("scale 1, shift 0")
        append(
            LayerNormNode(
                nodePlace(place, shape), isPerMap: isPerMap, eps: eps, scale: scale, shift: shift,
                maximumBatch: maximumBatch))
    }
}
