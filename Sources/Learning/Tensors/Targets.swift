/// What the outputs of a batch should be, in memory that the batch owns: what a data set hands out and a loss compares.
package enum Targets {
    /// One class index an example, 0..<outputCount.
    case classes(UnsafePointer<Int32>)
    /// A share of each class an example, `[batch, outputCount]`, each row adding up to 1; mixup's targets.
    case probabilities(UnsafePointer<Float>)
    /// `[batch, outputCount]`.
    case values(UnsafePointer<Float>)
}
