import Foundation
import Tensors

extension Network {
    /// Computes the outputs of a batch.
    ///
    /// - Parameter input: `[batch, inputShape]`; must stay until `backward` is done.
    /// - Returns: The logits, `[batch, outputShape]`; valid until the next pass.
    package func forward(
        _ input: UnsafePointer<Float>, batch: Int, context: StepContext
    ) -> UnsafePointer<Float> {
        precondition((1...maximumBatch).contains(batch), "a batch of \(batch), planned for 1...\(maximumBatch)")
        room.memory.begin(with: input)
        let pass = makePass(batch, context)
        if context.measures { meter.begin() }
        for operation in context.measures ? room.plan.measuredForward : room.plan.forward { perform(operation, pass) }
        return UnsafePointer(room.memory.values[nodes.count])
    }

    private func perform(_ operation: ForwardOperation, _ pass: Pass) {
        switch operation {
        case .node(let node): node.forward(pass)
        case .convolution(let node, let norms): node.forward(pass, norms)
        case .maxPool(let node, let writer): node.forward(pass, writer: writer)
        case .normStatistics(let node, let collects): node.forwardStatistics(pass, collects: collects)
        case .normOutput(let norm): norm.writeOutput(pass)
        case .linear(let node, let following): node.forward(pass, then: following)
        case .measurePreactivation(let layer): meter.measurePreactivation(layer, pass)
        case .measureOutput(let layer): meter.measureOutput(layer, pass)
        case .measureActivation(let node, let layer): meter.measure(node, layer, pass)
        }
    }

    /// Computes the gradients of all parameters, after a `forward` with the same batch and context; overwrites `gradients`.
    ///
    /// - Parameter outputGradient: d loss / d outputs, `[batch, outputShape]`.
    package func backward(outputGradient: UnsafePointer<Float>, batch: Int, context: StepContext) {
        precondition((1...maximumBatch).contains(batch), "a batch of \(batch), planned for 1...\(maximumBatch)")
        room.memory.begin(withOutputGradient: outputGradient)
        var pass = makePass(batch, context)
        for operation in context.measures ? room.plan.measuredBackward : room.plan.backward {
            switch operation.adding {
            case .none:
                pass.adds = false
                perform(operation.work, pass)
            case .byNode:
                pass.adds = true
                perform(operation.work, pass)
            case .apart(let value):
                pass.adds = false
                performApart(operation.work, value, pass)
            }
        }
    }

    private func perform(_ work: BackwardOperation.Work, _ pass: Pass) {
        switch work {
        case .node(let node): node.backward(pass)
        case .join(let node, let position): node.backward(pass, position: position)
        case .convolution(let node, let norms): node.backward(pass, norms)
        case .maxPool(let node, let summer): node.backward(pass, summer: summer)
        case .normSums(let norm): norm.takeSums(pass)
        case .normParameters(let maps): maps.writeParameterGradients(pass)
        case .normInput(let norm): norm.writeInputGradient(pass)
        case .linear(let node, let activation): node.backward(pass, before: activation)
        case .measureSignal(let layer, let isJoined): meter.measureSignal(layer, isJoined: isJoined, pass)
        }
    }

    /// Lets a node write the gradient of its input into memory apart, and adds that to the value's gradient.
    private func performApart(_ work: BackwardOperation.Work, _ input: Int, _ pass: Pass) {
        guard let total = room.memory.gradients[input] else { preconditionFailure("value \(input) has no gradient") }
        let part = room.memory.apart.pointer
        room.memory.gradients[input] = part
        perform(work, pass)
        room.memory.gradients[input] = total
        let pieces = KernelPieces(pass.batch * shapes[input].count, unit: 64)
        pool.run(pieces: pieces.count) { piece in
            VectorLoop.map(total, part, into: total, pieces.range(piece)) { $0 + $1 }
        }
    }

    private func makePass(_ batch: Int, _ context: StepContext) -> Pass {
        Pass(
            values: room.memory.values, gradients: room.memory.gradients, parameters: parameters.pointer,
            parameterGradients: gradients.pointer, buffers: buffers.pointer, shared: room.memory.shared.pointer,
            batch: batch,
            context: context, pool: pool, meter: context.measures ? meter.outputs : nil)
    }
}
