/// The work that nodes share under a memory plan, and the operations of each node's turn that come of it.
struct SharedWork {
    private let graph: NodeGraph
    private let memory: MemoryPlan
    private let fusion: Fusion
    /// Batch norms of maps, by index.
    private var norms: [Int: Norm] = [:]
    /// The batch norm whose output a convolution or pool reads, by the reader's index.
    private var normBefore: [Int: Int] = [:]
    /// The batch norm that a sum or relu is computed with, by their index.
    private var normAround: [Int: Int] = [:]
    /// Activations that the linear layer before computes, and those whose gradient the one behind does.
    private var computedByLinear: Set<Int> = []
    private var reversedByLinear: Set<Int> = []

    private struct Norm {
        var fused: FusedNorm
        /// Whether the reader asks for the output map by map, and whether it takes the sums of the gradients so.
        var isWrittenByReader = false
        var isSummedByReader = false
        var hasSum: Bool { if case .sumAndRelu = fused.tail { true } else { false } }
        var hasTail: Bool { if case .none = fused.tail { false } else { true } }
    }

    init(_ fusion: Fusion, _ memory: MemoryPlan) {
        self.fusion = fusion
        graph = fusion.graph
        self.memory = memory
        for (index, node) in graph.nodes.enumerated() {
            switch node.kind {
            case .mapNorm(_, let maps): share(index, maps)
            case .linear: share(linear: index)
            default: break
            }
        }
    }

    /// Finds what a batch norm is computed with: where the memory plan puts the tail's values into one place.
    private mutating func share(_ index: Int, _ maps: MapNorm) {
        let value = graph.nodes[index].output
        var tail = FusedNorm.Tail.none
        if let relu = rectifier(of: value) {
            tail = .relu(output: relu + 1)
            normAround[relu] = index
        } else if let reader = graph.onlyReader(of: value), case .sum = graph.nodes[reader].kind {
            let sum = graph.nodes[reader]
            if sum.inputs[0] == value, memory.values[sum.output] == memory.values[value],
                memory.gradients[sum.output] == memory.gradients[value], memory.gradients[sum.output] != nil,
                let relu = rectifier(of: sum.output)
            {
                tail = .sumAndRelu(shortcut: sum.inputs[1], sum: sum.output, output: relu + 1)
                normAround[reader] = index
                normAround[relu] = index
            }
        }
        norms[index] = share(FusedNorm(maps, tail: tail), of: index)
    }

    /// The relu that alone reads a value and is computed in place.
    private func rectifier(of value: Int) -> Int? {
        guard let reader = graph.onlyReader(of: value), case .activation(let node) = graph.nodes[reader].kind,
            case .relu = node.activation, memory.values[reader + 1] == memory.values[value]
        else { return nil }
        return reader
    }

    /// Lets the node that comes next have the batch norm's output written and the sums of its gradients taken, map by
    /// map, where everything that takes is there at that time.
    private mutating func share(_ fused: FusedNorm, of index: Int) -> Norm {
        let reader = fused.output
        guard reader < graph.nodes.count, graph.nodes[reader].inputs == [fused.output] else {
            return Norm(fused: fused)
        }
        let isOnlyReader = graph.onlyReader(of: fused.output) == reader
        switch graph.nodes[reader].kind {
        case .convolution: break
        case .maxPool where isOnlyReader: break
        default: return Norm(fused: fused)
        }
        normBefore[reader] = index
        guard case .sumAndRelu(let shortcut, let sum, _) = fused.tail else {
            let fused = FusedNorm(fused.norm, tail: fused.tail, isTransient: isOnlyReader)
            return Norm(fused: fused, isWrittenByReader: true, isSummedByReader: true)
        }
        // The memory plan keeps the shortcut beyond the sum only for its readers' ways back.
        let isKept = shortcut > 0 && graph.readers[shortcut].contains { graph.nodes[$0].traits.contains(.readsInput) }
        return Norm(
            fused: fused, isWrittenByReader: isKept,
            isSummedByReader: memory.gradients[fused.output] == memory.gradients[sum])
    }

    /// Finds the activations that alone stand between a linear layer and the next node, or the one before.
    private mutating func share(linear index: Int) {
        if let next = graph.follower(of: index), case .activation = graph.nodes[next].kind {
            computedByLinear.insert(next)
        }
        if index > 0, graph.follower(of: index - 1) == index, case .activation = graph.nodes[index - 1].kind,
            memory.passesGradientOn[index - 1], memory.wantsGradient[graph.nodes[index - 1].inputs[0]]
        {
            reversedByLinear.insert(index - 1)
        }
    }
}

// Forward.
extension SharedWork {
    /// What is done at a node's turn.
    ///
    /// - Parameter watched: The layers that are measured; nil in a pass that is not measured.
    func forward(_ index: Int, _ watched: [WatchedLayer]? = nil) -> [ForwardOperation] {
        let isMeasured = watched != nil
        if case .activation(let node) = graph.nodes[index].kind, computedByLinear.contains(index) {
            guard let watched else { return [] }
            guard let layer = watched.firstIndex(where: { $0.outputValue == index + 1 }) else {
                preconditionFailure("\(node.name): a linear layer is not watched")
            }
            return [.measureActivation(node, layer: layer)]
        }
        return compute(index, isMeasured: isMeasured) + (watched.map { measurements(of: index + 1, $0) } ?? [])
    }

    private func compute(_ index: Int, isMeasured: Bool) -> [ForwardOperation] {
        switch graph.nodes[index].kind {
        case .convolution(let node):
            var around = ConvolutionNode.NormsAround()
            around.follower = follower(of: index)
            if !isMeasured, let norm = normBefore(index), norm.isWrittenByReader { around.writer = norm.fused }
            return around.isEmpty ? [.node(node)] : [.convolution(node, around)]
        case .maxPool(let node):
            guard !isMeasured, let norm = normBefore(index), norm.isWrittenByReader else { return [.node(node)] }
            return [.maxPool(node, writer: norm.fused)]
        case .mapNorm(let node, let maps): return compute(node, maps, index, isMeasured: isMeasured)
        case .linear(let node):
            guard case .activation(let activation)? = next(index), computedByLinear.contains(index + 1) else {
                return [.node(node)]
            }
            return [.linear(node, then: isMeasured ? .range : .activation(activation))]
        case .sum(let node): return !isMeasured && normAround[index] != nil ? [] : [.node(node)]
        case .activation(let node):
            guard !isMeasured, let norm = normAround(index) else { return [.node(node)] }
            // When the other term of the sum is there.
            return norm.hasSum && !norm.isWrittenByReader ? [.normOutput(norm.fused)] : []
        case .join(let node): return [.node(node)]
        case .other(let node): return [.node(node)]
        }
    }

    private func compute(
        _ node: BatchNormNode, _ maps: MapNorm, _ index: Int, isMeasured: Bool
    ) -> [ForwardOperation] {
        let isFed = fusion.fedNorms.contains(index)
        guard !isMeasured, let norm = norms[index] else {
            return isFed ? [.normStatistics(node, collects: false), .normOutput(FusedNorm(maps))] : [.node(node)]
        }
        let statistics = ForwardOperation.normStatistics(node, collects: !isFed)
        return norm.hasSum || norm.isWrittenByReader ? [statistics] : [statistics, .normOutput(norm.fused)]
    }

    /// What is measured of a value that has just been written.
    private func measurements(of value: Int, _ watched: [WatchedLayer]) -> [ForwardOperation] {
        watched.enumerated().flatMap { layer, watched -> [ForwardOperation] in
            if watched.outputValue == value { return [.measureOutput(layer: layer)] }
            // A linear layer's activation looks at what it gets itself.
            let isTaken = computedByLinear.contains(watched.outputValue - 1)
            return watched.preactivationValue == value && !isTaken ? [.measurePreactivation(layer: layer)] : []
        }
    }

    private func next(_ index: Int) -> NodeGraph.Kind? {
        index + 1 < graph.nodes.count ? graph.nodes[index + 1].kind : nil
    }

    /// The batch norm behind a convolution that computes with it.
    private func follower(of convolution: Int) -> FusedNorm? {
        fusion.normBehind[convolution].flatMap { norms[$0]?.fused }
    }

    private func normBefore(_ reader: Int) -> Norm? { normBefore[reader].flatMap { norms[$0] } }
    private func normAround(_ index: Int) -> Norm? { normAround[index].flatMap { norms[$0] } }
}

// Backward.
extension SharedWork {
    /// What is done at a node's turn on the way back.
    ///
    /// - Parameter watched: The layers that are measured; nil in a pass that is not measured.
    func backward(_ index: Int, _ watched: [WatchedLayer]? = nil) -> [BackwardOperation] {
        var operations: [BackwardOperation] = []
        for (layer, watched) in (watched ?? []).enumerated() where watched.outputValue == index + 1 {
            operations.append(.init(.measureSignal(layer: layer, isJoined: reversedByLinear.contains(index))))
        }
        if memory.wantsGradient[index + 1] { operations += reverse(index, isMeasured: watched != nil) }
        return operations
    }

    private func reverse(_ index: Int, isMeasured: Bool) -> [BackwardOperation] {
        let adding = adding(index)
        switch graph.nodes[index].kind {
        case .convolution(let node):
            var around = ConvolutionNode.NormsAround()
            around.follower = follower(of: index)
            if !isMeasured, let norm = normBefore(index) {
                if norm.isWrittenByReader, norm.fused.isTransient { around.writer = norm.fused }
                if norm.isSummedByReader { around.summer = norm.fused }
            }
            return [.init(around.isEmpty ? .node(node) : .convolution(node, around), adding)]
        case .maxPool(let node):
            guard !isMeasured, let norm = normBefore(index), norm.isSummedByReader else {
                return [.init(.node(node), adding)]
            }
            return [.init(.maxPool(node, summer: norm.fused), adding)]
        case .mapNorm(let node, let maps): return reverse(node, maps, index, isMeasured: isMeasured)
        case .linear(let node):
            guard index > 0, case .activation(let before) = graph.nodes[index - 1].kind,
                reversedByLinear.contains(index - 1)
            else { return [.init(.node(node), adding)] }
            return [.init(.linear(node, before: before), adding)]
        case .activation(let node):
            if reversedByLinear.contains(index) { return [] }
            guard let norm = normAround(index) else { return [.init(.node(node), adding)] }
            return norm.hasSum && (isMeasured || !norm.isSummedByReader) ? [.init(.normSums(norm.fused))] : []
        case .sum(let node): return reverse(node, index)
        case .join(let node): return reverse(node, index)
        case .other(let node): return [.init(.node(node), adding)]
        }
    }

    private func reverse(
        _ node: BatchNormNode, _ maps: MapNorm, _ index: Int, isMeasured: Bool
    ) -> [BackwardOperation] {
        guard let norm = norms[index] else { return [] }
        let isFed = fusion.fedNorms.contains(index)
        // Those of a sum are taken at the turn of its relu.
        let takesSums = !norm.hasSum && (isMeasured || !norm.isSummedByReader)
        if takesSums, !norm.hasTail, !isFed { return [.init(.node(node), adding(index))] }
        var operations = takesSums ? [BackwardOperation(.normSums(norm.fused))] : []
        operations.append(.init(.normParameters(maps)))
        if !isFed, memory.wantsGradient[node.inputs[0]] {
            operations.append(.init(.normInput(norm.fused), adding(index)))
        }
        return operations
    }

    private func reverse(_ join: any JoinNode, _ index: Int) -> [BackwardOperation] {
        join.inputs.indices.compactMap { position in
            let input = join.inputs[position]
            guard memory.wantsGradient[input] else { return nil }
            let adds = graph.readers[input].last != index || join.inputs[..<position].contains(input)
            return BackwardOperation(.join(join, position: position), adds ? .byNode : .none)
        }
    }

    /// The last reader of a value is the first to have its gradient; the others add theirs.
    private func adding(_ index: Int) -> BackwardOperation.Adding {
        let node = graph.nodes[index]
        let input = node.inputs[0]
        if graph.readers[input].last == index || !memory.wantsGradient[input] { return .none }
        return node.traits.contains(.accumulates) ? .byNode : .apart(value: input)
    }
}
