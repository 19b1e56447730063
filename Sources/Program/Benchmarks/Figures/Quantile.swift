extension [Double] {
    /// Of sorted values the smallest that at least a share of all, 0 to 1, do not exceed; NaN where there is none.
    func quantile(_ share: Double) -> Double {
        isEmpty ? .nan : self[Swift.min(count - 1, Swift.max(0, Int((share * Double(count)).rounded(.up)) - 1))]
    }
}
