import Tensors

/// Looks at a set of examples as in an evaluation: no batch is counted, nothing is dropped.
extension Network {
    /// Looks which units fire for none of the examples; `deadShare` says it afterwards. A value that is no number fires.
    ///
    /// - Parameters:
    ///   - batches: examples of each pass, at most `maximumBatch`.
    ///   - load: gives the inputs of a pass, by its place among `batches`.
    package func probe(batches: [Int], step: Int, seed: UInt64, load: (Int) -> UnsafePointer<Float>) {
        let context = StepContext(mode: .evaluation, step: step, seed: seed, measures: true)
        meter.beginProbe()
        for (place, count) in batches.enumerated() { _ = forward(load(place), batch: count, context: context) }
        meter.endProbe()
    }

    /// Share of a watched layer's units that fired for no example of the last probe; NaN where none can die.
    package func deadShare(of layer: Int) -> Double { meter.deadShare(of: layer) }
}
