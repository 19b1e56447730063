import Datasets
import NeuralNetworks
import Plans
import Runs
import Tensors

/// Whether examples that look alike have like targets: nearest neighbours of examples held out, among those to learn from.
struct NeighbourProbe {
    /// The examples held out.
    let held: ProbeBatch
    /// Places of the training examples among which neighbours are looked for.
    let known: [Int32]
    private let knownBatch: ProbeBatch
    private let width: Int
    private let outputs: Int
    private let classCount: Int?

    private static let (mostKnown, mostHeld) = (2000, 300)
    /// Numbers that may be loaded, and read one by one where they lie on the disk.
    private static let (mostNumbers, mostStreamed) = (64 << 20, 800)
    /// How many neighbours vote; each number gets its turn.
    private static let votes = [1, 5, 15]

    init(_ material: RunMaterial) {
        let training = material.training
        width = material.network.inputShape.count
        outputs = material.network.outputShape.count
        classCount = training.classCount
        let seed = material.plan.seed
        let affordable = min(Self.mostNumbers / max(1, width), training.isStreamed ? Self.mostStreamed : .max)
        let order = BatchOrder(seed: seed, count: training.count).permutation(epoch: 0)
        let heldSet = material.validation ?? training
        let heldCount = min(
            Self.mostHeld, max(1, affordable / 4), material.validation?.count ?? max(1, training.count / 4))
        let heldOrder = BatchOrder(seed: seed, count: heldSet.count).permutation(epoch: 0)
        held = ProbeBatch(heldSet, Array(heldOrder.prefix(heldCount)), material.pool)
        let passed = material.validation == nil ? heldCount : 0
        known = Array(order.dropFirst(passed).prefix(min(Self.mostKnown, max(1, affordable))))
        knownBatch = ProbeBatch(training, known, material.pool)
    }

    /// What the best number of neighbours says.
    var item: CheckItem {
        guard held.count > 0, knownBatch.count > 0 else {
            return CheckItem(.labels, .amber, "too few examples to hold some out")
        }
        let nearest = nearest()
        let votes = Self.votes.filter { $0 <= knownBatch.count }
        let values = votes.map { (votes: $0, value: guess(nearest, votes: $0)) }
        let best = values.max { ($0.value.accuracy ?? -$0.value.mean) < ($1.value.accuracy ?? -$1.value.mean) }
        guard let best else { return CheckItem(.labels, .amber, "too few examples to look for neighbours") }
        return judge(best.value, way: best.votes == 1 ? "nearest neighbour" : "\(best.votes) nearest neighbours")
    }

    /// What guesses at the targets held out say of the labels.
    func judge(_ value: LossValue, way: String) -> CheckItem {
        if let correct = value.correct {
            return .labels(correct: correct, of: held.count, majority: majority, way: way)
        }
        return .labels(error: value.mean, variance: variance, examples: held.count, way: way)
    }

    /// The share of the commonest class among those held out.
    private var majority: Double {
        guard case .classes(let classes) = held.batch.targets, let classCount else { return 0 }
        var tallies = [Int](repeating: 0, count: classCount)
        for example in 0..<held.count { tallies[Int(classes[example])] += 1 }
        return Double(tallies.max() ?? 0) / Double(max(1, held.count))
    }

    private var variance: Double {
        guard case .values(let values) = held.batch.targets else { return 0 }
        return (0..<outputs).reduce(0.0) { sum, output in
            let column = (0..<held.count).map { Double(values[$0 * outputs + output]) }
            let mean = column.reduce(0, +) / Double(max(1, held.count))
            return sum + column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, held.count))
        } / Double(max(1, outputs))
    }

    /// For each example held out the nearest known ones, nearest first. O(held x known x numbers).
    private func nearest() -> [[Int]] {
        let most = Self.votes.max() ?? 1
        return (0..<held.count).map { example in
            let one = held.batch.inputs + example * width
            var found: [(distance: Float, place: Int)] = []
            for place in 0..<knownBatch.count {
                let distance = distance(one, knownBatch.batch.inputs + place * width)
                guard found.count < most || distance < found[found.count - 1].distance else { continue }
                let index = found.firstIndex { distance < $0.distance } ?? found.count
                found.insert((distance, place), at: index)
                if found.count > most { found.removeLast() }
            }
            return found.map(\.place)
        }
    }

    private func distance(_ one: UnsafePointer<Float>, _ other: UnsafePointer<Float>) -> Float {
        var sums = SIMD16<Float>(repeating: 0)
        var place = 0
        while place + 16 <= width {
            let difference =
                UnsafeRawPointer(one + place).loadUnaligned(as: SIMD16<Float>.self)
                - UnsafeRawPointer(other + place).loadUnaligned(as: SIMD16<Float>.self)
            sums += difference * difference
            place += 16
        }
        var sum = sums.sum()
        while place < width {
            let difference = one[place] - other[place]
            sum += difference * difference
            place += 1
        }
        return sum
    }

    /// Guesses by the vote or the mean of neighbours.
    private func guess(_ nearest: [[Int]], votes: Int) -> LossValue {
        var value = LossValue(sum: 0, terms: 0, examples: held.count, correct: nil)
        switch (held.batch.targets, knownBatch.batch.targets) {
        case (.classes(let due), .classes(let known)):
            value.correct = nearest.indices.count { example in
                var tallies: [Int32: Int] = [:]
                for place in nearest[example].prefix(votes) { tallies[known[place], default: 0] += 1 }
                let most = tallies.values.max() ?? 0
                // Of classes with as many votes that of the nearest.
                let chosen = nearest[example].prefix(votes).first { tallies[known[$0]] == most }.map { known[$0] }
                return chosen == due[example]
            }
        case (.values(let due), .values(let known)):
            for example in nearest.indices {
                for output in 0..<outputs {
                    let near = nearest[example].prefix(votes)
                    let mean =
                        near.reduce(0.0) { $0 + Double(known[$1 * outputs + output]) } / Double(max(1, near.count))
                    let difference = mean - Double(due[example * outputs + output])
                    value.sum += difference * difference
                    value.terms += 1
                }
            }
        default: break
        }
        return value
    }
}
