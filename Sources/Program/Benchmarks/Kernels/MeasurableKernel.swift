/// A kernel that can be measured against the machine's limits; a layer gives two results, forward and backward.
struct MeasurableKernel: Sendable {
    let measure: @Sendable (MachineLimits) throws -> [KernelResult]
}
