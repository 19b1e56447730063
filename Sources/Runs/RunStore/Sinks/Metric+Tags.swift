import Runs

extension Metric {
    /// Each metric with its tag in an event file, words joined as TensorBoard's users do: `train/gradient_norm`.
    static let tags: [(metric: Metric, tag: String)] = allCases.map { metric in
        let words = "\(metric.written.key)".map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }
        return (metric, "train/" + words.joined())
    }
}
