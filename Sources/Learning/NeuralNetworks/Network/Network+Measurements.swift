import Tensors

extension Network {
    /// Copies what the last measured pass found, one entry per watched layer.
    package func measurements(into target: UnsafeMutablePointer<LayerMeasurement>) {
        guard let base = measured.baseAddress else { return }
        target.update(from: base, count: measured.count)
    }

    /// Measures what goes into the activation of a watched layer.
    func measurePreactivation(_ index: Int, _ pass: Pass) {
        let value = watched[index].preactivationValue
        let grid = grid(value, pass)
        let range = meter.range(pass.value(value), count: pass.batch * shapes[value].count, pool: pool)
        measured[index].preactivation = meter.histogram(pass.value(value), grid, range, pool: pool).0
    }

    /// Measures what a watched layer gives.
    func measureOutput(_ index: Int, _ pass: Pass) {
        let layer = watched[index]
        let grid = grid(layer.outputValue, pass)
        let tally = meter.tally(
            pass.value(layer.outputValue), grid, unsaturated: layer.unsaturatedRange, countsSilent: layer.canDie,
            pool: pool)
        record(index, tally, grid, pass)
    }

    /// Computes an activation behind a linear layer, and measures what it gets and what it makes of it.
    func measure(_ activation: ActivationNode, _ index: Int, _ pass: Pass) {
        let layer = watched[index]
        let grid = grid(activation.output, pass)
        let (tally, histogram) = meter.tally(
            grid, before: pass.value(layer.preactivationValue), pass.value(layer.outputValue),
            unsaturated: layer.unsaturatedRange, countsSilent: layer.canDie, pool: pool
        ) { activation.forward(pass, examples: $0) }
        measured[index].preactivation = histogram
        record(index, tally, grid, pass)
    }

    private func record(_ index: Int, _ tally: OutputTally, _ grid: FeatureGrid, _ pass: Pass) {
        let layer = watched[index]
        let count = Double(grid.batch * grid.features * grid.places)
        let mean = tally.sum / count
        measured[index].mean = mean
        measured[index].std = max(0, tally.squares / count - mean * mean).squareRoot()
        if mean.isNaN { measured[index].std = .nan }
        let range = tally.range
        measured[index].minimum = range.minimum <= range.maximum ? range.minimum : .nan
        measured[index].maximum = range.minimum <= range.maximum ? range.maximum : .nan
        measured[index].zeros = Double(tally.zeros) / count
        measured[index].saturated = layer.unsaturatedRange == nil ? .nan : Double(tally.saturated) / count
        measured[index].neverFired = layer.canDie ? Double(tally.silent) / Double(grid.features) : .nan
        let (histogram, isSampled) = meter.histogram(pass.value(layer.outputValue), grid, range, pool: pool)
        measured[index].histogram = histogram
        measured[index].sampled = isSampled
        if layer.preactivationValue == layer.outputValue { measured[index].preactivation = histogram }
        measured[index].signalNorm = .nan
    }

    /// Measures the gradient that has come back to what a watched layer gives.
    ///
    /// - Parameter isJoined: Whether the linear layer behind has turned it into that of the activation's input already, and
    ///   taken its size before.
    func measureSignal(_ index: Int, isJoined: Bool, _ pass: Pass) {
        let value = watched[index].outputValue
        measured[index].signalNorm =
            isJoined
            ? meter.joinedRootMeanSquare
            : meter.rootMeanSquare(pass.gradient(value), count: pass.batch * shapes[value].count, pool: pool)
    }

    private func grid(_ value: Int, _ pass: Pass) -> FeatureGrid {
        let shape = shapes[value]
        return FeatureGrid(batch: pass.batch, features: shape[0], places: shape.count / shape[0])
    }
}
