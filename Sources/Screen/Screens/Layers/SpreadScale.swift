import Charts
import Runs

/// The values that a layer's histogram is drawn over.
struct SpreadScale: Hashable {
    /// What a bar left of the histogram counts.
    enum Bar: Hashable {
        /// Values that are exactly 0, which rectifiers make of all below.
        case zeros
        /// Values of 0 and below, which leaky rectifiers press together there.
        case notAboveZero

        var label: String { self == .zeros ? "0" : "≤0" }
    }

    var low: Double
    var high: Double
    var bar: Bar?
    /// Whether the layer has it alone, since the others' would hide it.
    var isOwn = false

    /// Its ends in few characters: `±0.02`, `3e-7`.
    var ends: String {
        let text = Self.short(high)
        return low == -high ? "±" + text : text
    }

    /// A round number without more digits than it needs: `0.02`, `15`, `3e-7`.
    private static func short(_ value: Double) -> String {
        guard value >= 0.01, value < 1_000 else { return Figure.plain(value).replacing(".0e", with: "e") }
        let plain = Figure.plain(value)
        guard plain.contains(".") else { return plain }
        return String(plain.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    }
}

/// The scales of all layers' histograms: one for all with the same activation where none is hidden by it, else each its own.
///
/// What a layer hands on has the range of its activation: tanh -1...1, sigmoid and softmax 0...1, rectifiers from 0, with what they
/// cut off as a bar of its own; everything else lies symmetrically around 0. So collapse is a spike in the middle and saturation two
/// at the ends, as in the lecture's figure (CS231n, 2015, "Weight initialization").
struct SpreadScales {
    /// One a layer.
    let scales: [SpreadScale]
    /// The one that most layers have, which the head of the column shows; nil where each has its own.
    let usual: SpreadScale?

    /// A layer whose values take less than this part of a scale would be hidden by it. More than that is collapse, which is to be seen
    /// as a spike.
    private static let leastShare = 1.0 / 100

    /// - Parameter report: what was measured last; without one everything is -1...1.
    init(_ layers: [LayerDescription], _ report: LayersReport?, _ quantity: LayerQuantity) {
        let reaches = layers.indices.map { Self.reach(report?.histogram($0, quantity), layers[$0], quantity) }
        let groups = layers.map { quantity == .gradient ? "" : $0.activation ?? "none" }
        var shared: [String: SpreadScale] = [:]
        for (group, layer) in zip(groups, layers) where shared[group] == nil {
            let all = zip(groups, reaches).filter { $0.0 == group && $0.1 > 0 }.map(\.1)
            var scale = Self.scale(layer, quantity, reach: all.max() ?? 1)
            if let least = all.min(), Self.fixed(layer, quantity) == nil {
                scale.isOwn = least < scale.high * Self.leastShare
            }
            shared[group] = scale
        }
        scales = layers.indices.map { index in
            guard let scale = shared[groups[index]] else { return SpreadScale(low: -1, high: 1) }
            guard scale.isOwn, reaches[index] > 0 else { return scale }
            var own = Self.scale(layers[index], quantity, reach: reaches[index])
            own.isOwn = true
            return own
        }
        var counts: [SpreadScale: Int] = [:]
        for scale in scales where !scale.isOwn { counts[scale, default: 0] += 1 }
        // The first of those that are equally usual; none where more layers have their own.
        let most = counts.values.max() ?? 0
        usual = most < scales.count(where: \.isOwn) ? nil : scales.first { counts[$0] == most }
    }

    /// The scale of a layer that is looked at alone.
    static func own(_ layer: LayerDescription, _ histogram: Histogram?, _ quantity: LayerQuantity) -> SpreadScale {
        let reach = reach(histogram, layer, quantity)
        return scale(layer, quantity, reach: reach > 0 ? reach : 1)
    }

    /// Whether any layer has a scale of its own.
    var hasOwn: Bool { scales.contains(where: \.isOwn) }

    private static func fixed(_ layer: LayerDescription, _ quantity: LayerQuantity) -> ClosedRange<Double>? {
        guard quantity == .after else { return nil }
        return switch layer.activation {
        case "tanh": -1...1
        case "sigmoid", "softmax": 0...1
        default: nil
        }
    }

    private static func bar(_ layer: LayerDescription, _ quantity: LayerQuantity) -> SpreadScale.Bar? {
        guard quantity == .after else { return nil }
        return switch layer.activation {
        case "relu": .zeros
        case "leakyRelu", "prelu", "gelu": .notAboveZero
        default: nil
        }
    }

    private static func reach(
        _ histogram: Histogram?, _ layer: LayerDescription, _ quantity: LayerQuantity
    ) -> Double {
        guard let histogram else { return 0 }
        return bar(layer, quantity) == nil ? histogram.reach : histogram.reachAboveZero
    }

    private static func scale(_ layer: LayerDescription, _ quantity: LayerQuantity, reach: Double) -> SpreadScale {
        if let range = fixed(layer, quantity) { return SpreadScale(low: range.lowerBound, high: range.upperBound) }
        let fitted = AxisScale.fitting(0...max(reach * 1.02, 1e-30), kind: .linear, includingZero: true)
        let high = fitted.high > 0 ? fitted.high : 1
        let bar = bar(layer, quantity)
        return SpreadScale(low: bar == nil ? -high : 0, high: high, bar: bar)
    }
}
