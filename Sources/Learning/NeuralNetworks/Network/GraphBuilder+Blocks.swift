import Tensors

extension GraphBuilder {
    /// body(x) + shortcut(x).
    mutating func appendResidual(
        _ place: LayerPlace, _ entry: Int, _ body: [LayerSpecification], _ shortcut: [LayerSpecification],
        _ probability: Double
    ) throws(NetworkError) {
        try require(!body.isEmpty, place, "body", "empty", "a list of at least one layer")
        try require((0...1).contains(probability), place, "stochasticDepth", "\(probability)", "between 0 and 1")
        let start = current
        try append(body) { place.inside("body", $0, kind: $1) }
        if probability > 0 {
            append(
                StochasticDepthNode(nodePlace(place, shape), probability: probability, maximumBatch: maximumBatch),
                to: entry)
        }
        let end = current
        current = start
        try append(shortcut) { place.inside("shortcut", $0, kind: $1) }
        guard shapes[end] == shape else {
            throw .sumOfDifferentShapes(place, body: shapes[end], shortcut: shape)
        }
        append(SumNode(nodePlace(place, inputs: [end, current], shape)), to: entry)
    }

    /// The outputs of parallel branches, one after the other along the channels.
    mutating func appendConcat(
        _ place: LayerPlace, _ entry: Int, _ branches: [[LayerSpecification]]
    ) throws(NetworkError) {
        try require(!branches.isEmpty, place, "branches", "empty", "a list of at least one branch")
        let start = current
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            current = start
            try append(branch) { place.inside("branches", index, $0, kind: $1) }
            ends.append(current)
            let first = shapes[ends[0]]
            guard shape.extents.dropFirst() == first.extents.dropFirst() else {
                throw .branchesDiffer(place, first: first, index: index, other: shape)
            }
        }
        let parts = ends.map { shapes[$0] }
        let joined = Shape([parts.reduce(0) { $0 + $1[0] }] + parts[0].extents.dropFirst())
        append(ConcatNode(nodePlace(place, inputs: ends, joined), shapes: parts), to: entry)
    }
}
