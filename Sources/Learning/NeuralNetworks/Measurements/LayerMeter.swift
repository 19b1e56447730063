import Machine
import Tensors

/// Measures the watched layers of a network in the passes that ask for it.
final class LayerMeter {
    /// Layers with weights in depth order.
    let watched: [WatchedLayer]
    /// Takes what nodes find on the way.
    let outputs: OutputMeter
    /// What measuring took since `begin`, in seconds.
    private(set) var seconds = 0.0
    /// Shape of each value of the graph.
    private let shapes: [Shape]
    private let measured: UnsafeMutableBufferPointer<LayerMeasurement>
    /// The layer whose dead units are asked for, and those found.
    private var asked: (layer: Int, dead: [Int])?
    /// Which units of each layer have fired since `beginProbe`.
    private var fired: [[Bool]] = []
    private var isProbing = false

    init(_ watched: [WatchedLayer], shapes: [Shape]) {
        self.watched = watched
        self.shapes = shapes
        outputs = OutputMeter(units: watched.map { shapes[$0.outputValue][0] }.max() ?? 0)
        measured = .allocate(capacity: watched.count)
        measured.initialize(repeating: LayerMeasurement())
    }

    deinit { measured.deallocate() }

    /// Begins a measured step.
    func begin() { seconds = 0 }

    /// Copies what the last measured pass found, one entry a layer.
    func copy(into target: UnsafeMutablePointer<LayerMeasurement>) {
        guard let base = measured.baseAddress else { return }
        target.update(from: base, count: measured.count)
    }

    /// The units of a layer that fire for no example of a measured pass.
    func deadUnits(of layer: Int, in pass: () -> Void) -> [Int] {
        asked = (layer, [])
        defer { asked = nil }
        pass()
        return asked?.dead ?? []
    }

    /// From here on it is noted which units fire. Allocates the first time alone.
    func beginProbe() {
        isProbing = true
        guard !fired.isEmpty else {
            fired = watched.map { Array(repeating: false, count: shapes[$0.outputValue][0]) }
            return
        }
        for layer in fired.indices {
            for unit in fired[layer].indices { fired[layer][unit] = false }
        }
    }

    /// No more is noted.
    func endProbe() { isProbing = false }

    /// Share of a layer's units that did not fire in the last probe; NaN where none can die.
    func deadShare(of layer: Int) -> Double {
        guard watched[layer].canDie, fired.indices.contains(layer) else { return .nan }
        return Double(fired[layer].count { !$0 }) / Double(max(1, fired[layer].count))
    }

    /// Notes the units with a value above 0, or one that is no number.
    private func noteFired(_ index: Int, _ values: UnsafePointer<Float>, _ grid: FeatureGrid) {
        for unit in 0..<grid.features where !fired[index][unit] {
            for example in 0..<grid.batch {
                let start = (example * grid.features + unit) * grid.places
                if (start..<start + grid.places).contains(where: { !(values[$0] <= 0) }) {
                    fired[index][unit] = true
                    break
                }
            }
        }
    }

    private func findDeadUnits(_ values: UnsafePointer<Float>, _ grid: FeatureGrid) {
        asked?.dead = (0..<grid.features).filter { unit in
            (0..<grid.batch).allSatisfy { example in
                let start = (example * grid.features + unit) * grid.places
                return (start..<start + grid.places).allSatisfy { values[$0] <= 0 }
            }
        }
    }

    /// Measures what goes into the activation of a layer.
    func measurePreactivation(_ index: Int, _ pass: Pass) {
        timed {
            let value = watched[index].preactivationValue
            let grid = grid(value, pass)
            let range = outputs.range(pass.value(value), count: pass.batch * shapes[value].count, pool: pass.pool)
            measured[index].preactivation = outputs.histogram(pass.value(value), grid, range, pool: pass.pool).0
        }
    }

    /// Measures what a layer gives.
    func measureOutput(_ index: Int, _ pass: Pass) {
        timed {
            let layer = watched[index]
            let grid = grid(layer.outputValue, pass)
            let tally = outputs.tally(
                pass.value(layer.outputValue), grid, unsaturated: layer.unsaturatedRange, countsSilent: layer.canDie,
                pool: pass.pool)
            record(index, tally, grid, pass)
        }
    }

    /// Computes an activation behind a linear layer, and measures what it gets and what it makes of it.
    func measure(_ activation: ActivationNode, _ index: Int, _ pass: Pass) {
        timed {
            let layer = watched[index]
            let grid = grid(activation.output, pass)
            let (tally, histogram) = outputs.tally(
                grid, before: pass.value(layer.preactivationValue), pass.value(layer.outputValue),
                unsaturated: layer.unsaturatedRange, countsSilent: layer.canDie, pool: pass.pool
            ) { activation.forward(pass, examples: $0) }
            measured[index].preactivation = histogram
            record(index, tally, grid, pass)
        }
    }

    /// Measures the gradient that has come back to what a layer gives.
    ///
    /// - Parameter isJoined: Whether the linear layer behind has turned it into that of the activation's input already, and
    ///   taken its size before.
    func measureSignal(_ index: Int, isJoined: Bool, _ pass: Pass) {
        timed {
            let value = watched[index].outputValue
            let count = pass.batch * shapes[value].count
            measured[index].signalNorm =
                isJoined
                ? outputs.joinedRootMeanSquare
                : outputs.rootMeanSquare(pass.gradient(value), count: count, pool: pass.pool)
        }
    }

    private func record(_ index: Int, _ tally: OutputTally, _ grid: FeatureGrid, _ pass: Pass) {
        let layer = watched[index]
        if asked?.layer == index { findDeadUnits(pass.value(layer.outputValue), grid) }
        if isProbing, layer.canDie { noteFired(index, pass.value(layer.outputValue), grid) }
        let count = Double(grid.batch * grid.features * grid.places)
        let mean = tally.sum / count
        measured[index].mean = mean
        measured[index].std = max(0, tally.squares / count - mean * mean).squareRoot()
        if mean.isNaN { measured[index].std = .nan }
        measured[index].unitStd = UnitSpread.std(pass.value(layer.outputValue), grid)
        let range = tally.range
        measured[index].minimum = range.minimum <= range.maximum ? range.minimum : .nan
        measured[index].maximum = range.minimum <= range.maximum ? range.maximum : .nan
        measured[index].zeros = Double(tally.zeros) / count
        measured[index].saturated = layer.unsaturatedRange == nil ? .nan : Double(tally.saturated) / count
        measured[index].neverFired = layer.canDie ? Double(tally.silent) / Double(grid.features) : .nan
        let (histogram, isSampled) = outputs.histogram(pass.value(layer.outputValue), grid, range, pool: pass.pool)
        measured[index].histogram = histogram
        measured[index].sampled = isSampled
        if layer.preactivationValue == layer.outputValue { measured[index].preactivation = histogram }
        measured[index].signalNorm = .nan
    }

    private func grid(_ value: Int, _ pass: Pass) -> FeatureGrid {
        let shape = shapes[value]
        return FeatureGrid(batch: pass.batch, features: shape[0], places: shape.count / shape[0])
    }

    private func timed(_ work: () -> Void) {
        let began = MonotonicClock.seconds
        work()
        seconds += MonotonicClock.seconds - began
    }
}
