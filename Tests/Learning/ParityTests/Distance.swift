/// |a - b| / |b| in 2-norms; infinite for lists of different lengths.
func distance<A: BinaryFloatingPoint, B: BinaryFloatingPoint>(_ actual: [A], _ expected: [B]) -> Double {
    guard actual.count == expected.count else { return .infinity }
    var (difference, norm) = (0.0, 0.0)
    for (one, other) in zip(actual, expected) {
        let gap = Double(one) - Double(other)
        difference += gap * gap
        norm += Double(other) * Double(other)
    }
    guard difference > 0 || !difference.isFinite else { return 0 }
    return (difference / max(norm, 1e-60)).squareRoot()
}
