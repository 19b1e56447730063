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
        // The nodes only read it.
        values[0] = UnsafeMutablePointer(mutating: input)
        let pass = makePass(batch, context)
        if context.measures { measuringSeconds = 0 }
        for node in nodes {
            if node.traits.contains(.alias) { values[node.output] = values[node.inputs[0]] }
            node.forward(pass)
            if context.measures { timed { measure(node.output, pass) } }
        }
        return UnsafePointer(values[nodes.count])
    }

    /// Computes the gradients of all parameters, after a `forward` with the same batch and context; overwrites `gradients`.
    ///
    /// - Parameter outputGradient: d loss / d outputs, `[batch, outputShape]`.
    package func backward(outputGradient: UnsafePointer<Float>, batch: Int, context: StepContext) {
        precondition((1...maximumBatch).contains(batch), "a batch of \(batch), planned for 1...\(maximumBatch)")
        // The nodes only read it: the plan never lets one write over the output's gradient.
        valueGradients[nodes.count] = UnsafeMutablePointer(mutating: outputGradient)
        let pass = makePass(batch, context)
        for index in stride(from: nodes.count - 1, through: 0, by: -1) {
            let node = nodes[index]
            if context.measures { timed { measureSignal(node.output, pass) } }
            guard plan.wantsGradient[node.output] else { continue }
            if node.inputs.count == 1, plan.consumers[node.inputs[0]].count == 1 {
                let input = node.inputs[0]
                if node.traits.contains(.alias), plan.wantsGradient[input] {
                    valueGradients[input] = valueGradients[node.output]
                }
                node.backward(pass)
            } else {
                backwardShared(node, index, pass)
            }
        }
    }

    /// Adds the gradients of inputs that several nodes read.
    private func backwardShared(_ node: any Node, _ index: Int, _ pass: Pass) {
        for input in node.inputs where plan.consumers[input].count > 1 {
            precondition(
                node.inputs.count == 1, "\(node.name): joins of shared values come with the nodes that make them")
            guard let total = valueGradients[input], plan.consumers[input].last != index else { continue }
            valueGradients[input] = scratch.pointer
            node.backward(pass)
            valueGradients[input] = total
            let count = pass.batch * shapes[input].count
            let pieces = KernelPieces(count, unit: 64)
            let part = scratch.pointer
            pool.run(pieces: pieces.count) { piece in
                VectorLoop.map(total, part, into: total, pieces.range(piece)) { $0 + $1 }
            }
            return
        }
        node.backward(pass)
    }

    /// Adds the duration of the work to `measuringSeconds`.
    private func timed(_ work: () -> Void) {
        var (before, after) = (timespec(), timespec())
        clock_gettime(CLOCK_MONOTONIC, &before)
        work()
        clock_gettime(CLOCK_MONOTONIC, &after)
        measuringSeconds += Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) * 1e-9
    }

    private func makePass(_ batch: Int, _ context: StepContext) -> Pass {
        Pass(
            values: values, gradients: valueGradients, parameters: parameters.pointer,
            parameterGradients: gradients.pointer, buffers: buffers.pointer, batch: batch, context: context,
            pool: pool)
    }
}
