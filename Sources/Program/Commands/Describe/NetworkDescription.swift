import Foundation
import NeuralNetworks
import Plans
import Runs
import Settings
import Tensors
import Training

/// What `sitter describe` says about a config's network.
package struct NetworkDescription {
    let name: String
    let inputShape: Shape
    let outputShape: Shape
    let batch: Int
    let rows: [LayerSummary]
    /// Bytes of everything the network keeps: weights, gradients, and all that a training step needs at once.
    let memoryBytes: Int
    /// What somebody should know about its data; nothing where that was not read.
    let warnings: [StartWarning]

    /// Builds the network; reads the data only where its shape is known no other way.
    package init(plan: RunPlan) throws {
        let network: Network
        var warnings: [StartWarning] = []
        if let shape = plan.data.source.options.knownShape {
            let pool = WorkerPool(threadCount: 1)
            defer { pool.close() }
            network = try plan.network(inputShape: shape, maximumBatch: plan.batchSize, pool: pool)
        } else {
            let material = try RunMaterial(plan: plan)
            (network, warnings) = (material.network, material.description.warnings)
        }
        self.warnings = warnings
        name = plan.name
        inputShape = network.inputShape
        outputShape = network.outputShape
        batch = network.maximumBatch
        rows = network.summary
        memoryBytes = network.memoryBytes
    }

    var parameterCount: Int { rows.reduce(0) { $0 + $1.parameterCount } }
    var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }

    /// The same as one object for `--json`: counts as whole numbers, memory in bytes, a row for each layer.
    package var json: JSON {
        .object([
            ("name", .string(name)), ("input", inputShape.json), ("output", outputShape.json),
            ("batch", .integer(batch)), ("parameters", .integer(parameterCount)),
            ("multiplyAdds", .integer(multiplyAdds)), ("memoryBytes", .integer(memoryBytes)),
            ("layers", .array(rows.map(\.json))),
        ])
    }
}

extension Shape {
    fileprivate var json: JSON { .array(extents.map { .integer($0) }) }
}

extension LayerSummary {
    fileprivate var json: JSON {
        .object([
            ("name", .string(name)), ("kind", .string(kind)), ("output", outputShape.json),
            ("parameters", .integer(parameterCount)), ("multiplyAdds", .integer(multiplyAdds)),
            ("memoryBytes", .integer(memoryBytes)), ("initialization", .string(initialization)),
        ])
    }
}
