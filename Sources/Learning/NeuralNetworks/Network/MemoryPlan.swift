/// Where every value and gradient lies in one arena: memory is shared by what is never alive at the same time.
///
/// Time runs through the forward passes of the N nodes (node i at i), the loss (N) and the backward passes (node i at
/// 2N - i). Offsets count floats.
struct MemoryPlan {
    /// Nil for the network's input, and for what is another name of it.
    private(set) var values: [Int?]
    /// Nil where no gradient is wanted, and for the network's output, whose gradient the caller brings.
    private(set) var gradients: [Int?]
    /// Whether a value's gradient is computed at all.
    private(set) var wantsGradient: [Bool]
    /// Whether a node's first input shares the memory of its output's gradient.
    private(set) var passesGradientOn: [Bool]
    /// Values whose gradient is that of the network's output, which the caller brings.
    private(set) var callersGradients: [Int] = []
    private(set) var count = 0

    private struct Block {
        let group: Int
        let isGradient: Bool
        let size: Int
        var first: Int
        var last: Int
        var offset = 0
    }

    /// - Parameter sizes: Floats of each value at the largest batch.
    init(_ graph: NodeGraph, sizes: [Int]) {
        let (nodes, consumers) = (graph.nodes, graph.readers)
        let valueCount = nodes.count + 1
        values = Array(repeating: nil, count: valueCount)
        passesGradientOn = []
        gradients = values
        wantsGradient = Array(repeating: false, count: valueCount)
        for node in nodes {
            wantsGradient[node.output] = node.learns || node.inputs.contains { wantsGradient[$0] }
        }
        let valueGroups = Self.valueGroups(nodes, consumers)
        let gradientGroups = Self.gradientGroups(nodes, consumers)
        passesGradientOn = nodes.map { gradientGroups[$0.inputs[0]] == gradientGroups[$0.output] }
        callersGradients = (0..<nodes.count).filter {
            gradientGroups[$0] == gradientGroups[nodes.count] && wantsGradient[$0]
        }
        var blocks = Self.valueBlocks(nodes, consumers, valueGroups, sizes)
        blocks += Self.gradientBlocks(nodes, consumers, gradientGroups, wantsGradient, sizes)
        count = Self.place(&blocks)
        for block in blocks {
            for value in 0..<valueCount {
                if block.isGradient {
                    if gradientGroups[value] == block.group, wantsGradient[value] { gradients[value] = block.offset }
                } else if valueGroups[value] == block.group {
                    values[value] = block.offset
                }
            }
        }
    }

    /// Values that share memory because they are the same numbers or are computed in place.
    private static func valueGroups(_ nodes: [NodeGraph.Entry], _ consumers: [[Int]]) -> [Int] {
        var groups = Array(0...nodes.count)
        // A sum may be written over its first term.
        for node in nodes where node.inputs.count == 1 || node.kind.isSum {
            let group = groups[node.inputs[0]]
            if node.traits.contains(.alias) {
                groups[node.output] = group
            } else if node.traits.contains(.elementwise), !node.traits.contains(.readsInput), group != groups[0] {
                let members = groups.indices.filter { groups[$0] == group }
                let isFree = members.allSatisfy {
                    consumers[$0].count == 1 && !nodes[$0 - 1].traits.contains(.readsOutput)
                }
                if isFree, !node.inputs.dropFirst().contains(where: { groups[$0] == group }) {
                    groups[node.output] = group
                }
            }
        }
        return groups
    }

    /// Gradients that share memory; the group of the network's output belongs to the caller.
    private static func gradientGroups(_ nodes: [NodeGraph.Entry], _ consumers: [[Int]]) -> [Int] {
        var groups = Array(0...nodes.count)
        for node in nodes.reversed() where consumers[node.inputs[0]].count == 1 {
            let group = groups[node.output]
            // Handed on as it is: the other terms of a sum have copies.
            if node.kind.isSum { groups[node.inputs[0]] = group }
            guard node.inputs.count == 1 else { continue }
            let mayOverwrite = node.traits.contains(.elementwise) && group != groups[nodes.count]
            if node.traits.contains(.alias) || mayOverwrite { groups[node.inputs[0]] = group }
        }
        return groups
    }

    private static func valueBlocks(
        _ nodes: [NodeGraph.Entry], _ consumers: [[Int]], _ groups: [Int], _ sizes: [Int]
    ) -> [Block] {
        let end = 2 * nodes.count + 1
        var blocks: [Int: Block] = [:]
        for value in 1...nodes.count where groups[value] != groups[0] {
            let producer = value - 1
            var last = value == nodes.count ? end : producer
            if nodes[producer].traits.contains(.readsOutput) { last = max(last, end - 1 - producer) }
            for consumer in consumers[value] {
                last = max(last, nodes[consumer].traits.contains(.readsInput) ? end - 1 - consumer : consumer)
            }
            join(
                Block(group: groups[value], isGradient: false, size: sizes[value], first: producer, last: last),
                &blocks)
        }
        return blocks.values.sorted { $0.group < $1.group }
    }

    private static func gradientBlocks(
        _ nodes: [NodeGraph.Entry], _ consumers: [[Int]], _ groups: [Int], _ wanted: [Bool], _ sizes: [Int]
    ) -> [Block] {
        var blocks: [Int: Block] = [:]
        for value in 1...nodes.count where wanted[value] && groups[value] != groups[nodes.count] {
            let first = 2 * nodes.count - (consumers[value].max() ?? nodes.count)
            let last = 2 * nodes.count - (value - 1)
            join(Block(group: groups[value], isGradient: true, size: sizes[value], first: first, last: last), &blocks)
        }
        return blocks.values.sorted { $0.group < $1.group }
    }

    /// Lets the block of a group live as long as one more value of the group needs it.
    private static func join(_ block: Block, _ blocks: inout [Int: Block]) {
        var whole = blocks[block.group] ?? block
        whole.first = min(whole.first, block.first)
        whole.last = max(whole.last, block.last)
        blocks[block.group] = whole
    }

    /// Gives every block the lowest place that no block alive at the same time holds, large ones first.
    private static func place(_ blocks: inout [Block]) -> Int {
        blocks.sort { ($0.size, $1.group, $1.isGradient ? 0 : 1) > ($1.size, $0.group, $0.isGradient ? 0 : 1) }
        var total = 0
        for index in blocks.indices {
            let neighbours = blocks[..<index].filter {
                $0.first <= blocks[index].last && blocks[index].first <= $0.last
            }
            .sorted { $0.offset < $1.offset }
            var offset = 0
            for neighbour in neighbours where offset + blocks[index].size > neighbour.offset {
                offset = max(offset, neighbour.offset + neighbour.size)
            }
            blocks[index].offset = offset
            total = max(total, offset + blocks[index].size)
        }
        return total
    }
}
