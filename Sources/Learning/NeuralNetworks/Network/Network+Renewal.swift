import Tensors

/// Layers that begin anew in the middle of a training.
extension Network {
    /// The names of the layers that learn or count batches, in depth order.
    package var learningLayers: [String] {
        var names: [String] = []
        for segment in layout.segments + bufferLayout.segments where !names.contains(String(segment.layer)) {
            names.append(String(segment.layer))
        }
        return names
    }

    /// Those of them that a name means: the layer itself, or what stands within the block.
    package func learningLayers(of name: String) -> [String] {
        learningLayers.filter { $0 == name || $0.hasPrefix(name + ".") }
    }

    /// Draws the weights of some layers anew, and lets their running statistics be as before the first batch.
    ///
    /// What is drawn hangs on seed, step and parameter alone.
    /// - Returns: where the weights lie in `parameters`.
    package func reinitialize(_ layers: Set<String>, seed: UInt64, step: Int) -> [Range<Int>] {
        let generator = Self.renewal(seed: seed, step: step)
        var renewed: [Range<Int>] = []
        for (index, segment) in layout.segments.enumerated() where layers.contains(String(segment.layer)) {
            fill(
                UnsafeMutableBufferPointer(start: parameters.pointer + segment.offset, count: segment.count),
                asSegment: index, from: generator)
            renewed.append(segment.range)
        }
        state.statistics.reset(state.statistics.part(of: layers))
        return renewed
    }

    /// Whether a layer has units that can die and have weights of their own: linear and convolution layers before a ReLU or its kin.
    package func canRevive(_ name: String) -> Bool { revivable(name) != nil }

    /// Draws the weights of those units of a layer anew that fire for no example of a batch, and lets the normalization behind them
    /// scale by 1 and shift by 0 there.
    ///
    /// Looked at as in an evaluation: nothing is dropped, and no batch is counted. A unit with a value that is no number fires.
    /// - Returns: how many units there were, and where their weights lie in `parameters`.
    package func reinitializeDeadUnits(
        of name: String, _ input: UnsafePointer<Float>, batch: Int, seed: UInt64, step: Int
    ) -> (count: Int, weights: [Range<Int>]) {
        guard let layer = revivable(name) else { preconditionFailure("\(name) has no units that can die") }
        let context = StepContext(mode: .evaluation, step: step, seed: seed, measures: true)
        let dead = meter.deadUnits(of: layer) { _ = forward(input, batch: batch, context: context) }
        let generator = Self.renewal(seed: seed, step: step)
        var renewed: [Range<Int>] = []
        for index in ownParameters(of: watched[layer]) {
            let segment = layout.segments[index]
            let width = segment.count / segment.shape[0]
            let drawn = FloatBuffer(count: segment.count)
            fill(
                UnsafeMutableBufferPointer(start: drawn.pointer, count: segment.count), asSegment: index,
                from: generator)
            for unit in dead {
                let range = segment.offset + unit * width..<segment.offset + (unit + 1) * width
                (parameters.pointer + range.lowerBound).update(from: drawn.pointer + unit * width, count: width)
                renewed.append(range)
            }
        }
        return (dead.count, renewed)
    }

    /// The index of a watched layer of this name whose units can begin anew one by one.
    private func revivable(_ name: String) -> Int? {
        watched.firstIndex { layer in
            let units = shapes[layer.outputValue][0]
            return layer.name == name && layer.canDie
                && ownParameters(of: layer).allSatisfy { layout.segments[$0].shape[0] == units }
        }
    }

    /// The parameters of a layer and of the normalization behind it, each with a row a unit.
    private func ownParameters(of layer: WatchedLayer) -> [Int] {
        let norm = nodes[layer.preactivationValue - 1]
        return layer.parameterSegments + (norm.name == layer.name ? [] : norm.parameterSegments)
    }

    private static func renewal(seed: UInt64, step: Int) -> Philox {
        let words = Philox(seed: seed, purpose: .reinitialization).block(UInt64(step), 0)
        return Philox(key: SIMD2(words.x, words.y))
    }
}
