import Tensors

extension GraphBuilder {
    /// Appends a layer that holds no others.
    mutating func appendPlain(_ layer: LayerSpecification, _ place: LayerPlace) throws(NetworkError) {
        let shape = shape
        switch layer {
        case .linear(let units, let bias, let dropConnect, let initializer):
            try appendLinear(
                place, units: units, bias: bias, dropConnect: dropConnect, initializer ?? self.initializer)
        case .conv2d(let filters, let kernel, let stride, let padding, let bias, let initializer):
            let geometry = try window(place, shape, kernel, stride, padding)
            try appendConvolution(
                place, geometry, filters: filters, kernelShape: [kernel.height, kernel.width],
                outputShape: [geometry.outputHeight, geometry.outputWidth], bias: bias,
                initializer ?? self.initializer)
        case .conv1d(let filters, let kernel, let stride, let padding, let bias, let initializer):
            let geometry = try sequenceWindow(place, kernel, stride, padding)
            try appendConvolution(
                place, geometry, filters: filters, kernelShape: [kernel], outputShape: [geometry.outputWidth],
                bias: bias, initializer ?? self.initializer)
        case .maxPool2d(let size, let stride, let padding), .avgPool2d(let size, let stride, let padding):
            let geometry = try poolWindow(place, shape, size, stride ?? size, padding)
            try appendPool(
                place, geometry, outputShape: [geometry.channels, geometry.outputHeight, geometry.outputWidth])
        case .maxPool1d(let size, let stride, let padding), .avgPool1d(let size, let stride, let padding):
            let geometry = try sequenceWindow(place, size, stride ?? size, padding)
            try checkPoolPadding(
                place, size: Extent2(height: 1, width: size), padding: Extent2(height: 0, width: padding))
            try appendPool(place, geometry, outputShape: [geometry.channels, geometry.outputWidth])
        case .fractionalMaxPool2d(let size, let heightRatio, let widthRatio):
            try appendFractionalPool(place, size, heightRatio, widthRatio)
        case .globalAvgPool:
            let picture: Shape = shape.rank == 2 ? [shape[0], 1, shape[1]] : shape
            let whole = picture.rank == 3 ? Extent2(height: picture[1], width: picture[2]) : 1
            let geometry = try window(place, picture, whole, 1, 0)
            append(AveragePoolNode(nodePlace(place, [shape[0]]), geometry: geometry))
        case .batchNorm(let momentum, let eps, let initialScale):
            try require((0...1).contains(momentum), place, "momentum", "\(momentum)", "between 0 and 1")
            try require(initialScale.isFinite, place, "initialScale", "\(initialScale)", "a finite number")
            try requirePositive(place, eps: eps)
            appendBatchNorm(place, momentum: momentum, eps: eps, initialScale: initialScale)
        case .layerNorm(let eps):
            try requirePositive(place, eps: eps)
            appendLayerNorm(place, isPerMap: false, eps: eps)
        case .instanceNorm(let eps):
            try requirePositive(place, eps: eps)
            guard shape.rank > 1, shape.count > shape[0] else {
                throw .wrongRank(place, shape: shape, wants: "maps of more than one number")
            }
            appendLayerNorm(place, isPerMap: true, eps: eps)
        case .flatten:
            append(FlattenNode(nodePlace(place, [shape.count])))
        case .dropout(let probability):
            try require((0...1).contains(probability), place, "p", "\(probability)", "between 0 and 1")
            append(
                DropoutNode(nodePlace(place, shape), probability: probability, maximumBatch: maximumBatch))
        case .gaussianNoise(let std):
            try require(std >= 0 && std.isFinite, place, "std", "\(std)", "at least 0")
            append(GaussianNoiseNode(nodePlace(place, shape), std: std))
        case .rnn(let units, let nonlinearity, let returnSequences, let initializer):
            try appendRecurrent(
                place, nonlinearity == .tanh ? .tanh : .relu, units: units, returnSequences: returnSequences,
                initializer ?? self.initializer)
        case .lstm(let units, let returnSequences, let initializer):
            try appendRecurrent(
                place, .lstm, units: units, returnSequences: returnSequences, initializer ?? self.initializer)
        case .activation(let activation): try appendActivation(place, activation)
        case .residual, .concat: preconditionFailure("\(layer.kind) holds other layers")
        }
    }

    private mutating func appendLinear(
        _ place: LayerPlace, units: Int, bias: Bool, dropConnect: Double, _ initializer: LayerInitializer
    ) throws(NetworkError) {
        let (name, shape) = (place.name, shape)
        try require(units >= 1, place, "units", "\(units)", "at least 1")
        try require((0...1).contains(dropConnect), place, "dropConnect", "\(dropConnect)", "between 0 and 1")
        guard shape.rank == 1 else {
            throw .wrongRank(place, shape: shape, wants: "a list of features: put \"flatten\" before it")
        }
        let features = shape[0]
        try checkCount(place, "the weight", [units, features])
        let fans = Initializer.Fans(fanIn: features, fanOut: units)
        let weight = addParameter("\(name).weight", [units, features], .weight(initializer.weights, fans))
        let bias = bias ? addBias("\(name).bias", units, initializer, fans) : nil
        note(initializer, hasBias: bias != nil)
        append(
            LinearNode(
                nodePlace(place, [units]), features: features, dropConnect: dropConnect, weight: weight, bias: bias,
                maximumBatch: maximumBatch))
    }

    private mutating func addBias(
        _ name: String, _ count: Int, _ initializer: LayerInitializer, _ fans: Initializer.Fans
    ) -> Parameter {
        addParameter(name, [count], .bias(initializer.weights, value: initializer.bias, fans))
    }

    private mutating func appendConvolution(
        _ place: LayerPlace, _ geometry: WindowGeometry, filters: Int, kernelShape: [Int], outputShape: [Int],
        bias: Bool, _ initializer: LayerInitializer
    ) throws(NetworkError) {
        try require(filters >= 1, place, "filters", "\(filters)", "at least 1")
        let area = geometry.window.area
        try checkCount(place, "the weight", [filters, geometry.channels, area])
        try checkCount(place, "the output", [filters, geometry.places])
        try checkCount(place, "the matrix of windows", [geometry.channels, area, geometry.places])
        let fans = Initializer.Fans(fanIn: geometry.channels * area, fanOut: filters * area)
        let name = place.name
        let weight = addParameter(
            "\(name).weight", Shape([filters, geometry.channels] + kernelShape), .weight(initializer.weights, fans))
        let bias = bias ? addBias("\(name).bias", filters, initializer, fans) : nil
        note(initializer, hasBias: bias != nil)
        append(
            ConvolutionNode(
                nodePlace(place, Shape([filters] + outputShape)), geometry: geometry, filters: filters, weight: weight,
                bias: bias, maximumBatch: maximumBatch))
    }

    private mutating func appendPool(
        _ place: LayerPlace, _ geometry: WindowGeometry, outputShape: Shape
    ) throws(NetworkError) {
        guard place.kind.hasPrefix("max") else {
            append(AveragePoolNode(nodePlace(place, outputShape), geometry: geometry))
            return
        }
        try checkCount(place, "the pictures of a batch", [maximumBatch, geometry.plane])
        append(MaxPoolNode(nodePlace(place, outputShape), geometry: geometry, maximumBatch: maximumBatch))
    }

    private mutating func appendFractionalPool(
        _ place: LayerPlace, _ size: Extent2, _ heightRatio: Double, _ widthRatio: Double
    ) throws(NetworkError) {
        let geometry = try window(place, shape, size, 1, 0)
        for ratio in [heightRatio, widthRatio] {
            try require(ratio > 0 && ratio < 1, place, "outputRatio", "\(ratio)", "above 0 and below 1")
        }
        let outputSize = Extent2(
            height: Int(Double(shape[1]) * heightRatio), width: Int(Double(shape[2]) * widthRatio))
        try require(
            (1...geometry.outputHeight).contains(outputSize.height)
                && (1...geometry.outputWidth).contains(outputSize.width), place, "outputRatio",
            heightRatio == widthRatio ? "\(heightRatio)" : "[\(heightRatio), \(widthRatio)]",
            "such that 1x1 to \(geometry.outputHeight)x\(geometry.outputWidth) remain, not \(outputSize)")
        append(
            FractionalMaxPoolNode(
                nodePlace(place, [shape[0], outputSize.height, outputSize.width]), input: shape, size: size,
                maximumBatch: maximumBatch))
    }

    private mutating func appendBatchNorm(
        _ place: LayerPlace, momentum: Double, eps: Double, initialScale: Double
    ) {
        let name = place.name
        let features: Shape = [shape[0]]
        let tensors = BatchNormState.Tensors(
            scale: addParameter("\(name).weight", features, .constant(Float(initialScale))),
            shift: addParameter("\(name).bias", features, .constant(0)),
            runningMean: addBuffer("\(name).running_mean", features),
            runningVariance: addBuffer("\(name).running_var", features))
        note("scale \(Initializer.written(initialScale)), shift 0")
        append(
            BatchNormNode(
                nodePlace(place, shape), momentum: momentum, eps: eps, tensors: tensors, maximumBatch: maximumBatch))
    }

    private mutating func appendLayerNorm(_ place: LayerPlace, isPerMap: Bool, eps: Double) {
        let features: Shape = isPerMap ? [shape[0]] : shape
        let scale = addParameter("\(place.name).weight", features, .constant(1))
        let shift = addParameter("\(place.name).bias", features, .constant(0))
        note("scale 1, shift 0")
        append(
            LayerNormNode(
                nodePlace(place, shape), isPerMap: isPerMap, eps: eps, scale: scale, shift: shift,
                maximumBatch: maximumBatch))
    }

    private mutating func appendRecurrent(
        _ place: LayerPlace, _ cell: RecurrentCell, units: Int, returnSequences: Bool, _ initializer: LayerInitializer
    ) throws(NetworkError) {
        let (name, shape) = (place.name, shape)
        try require(units >= 1, place, "units", "\(units)", "at least 1")
        guard shape.rank == 2 else {
            throw .wrongRank(place, shape: shape, wants: "sequences of length x features")
        }
        let (width, features) = (cell.gateCount * max(1, min(units, 1 << 31)), shape[1])
        try checkCount(place, "the weight", [width, max(features, units)])
        try checkCount(place, "the gates of a batch", [maximumBatch, shape[0], width])
        try checkMemory(place, more: [width * (features + units) * 2, maximumBatch * shape[0] * (width + 2 * units)])
        // Each gate is a layer of its own to the initializers.
        let inputFans = Initializer.Fans(fanIn: features, fanOut: units, standard: units)
        let stateFans = Initializer.Fans(fanIn: units, fanOut: units, standard: units)
        let parameters = RecurrentNode.Parameters(
            inputWeight: addParameter(
                "\(name).weight_ih_l0", [width, features], .weight(initializer.weights, inputFans)),
            stateWeight: addParameter("\(name).weight_hh_l0", [width, units], .weight(initializer.weights, stateFans)),
            inputBias: addBias("\(name).bias_ih_l0", width, initializer, inputFans),
            stateBias: addBias("\(name).bias_hh_l0", width, initializer, stateFans))
        note(initializer, hasBias: true)
        append(
            RecurrentNode(
                nodePlace(place, returnSequences ? [shape[0], units] : [units]), input: shape, cell: cell, units: units,
                returnsSequences: returnSequences, parameters: parameters, maximumBatch: maximumBatch))
    }

    private mutating func appendActivation(_ place: LayerPlace, _ activation: Activation) throws(NetworkError) {
        let shape = shape
        switch activation {
        case .softmax:
            append(SoftmaxNode(nodePlace(place, shape)))
            return
        case .prelu:
            let slope = addParameter("\(place.name).weight", [1], .constant(0.25))
            note("slope 0.25")
            append(PReLUNode(nodePlace(place, shape), slope: slope))
            return
        case .maxout(let pieces):
            try require(pieces >= 2, place, "pieces", "\(pieces)", "at least 2")
            guard shape[0] % pieces == 0 else { throw .groupsDoNotDivide(place, shape: shape, pieces: pieces) }
            append(
                MaxoutNode(
                    nodePlace(place, Shape([shape[0] / pieces] + shape.extents.dropFirst())), pieces: pieces,
                    maximumBatch: maximumBatch))
            return
        case .leakyRelu(let slope):
            try require(slope.isFinite, place, "slope", "\(slope)", "a finite number")
        case .elu(let alpha):
            try require(alpha.isFinite, place, "alpha", "\(alpha)", "a finite number")
        default: break
        }
        append(ActivationNode(nodePlace(place, shape), activation: activation))
    }
}
