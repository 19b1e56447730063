import Foundation

/// Judgments on inputs, activations, gradients and rates: figures in, verdict out.
extension CheckItem {
    /// Whether inputs have a scale that networks begin well with.
    /// - Parameters:
    ///   - rms: root of the mean square of all numbers.
    ///   - spreads: standard deviation of each feature, or of each channel; the largest is compared with the median.
    ///   - isNormalized: whether the first layer with weights is followed by a normalization, which takes the scale away.
    package static func inputs(
        rms: Double, mean: Double, low: Double, high: Double, spreads: [Double], isNormalized: Bool
    ) -> CheckItem {
        let sorted = spreads.filter { $0 > 0 }.sorted()
        let ratio = sorted.isEmpty ? 1 : sorted[sorted.count - 1] / sorted[sorted.count / 2]
        let values = ["rms": rms, "mean": mean, "low": low, "high": high, "spreadRatio": ratio]
            .filter { $0.value.isFinite }
        let figures = "rms \(short(rms)), mean \(short(mean)), from \(short(low)) to \(short(high))"
        func item(_ verdict: Verdict, _ advice: String? = nil) -> CheckItem {
            CheckItem(.inputs, verdict, figures, advice: advice, values: values)
        }
        guard rms.isFinite, low.isFinite, high.isFinite else {
            return item(.red, "some inputs are not numbers: look at the data")
        }
        if sorted.isEmpty {
            return item(.red, "all examples are the same: look at how they are read")
        }
        if low >= 0, high > 100, high <= 255, rms > 5 {
            return item(
                isNormalized ? .amber : .red,
                "pixels of 0...255: divide by 255 or write preprocessing: [\"standardize\"]")
        }
        if rms > 5 || rms < 0.05 {
            return item(
                rms > 50 && !isNormalized ? .red : .amber,
                "too \(rms > 5 ? "large" : "small"): write preprocessing: [\"standardize\"]")
        }
        if ratio > 50 {
            return item(
                .amber,
                "one feature's spread is \(short(ratio)) times the usual: write preprocessing: [\"standardize\"]")
        }
        return item(.green)
    }

    /// What was found of a layer's activations before the first update.
    package struct Layer: Hashable, Sendable, Codable {
        /// Its name.
        package let name: String
        /// Standard deviation of its output before the activation.
        package let spread: Double
        /// Share of its units that fire for no example, NaN where that says nothing.
        package let neverFired: Double
        /// Share of its activations at the end of their range, NaN where that says nothing.
        package let saturated: Double

        package init(name: String, spread: Double, neverFired: Double, saturated: Double) {
            (self.name, self.spread, self.neverFired, self.saturated) = (name, spread, neverFired, saturated)
        }
    }

    /// Whether the signal keeps its size on the way through the network.
    /// - Parameters:
    ///   - layers: those with weights in depth order, the last one giving the outputs.
    ///   - isNormalized: whether normalization layers between them give the signal its size anew.
    package static func activations(_ layers: [Layer], isNormalized: Bool) -> CheckItem {
        let hidden = layers.dropLast()
        let spreads = layers.map(\.spread)
        var growth = 1.0
        if let first = hidden.first?.spread, let last = hidden.last?.spread, hidden.count > 1, first > 0 {
            growth = pow(last / first, 1 / Double(hidden.count - 1))
        }
        let dead = hidden.filter { $0.neverFired.isFinite }.max { $0.neverFired < $1.neverFired }
        let saturated = hidden.filter { $0.saturated.isFinite }.max { $0.saturated < $1.saturated }
        let values = [
            "first": spreads.first ?? .nan, "last": hidden.last?.spread ?? .nan, "growth": growth,
            "neverFired": dead?.neverFired ?? .nan, "saturated": saturated?.saturated ?? .nan,
        ].filter { $0.value.isFinite }
        var figures = "std before activations " + Self.path(spreads)
        if hidden.count > 1 { figures += ", \(short(growth)) times a layer" }
        if let dead { figures += ", up to \(percent(dead.neverFired)) of units never fire" }
        func item(_ verdict: Verdict, _ advice: String? = nil) -> CheckItem {
            CheckItem(.activations, verdict, figures, advice: advice, values: values)
        }
        if let odd = layers.first(where: { !$0.spread.isFinite }) {
            return item(.red, "layer \(odd.name) puts out what is not a number: look at the inputs and the initializer")
        }
        if !isNormalized, let flat = layers.first(where: { $0.spread == 0 }) {
            return item(.red, "layer \(flat.name) puts out the same for all: do its weights begin at 0?")
        }
        if let dead, dead.neverFired > 0.9 {
            return item(.red, "layer \(dead.name) is dead: look at its initializer and its biases")
        }
        if let dead, dead.neverFired > 0.4 {
            return item(.amber, "many units of layer \(dead.name) never fire: try kaimingNormal, or leakyRelu")
        }
        if let saturated, saturated.saturated > 0.5 {
            return item(
                .amber,
                "\(percent(saturated.saturated)) of layer \(saturated.name) is saturated: begin with smaller weights")
        }
        let total = spreads.isEmpty || hidden.isEmpty ? 1 : pow(growth, Double(max(0, hidden.count - 1)))
        if !isNormalized, hidden.count > 2, !(0.5...2).contains(growth) {
            let isHopeless = total < 1e-4 || total > 1e4
            return item(
                isHopeless ? .red : .amber,
                "the signal \(growth < 1 ? "dies away" : "grows") with depth: kaimingNormal for relu, xavierNormal for tanh"
            )
        }
        return item(.green)
    }

    private static func path(_ spreads: [Double]) -> String {
        let shown = spreads.count <= 6 ? spreads : Array(spreads.prefix(3)) + Array(spreads.suffix(2))
        var words = shown.map(short)
        if spreads.count > 6 { words.insert("...", at: 3) }
        return words.joined(separator: " > ")
    }

    /// What a comparison of the backward pass with differences of the loss gave for one tensor.
    package struct Gradient: Hashable, Sendable, Codable {
        /// The tensor's name.
        package let name: String
        /// The slope of the loss that the backward pass says, along a direction.
        package let slope: Double
        /// The slope by differences of the loss.
        package let difference: Double
        /// How far the difference itself may be off: what differences of other lengths say.
        package let doubt: Double

        package init(name: String, slope: Double, difference: Double, doubt: Double) {
            (self.name, self.slope, self.difference, self.doubt) = (name, slope, difference, doubt)
        }

        /// |slope - difference| beyond twice its doubt, over the larger of the two.
        package var error: Double {
            let size = max(abs(slope), abs(difference))
            guard size > 0 else { return 0 }
            return max(0, abs(slope - difference) - 2 * doubt) / size
        }
    }

    /// Whether the backward pass says what differences of the loss say.
    package static func gradients(_ tensors: [Gradient]) -> CheckItem {
        let worst = tensors.max { $0.error < $1.error }
        let values = ["tensors": Double(tensors.count), "worst": worst?.error ?? 0].filter { $0.value.isFinite }
        guard let worst else { return CheckItem(.gradients, .green, "no tensor with a gradient", values: values) }
        let figures =
            "\(tensors.count) tensor\(tensors.count == 1 ? "" : "s") against central differences, off by at most \(percent(worst.error)) (\(worst.name))"
        func item(_ verdict: Verdict, _ advice: String? = nil) -> CheckItem {
            CheckItem(.gradients, verdict, figures, advice: advice, values: values)
        }
        if let odd = tensors.first(where: { !$0.slope.isFinite || !$0.difference.isFinite }) {
            return item(.red, "the gradient of \(odd.name) is not a number")
        }
        if worst.error > 0.2 {
            return item(
                .red,
                "the backward pass of \(worst.name) says \(short(worst.slope)) where the loss changes by \(short(worst.difference))"
            )
        }
        return worst.error > 0.1 ? item(.amber, "the backward pass of \(worst.name) is not exact") : item(.green)
    }

    /// Whether the plan's rate makes the loss go down.
    /// - Parameters:
    ///   - rate: the highest that is planned.
    ///   - suggested: what a range test says; nil where the loss never falls.
    ///   - blowUp: the rate from which on the loss rises for good.
    package static func learningRate(
        _ rate: Double, suggested: Double?, blowUp: Double?, concern: RateCurve.Concern?
    ) -> CheckItem {
        let values = ["rate": rate, "suggested": suggested ?? .nan, "blowUp": blowUp ?? .nan]
            .filter { $0.value.isFinite }
        guard concern != .neverDescends, let suggested else {
            return CheckItem(
                .learningRate, .red, "the loss goes down at no rate",
                advice: "the network does not learn: look at the rungs above", values: values)
        }
        let bound = concern == nil ? blowUp : nil
        let figures =
            "\(short(rate)) planned, \(short(suggested)) suggested"
            + (bound.map { ", the loss rises from \(short($0)) on" } ?? ", the loss never blew up")
        if let bound, rate > 10 * bound {
            return CheckItem(
                .learningRate, .red, figures, advice: "far too high: take \(short(suggested))", values: values)
        }
        if let bound, rate > 3 * bound {
            return CheckItem(
                .learningRate, .amber, figures, advice: "too high: try \(short(suggested))", values: values)
        }
        if rate < suggested / 300 {
            return CheckItem(.learningRate, .amber, figures, advice: "low: try \(short(suggested))", values: values)
        }
        return CheckItem(.learningRate, .green, figures, values: values)
    }

    /// What data and plan say about themselves that may not be meant, each a sentence.
    package static func structure(_ warnings: [StartWarning]) -> CheckItem {
        let doubts = warnings.filter { $0.weight == .doubt }
        let values = ["doubts": Double(doubts.count)]
        guard let first = doubts.first else {
            return CheckItem(.structure, .green, "nothing odd in data, layers and schedule", values: values)
        }
        let more = doubts.count > 1 ? " (and \(doubts.count - 1) more)" : ""
        return CheckItem(
            .structure, .amber, first.sentence + more, advice: "look at it before you train", values: values)
    }
}
