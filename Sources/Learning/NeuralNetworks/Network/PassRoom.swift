import Machine
import Tensors

/// What the passes of a network work in: its nodes, and memory that is planned once for batches up to a size.
struct PassRoom {
    /// The most examples of a pass.
    let maximumBatch: Int
    let nodes: [any Node]
    let plan: ExecutionPlan
    let memory: PassMemory
    /// Layers with weights in depth order.
    let watched: [WatchedLayer]

    init(_ builder: GraphBuilder, threads: Int) {
        (maximumBatch, nodes) = (builder.maximumBatch, builder.nodes)
        let sizes = builder.shapes.map { (builder.maximumBatch * $0.count + 15) / 16 * 16 }
        let fusion = Fusion(builder.nodes)
        let memoryPlan = MemoryPlan(fusion.graph, sizes: sizes)
        memory = PassMemory(
            memoryPlan, fusion.graph, sizes: sizes,
            sharedCount: nodes.map { $0.sharedCount(threads: threads) }.max() ?? 0)
        watched = WatchedLayer.find(in: nodes, fusion.graph, layout: builder.layout)
        plan = fusion.plan(memoryPlan, watched: watched)
    }

    /// What counts the batches that normalization layers have seen, in the order of the layers.
    var counters: [BatchCounter] { norms.map(\.batches) }

    /// Counts on with the counters of the same network's other room.
    func count(with counters: [BatchCounter]) {
        for (norm, counter) in zip(norms, counters) { norm.batches = counter }
    }

    private var norms: [BatchNormNode] { nodes.compactMap { $0 as? BatchNormNode } }

    /// Bytes of the planned memory and of what nodes hold. O(nodes).
    var bytes: Int { 4 * memory.count + nodes.reduce(0) { $0 + $1.workspaceBytes } }
}

/// Batches that get larger.
extension Network {
    /// Why there is no room for batches of so many examples, one clause without a full stop; nil where there is. O(memory for them).
    package func refusal(ofBatch batch: Int) -> String? {
        guard batch > maximumBatch else { return nil }
        let bytes = Double(room.bytes) * Double(batch) / Double(maximumBatch)
        let words = "a batch of \(batch) needs about \(Self.megabytes(bytes)) MB more"
        guard bytes < 0x1p60 else { return words }
        if let reason = MemoryReserve.own.lack(of: Int(bytes)) { return "\(words), and \(reason)" }
        do throws(NetworkError) {
            _ = try Self.builder(specification, maximumBatch: batch)
        } catch { return "\(error.message)" }
        return nil
    }

    private static func megabytes(_ bytes: Double) -> Int { Int(min(bytes / 0x1p20, 1e15).rounded(.up)) }

    /// Makes room for batches of so many examples, where there is less; weights, statistics and counts stay. Traps where `refusal` says
    /// why there cannot be.
    package func makeRoom(forBatch batch: Int) {
        guard batch > maximumBatch else { return }
        do throws(NetworkError) {
            let new = PassRoom(try Self.builder(specification, maximumBatch: batch), threads: pool.threadCount)
            new.count(with: room.counters)
            let dropout = dropout
            room = new
            setDropout(Dictionary(dropout.map { ($0.layer, $0.probability) }) { $1 })
        } catch { preconditionFailure("a batch of \(batch) was not refused, though \(error.message)") }
    }
}
