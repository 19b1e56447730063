import Foundation
import Runs

/// What shows before the first update.
extension Rule {
    static let structure = Rule(
        .structure, after: .beginning, 1, of: 1,
        judge: { _, subject in subject.structure.isEmpty ? .quiet : .found(Evidence(Double(subject.structure.count), 0)) },
        explain: { _, _, subject in (subject.structure.joined(separator: "; "), []) })

    /// A net that normalizes what its first layer computes does not see how large its inputs are.
    static let inputScale = Rule(
        .inputScale, after: .beginning, 1, of: 1,
        judge: { _, subject in
            guard let data = subject.data, subject.links.first?.isNormalized != true else { return .quiet }
            if data.inputScale > 8 { return .found(Evidence(data.inputScale, 8)) }
            if data.inputScale < 0.05 { return .found(Evidence(data.inputScale, 0.05)) }
            return .above(data.widestFeature.ratio, 50)
        },
        explain: { evidence, _, subject in
            let advice = Remedy("standardize them: preprocessing: [\"standardize\"] in the config")
            guard evidence.threshold == 50 else {
                let size = evidence.value > 1 ? "large" : "small"
                return (
                    "inputs are \(size): \(evidence.value.brief) in root mean square, and nets begin well with about 1",
                    [advice]
                )
            }
            let index = subject.data?.widestFeature.index ?? 0
            return (
                "feature \(index) of the inputs varies \(evidence.value.brief) times as much as the others do", [advice]
            )
        })

    /// Factor from layer to layer outside 1/2 to 2, so that it comes to 50 and more over the depth; or a first layer far from 1.
    static let poorInitialization = Rule(
        .poorInitialization, after: .beginning, 1, of: 1,
        judge: { signs, subject in
            guard subject.beginsFresh, signs.layers.count == subject.links.count else { return .unsure }
            if let alike = signs.layers.indices.first(where: {
                signs.layers[$0].hasEqualUnits && subject.links[$0].isHidden && subject.links[$0].outputCount > 1
            }) {
                return .found(Evidence(0, 1e-3, layer: alike))
            }
            // Sums that are all the same whatever comes in are those of weights of 0.
            if let first = subject.links.firstIndex(where: { $0.isHidden && !$0.isRecurrent }),
                signs.layers[first].preactivationStd == 0
            {
                return .found(Evidence(0, 1e-3, layer: first))
            }
            // Units that never fire explain what they hand on.
            if signs.wasDeadAtOnce { return .unsure }
            let chain = signs.layers.indices.filter {
                subject.links[$0].isHidden && !subject.links[$0].isRecurrent && !subject.links[$0].isNormalized
                    && signs.layers[$0].preactivationStd.isFinite
            }
            guard let first = chain.first, let last = chain.last else { return .quiet }
            let begin = signs.layers[first].preactivationStd
            if first == 0, begin > 4 { return .found(Evidence(begin, 4, layer: first)) }
            // One small layer only begins slowly.
            if first == 0, begin < (chain.count > 1 ? 0.05 : 0.005) { return .found(Evidence(begin, 0.1, layer: first)) }
            // Where nothing comes out units are dead, which another rule says.
            guard chain.count > 1, begin > 0, signs.layers[last].preactivationStd > 0 else { return .quiet }
            let total = signs.layers[last].preactivationStd / begin
            let factor = pow(max(total, 1e-30), 1 / Double(chain.count - 1))
            if factor > 2, total > 50 { return .found(Evidence(factor, 2, layer: last)) }
            if factor < 0.5 ? total < 0.02 : factor < 0.75 && total < 0.05 { return .found(Evidence(factor, 0.5, layer: last)) }
            return .quiet
        },
        explain: { evidence, signs, subject in
            let name = subject.name(of: evidence.layer)
            let advice = Remedy(
                "initializer: \"kaimingNormal\" for ReLU, \"xavierNormal\" for tanh and sigmoid, or normalization")
            switch evidence.threshold {
            case 1e-3: return ("all units of \(name) compute the same before the first update, and learn the same", [advice])
            case 4, 0.1:
                return (
                    "\(name) begins with sums of \(evidence.value.brief) (standard deviation); about 1 is healthy",
                    [advice]
                )
            default:
                let verb = evidence.value > 1 ? "grow" : "shrink"
                return (
                    "sums \(verb) by \(evidence.value.brief) from layer to layer, as far as \(name), before the first update",
                    [advice]
                )
            }
        })

    static let initialLoss = Rule(
        .initialLoss, after: .beginning, 1, of: 1,
        judge: { signs, subject in
            guard subject.beginsFresh, let first = signs.loss.first, let chance = subject.chanceLoss else {
                return .unsure
            }
            // Numbers to predict that lie far from 0 cost their mean square at first.
            let expected = max(chance, subject.data?.targetMeanSquare ?? 0)
            let isNumbers = subject.data?.targetMeanSquare != nil && subject.description.task.classCount == nil
            if first > 3 * expected, first > expected + (isNumbers ? expected : 1.5) {
                return .found(Evidence(first, expected))
            }
            return !isNumbers && first < 0.5 * chance ? .found(Evidence(first, expected)) : .quiet
        },
        explain: { evidence, _, subject in
            let ratio = evidence.value / evidence.threshold
            if ratio < 1 {
                return (
                    "the first loss is \(evidence.value.brief), and guessing gives \(evidence.threshold.brief): the inputs tell the "
                        + "answer, or a mean is taken twice", []
                )
            }
            let batch = Double(subject.description.lengths.batchSize)
            if batch > 2, abs(ratio / batch - 1) < 0.25 {
                return (
                    "the first loss is \(evidence.value.brief), \(Int(batch)) times that of guessing: a sum over the batch where "
                        + "the mean is due", []
                )
            }
            return (
                "the first loss is \(evidence.value.brief), and guessing gives \(evidence.threshold.brief): the last layer begins too "
                    + "large",
                [Remedy("smaller weights in the last layer: initializer: { normal: 0.01 } there")]
            )
        })
}

extension Double {
    /// With three digits at most.
    var brief: String { String(format: "%.3g", self) }

    /// As per cent, whole.
    var percent: String { String(format: "%.0f %%", 100 * self) }
}
