import Tensors

extension Network {
    /// Copies what the last measured pass found, one entry per watched layer.
    package func measurements(into target: UnsafeMutablePointer<LayerMeasurement>) {
        guard let base = measured.baseAddress else { return }
        target.update(from: base, count: measured.count)
    }

    /// Measures a value that a node has just written, where a watched layer wants it.
    func measure(_ value: Int, _ pass: Pass) {
        for (index, layer) in watched.enumerated() {
            if layer.preactivationValue == value, layer.outputValue != value {
                let grid = grid(value, pass)
                let range = meter.range(pass.value(value), count: pass.batch * shapes[value].count, pool: pool)
                measured[index].preactivation = meter.histogram(pass.value(value), grid, range, pool: pool).0
            }
            if layer.outputValue == value { measureOutput(index, layer, pass) }
        }
    }

    private func measureOutput(_ index: Int, _ layer: WatchedLayer, _ pass: Pass) {
        let values = pass.value(layer.outputValue)
        let grid = grid(layer.outputValue, pass)
        let tally = meter.tally(
            values, grid, unsaturated: layer.unsaturatedRange, countsSilent: layer.canDie, pool: pool)
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
        let (histogram, isSampled) = meter.histogram(values, grid, range, pool: pool)
        measured[index].histogram = histogram
        measured[index].sampled = isSampled
        if layer.preactivationValue == layer.outputValue { measured[index].preactivation = histogram }
        measured[index].signalNorm = .nan
    }

    /// Measures the gradient that has come back to a value, where a watched layer wants it.
    func measureSignal(_ value: Int, _ pass: Pass) {
        for (index, layer) in watched.enumerated() where layer.outputValue == value {
            measured[index].signalNorm = meter.rootMeanSquare(
                pass.gradient(value), count: pass.batch * shapes[value].count, pool: pool)
        }
    }

    private func grid(_ value: Int, _ pass: Pass) -> FeatureGrid {
        let shape = shapes[value]
        return FeatureGrid(batch: pass.batch, features: shape[0], places: shape.count / shape[0])
    }
}
