import Runs

/// The numbers of a panel as CSV (RFC 4180): what a chart shows, over the steps it shows, one row a step.
package struct PanelTable: Sendable {
    package let header: [String]
    package private(set) var rows: [[String]] = []

    /// The text of the file; every line ends in a line feed.
    package var text: String {
        ([header] + rows).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
    }

    package init(_ panel: Panel, of state: DashboardState) {
        if panel.isOverSteps {
            header = [
                "step", "epoch", "loss", "smoothedLoss", "accuracy", "learningRate", "gradientNorm", "validationLoss",
                "validationAccuracy",
            ]
            addSteps(state)
        } else if panel.scrolls {
            header = ["step", "who", "what"]
            for index in state.run.history.events.indices {
                let words = state.run.history.words(at: index)
                rows.append([String(words.step), words.who, words.long])
            }
        } else {
            header = [
                "layer", "kind", "step", "mean", "std", "minimum", "maximum", "zeros", "saturated", "neverFired",
                "signalNorm", "gradientNorm", "updateRatio",
            ]
            addLayers(state)
        }
    }

    /// Every step from the shown range's start to its end; steps so old that only their means are kept, as one row of them.
    private mutating func addSteps(_ state: DashboardState) {
        let history = state.run.history
        guard let known = history.stepRange else { return }
        let shown = state.xRange
        let first = max(known.lowerBound, Int(max(0, shown.lowerBound).rounded(.up)))
        let last = min(known.upperBound, Int(min(shown.upperBound, 1e15).rounded(.down)))
        let evaluations = Dictionary(
            history.evaluations.map { ($0.position.step, $0) }, uniquingKeysWith: { $1 })
        // An evaluation carries the updates finished before it: one more than the last step.
        var due = evaluations.keys.filter { ($0 - 1) >= first && $0 - 1 <= last }.sorted()[...]
        let perEpoch = max(1, history.description.stepsPerEpoch)
        guard first <= last else { return }
        let smoothed = history.smoothed(.loss, over: Double(first)...Double(last + 1), count: last - first + 1)
        var previous = first - 1
        for step in first...last {
            guard let values = history.values(at: Double(step)), values.step > previous else { continue }
            previous = values.step
            var row = [
                String(values.step), String(values.step / perEpoch), Self.number(values.loss),
                Self.number(smoothed[min(max(0, values.step - first), smoothed.count - 1)] ?? .nan),
                Self.number(values.accuracy), Self.number(values.learningRate), Self.number(values.gradientNorm), "",
                "",
            ]
            if let next = due.first, next - 1 <= values.step, let report = evaluations[next] {
                due.removeFirst()
                row[7] = Self.number(report.loss)
                row[8] = report.accuracy.map(Self.number) ?? ""
            }
            rows.append(row)
        }
    }

    /// The statistics measured last, one row a layer, in depth order.
    private mutating func addLayers(_ state: DashboardState) {
        guard let report = state.run.history.latestLayers else { return }
        for (index, layer) in state.run.history.description.layers.enumerated() where index < report.layers.count {
            let values = report.layers[index]
            let numbers = [
                values.mean, values.std, Double(values.minimum), Double(values.maximum), values.zeros, values.saturated,
                values.neverFired, values.signalNorm, values.gradientNorm, values.updateRatio,
            ]
            rows.append([layer.name, layer.kind, String(report.position.step)] + numbers.map(Self.number))
        }
    }

    /// The fewest digits that read back to the same number; nothing for what is absent, as pandas reads it.
    private static func number(_ value: Double) -> String {
        value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "inf" : "-inf") : "\(value)"
    }

    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
