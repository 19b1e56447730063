import Foundation
import Tensors

/// Turns layer specifications into nodes, one after the other, and lays out their parameters.
struct GraphBuilder {
    let maximumBatch: Int
    private(set) var nodes: [any Node] = []
    /// Shape of each value; the first is the network's input.
    private(set) var shapes: [Shape]
    private(set) var layout = ParameterLayout()
    private(set) var bufferLayout = ParameterLayout()
    /// How each parameter segment begins.
    private(set) var beginnings: [Beginning] = []

    enum Beginning {
        case weight(fanIn: Int, fanOut: Int)
        case bias(fanIn: Int)
        case constant(Float)
    }

    init(inputShape: Shape, maximumBatch: Int) {
        self.maximumBatch = maximumBatch
        shapes = [inputShape]
    }

    /// Appends the layer at `index` of the model; it reads the last value.
    mutating func append(_ layer: LayerSpecification, index: Int) throws(NetworkError) {
        let place = LayerPlace(index: index, kind: layer.kind)
        let shape = shapes[shapes.count - 1]
        let name = String(index)
        switch layer {
        case .linear(let units, let bias):
            try require(units >= 1, place, "units", "\(units)", "at least 1")
            guard shape.rank == 1 else {
                throw .wrongRank(place, shape: shape, wants: "a list of features: put \"flatten\" before it")
            }
            try appendLinear(place, name, features: shape[0], units: units, bias: bias)
        case .conv2d(let filters, let kernel, let stride, let padding, let bias):
            let geometry = try window(place, shape, kernel, stride, padding)
            try appendConvolution(
                place, name, geometry, filters: filters, kernelShape: [kernel.height, kernel.width],
                outputShape: [geometry.outputHeight, geometry.outputWidth], bias: bias)
        case .conv1d(let filters, let kernel, let stride, let padding, let bias):
            guard shape.rank == 2 else {
                throw .wrongRank(place, shape: shape, wants: "sequences of channels x length")
            }
            let geometry = try window(
                place, [shape[0], 1, shape[1]], original: shape, Extent2(height: 1, width: kernel),
                Extent2(height: 1, width: stride), Extent2(height: 0, width: padding))
            try appendConvolution(
                place, name, geometry, filters: filters, kernelShape: [kernel],
                outputShape: [geometry.outputWidth], bias: bias)
        case .maxPool2d(let size, let stride, let padding):
            let geometry = try poolWindow(place, shape, size, stride ?? size, padding)
            try checkCount(place, "the pictures of a batch", [maximumBatch, geometry.plane])
            append(
                MaxPoolNode(
                    name: name, input: nodes.count, output: nodes.count + 1, geometry: geometry,
                    maximumBatch: maximumBatch))
        case .avgPool2d(let size, let stride, let padding):
            let geometry = try poolWindow(place, shape, size, stride ?? size, padding)
            append(
                AveragePoolNode(
                    name: name, kind: layer.kind, input: nodes.count, output: nodes.count + 1,
                    outputShape: [geometry.channels, geometry.outputHeight, geometry.outputWidth],
                    geometry: geometry))
        case .globalAvgPool:
            let whole = shape.rank == 3 ? Extent2(height: shape[1], width: shape[2]) : 1
            let geometry = try window(place, shape, whole, 1, 0)
            append(
                AveragePoolNode(
                    name: name, kind: layer.kind, input: nodes.count, output: nodes.count + 1,
                    outputShape: [shape[0]], geometry: geometry))
        case .batchNorm(let momentum, let eps):
            try require((0...1).contains(momentum), place, "momentum", "\(momentum)", "between 0 and 1")
            try require(eps > 0 && eps.isFinite, place, "eps", "\(eps)", "above 0")
            appendBatchNorm(name, shape, momentum: momentum, eps: eps)
        case .flatten:
            append(FlattenNode(name: name, input: nodes.count, output: nodes.count + 1, count: shape.count))
        case .dropout(let probability):
            try require((0...1).contains(probability), place, "p", "\(probability)", "between 0 and 1")
            append(
                DropoutNode(
                    name: name, input: nodes.count, output: nodes.count + 1, shape: shape,
                    probability: probability, maximumBatch: maximumBatch))
        case .activation(let activation):
            try appendActivation(place, name, shape, activation)
        }
        try checkMemory(place)
    }

    private mutating func append(_ node: any Node) {
        nodes.append(node)
        shapes.append(node.outputShape)
    }

    private mutating func addParameter(_ name: String, _ shape: Shape, _ beginning: Beginning) -> Int {
        beginnings.append(beginning)
        return layout.add(name: name, shape: shape)
    }

    private mutating func appendLinear(
        _ place: LayerPlace, _ name: String, features: Int, units: Int, bias: Bool
    ) throws(NetworkError) {
        try checkCount(place, "the weight", [units, features])
        let weight = addParameter("\(name).weight", [units, features], .weight(fanIn: features, fanOut: units))
        let bias = bias ? addParameter("\(name).bias", [units], .bias(fanIn: features)) : nil
        append(
            LinearNode(
                name: name, input: nodes.count, output: nodes.count + 1, features: features, units: units,
                layout: layout, weight: weight, bias: bias))
    }

    private mutating func appendConvolution(
        _ place: LayerPlace, _ name: String, _ geometry: WindowGeometry, filters: Int, kernelShape: [Int],
        outputShape: [Int], bias: Bool
    ) throws(NetworkError) {
        try require(filters >= 1, place, "filters", "\(filters)", "at least 1")
        let area = geometry.window.area
        try checkCount(place, "the weight", [filters, geometry.channels, area])
        try checkCount(place, "the output", [filters, geometry.places])
        try checkCount(place, "the matrix of windows", [geometry.channels, area, geometry.places])
        let fanIn = geometry.channels * area
        let weight = addParameter(
            "\(name).weight", Shape([filters, geometry.channels] + kernelShape),
            .weight(fanIn: fanIn, fanOut: filters * area))
        let bias = bias ? addParameter("\(name).bias", [filters], .bias(fanIn: fanIn)) : nil
        append(
            ConvolutionNode(
                name: name, kind: place.kind, input: nodes.count, output: nodes.count + 1,
                outputShape: Shape([filters] + outputShape), geometry: geometry, filters: filters, layout: layout,
                weight: weight, bias: bias, maximumBatch: maximumBatch))
    }

    private mutating func appendBatchNorm(_ name: String, _ shape: Shape, momentum: Double, eps: Double) {
        let features: Shape = [shape[0]]
        let scale = addParameter("\(name).weight", features, .constant(1))
        let shift = addParameter("\(name).bias", features, .constant(0))
        let mean = bufferLayout.add(name: "\(name).running_mean", shape: features)
        let variance = bufferLayout.add(name: "\(name).running_var", shape: features)
        append(
            BatchNormNode(
                name: name, input: nodes.count, output: nodes.count + 1, shape: shape, momentum: momentum,
                eps: eps, layout: layout, scale: scale, shift: shift, bufferLayout: bufferLayout, mean: mean,
                variance: variance))
    }

    private mutating func appendActivation(
        _ place: LayerPlace, _ name: String, _ shape: Shape, _ activation: Activation
    ) throws(NetworkError) {
        switch activation {
        case .softmax:
            append(SoftmaxNode(name: name, input: nodes.count, output: nodes.count + 1, shape: shape))
            return
        case .prelu:
            let slope = addParameter("\(name).weight", [1], .constant(0.25))
            append(
                PReLUNode(
                    name: name, input: nodes.count, output: nodes.count + 1, shape: shape, layout: layout,
                    slope: slope))
            return
        case .leakyRelu(let slope):
            try require(slope.isFinite, place, "slope", "\(slope)", "a finite number")
        case .elu(let alpha):
            try require(alpha.isFinite, place, "alpha", "\(alpha)", "a finite number")
        default: break
        }
        append(
            ActivationNode(
                name: name, input: nodes.count, output: nodes.count + 1, shape: shape, activation: activation))
    }
}
