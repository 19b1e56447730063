/// What the outputs of a batch should be.
package enum Targets {
    /// One class index an example, 0..<outputCount.
    case classes(UnsafePointer<Int32>)
    /// `[batch, outputCount]`.
    case values(UnsafePointer<Float>)
}
