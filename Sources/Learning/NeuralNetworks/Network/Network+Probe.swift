import Tensors

/// Looks at a set of examples as in an evaluation: no batch is counted, nothing is dropped.
extension Network {
    /// Share of each watched layer's units that fire for none of the examples; NaN where none can die. A value that is no number fires.
    ///
    /// - Parameters:
    ///   - batches: examples of each pass, at most `maximumBatch`.
    ///   - load: gives the inputs of a pass, by its place among `batches`.
    package func deadShares(batches: [Int], step: Int, seed: UInt64, load: (Int) -> UnsafePointer<Float>) -> [Double] {
        let context = StepContext(mode: .evaluation, step: step, seed: seed, measures: true)
        meter.beginProbe()
        for (place, count) in batches.enumerated() { _ = forward(load(place), batch: count, context: context) }
        return meter.endProbe()
    }
}
