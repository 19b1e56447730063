import Foundation
import Machine
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
        for (index, node) in nodes.enumerated() {
            if node.traits.contains(.alias) { values[node.output] = values[node.inputs[0]] }
            if context.measures {
                if let activation = node as? ActivationNode, activation.isFusedForward {
                    timed { measure(activation, pass) }
                } else {
                    node.forward(pass)
                    timed { measure(node.output, pass) }
                }
                continue
            }
            switch fusion.forward[index] {
            case .own: node.forward(pass)
            case .tail(let norm): norm.forwardTail(pass)
            case .nothing: break
            }
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
            if context.measures { timed { measureSignal(of: node, pass) } }
            guard plan.wantsGradient[node.output] else { continue }
            if plan.passesGradientOn[index], plan.wantsGradient[node.inputs[0]] {
                valueGradients[node.inputs[0]] = valueGradients[node.output]
            }
            if case .nothing = fusion.backward[index] { continue }
            if case .tail(let norm) = fusion.backward[index] {
                norm.backwardTail(pass)
            } else if node.inputs.count > 1 {
                backwardJoin(node, index, pass)
            } else if plan.isLastReader(index, of: node.inputs[0]) {
                node.backward(pass)
            } else {
                backwardShared(node, pass)
            }
        }
    }

    /// Hands the gradient of a join to each of its inputs.
    private func backwardJoin(_ node: any Node, _ index: Int, _ pass: Pass) {
        guard let join = node as? any JoinNode else {
            preconditionFailure("\(node.name): \(node.kind) reads several values, but is no join")
        }
        for position in join.inputs.indices {
            let input = join.inputs[position]
            guard let downstream = valueGradients[input], plan.wantsGradient[input] else { continue }
            let adds = !plan.isLastReader(index, of: input) || join.inputs[..<position].contains(input)
            join.backward(pass, position: position, into: downstream, adds: adds)
        }
    }

    /// Adds the gradient of an input to what its later readers, whose turn came before, gave it.
    private func backwardShared(_ node: any Node, _ pass: Pass) {
        let input = node.inputs[0]
        guard let total = valueGradients[input] else { return node.backward(pass) }
        guard !node.traits.contains(.accumulates) else {
            var adding = pass
            adding.adds = true
            return node.backward(adding)
        }
        let part = scratch.pointer
        valueGradients[input] = part
        node.backward(pass)
        valueGradients[input] = total
        let pieces = KernelPieces(pass.batch * shapes[input].count, unit: 64)
        pool.run(pieces: pieces.count) { piece in
            VectorLoop.map(total, part, into: total, pieces.range(piece)) { $0 + $1 }
        }
    }

    /// Adds the duration of the work to `measuringSeconds`.
    private func timed(_ work: () -> Void) {
        let began = MonotonicClock.seconds
        work()
        measuringSeconds += MonotonicClock.seconds - began
    }

    private func makePass(_ batch: Int, _ context: StepContext) -> Pass {
        Pass(
            values: values, gradients: valueGradients, parameters: parameters.pointer,
            parameterGradients: gradients.pointer, buffers: buffers.pointer, shared: shared.pointer, batch: batch,
            context: context, pool: pool, meter: context.measures ? meter : nil)
    }
}
