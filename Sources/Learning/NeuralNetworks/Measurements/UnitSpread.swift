import Tensors

/// How far the units of a layer lie apart within one example: 0 where all compute the same, as those of a layer whose weights all
/// began with one constant do for ever.
enum UnitSpread {
    /// Examples (and one place of each) and units that are looked at, evenly over all.
    private static let mostRows = 8
    private static let mostUnits = 128

    /// The root mean square over sampled rows of the standard deviation over sampled units; NaN with one unit. At most 1,024 values.
    static func std(_ values: UnsafePointer<Float>, _ grid: FeatureGrid) -> Double {
        guard grid.features > 1, grid.batch > 0, grid.places > 0 else { return .nan }
        let (rows, units) = (min(mostRows, grid.batch), min(mostUnits, grid.features))
        var squares = 0.0
        for row in 0..<rows {
            let example = row * grid.batch / rows
            // Another place in each row, so that borders of maps don't stand for all.
            let place = (2 * row + 1) * grid.places / (2 * rows)
            let start = values + (example * grid.features * grid.places + place)
            // From the first unit's value, so that equal ones differ by nothing.
            let first = Double(start[0])
            var (sum, square) = (0.0, 0.0)
            for unit in 1..<units {
                let difference = Double(start[unit * grid.features / units * grid.places]) - first
                sum += difference
                square += difference * difference
            }
            squares += max(0, square - sum * sum / Double(units)) / Double(units)
        }
        return (squares / Double(rows)).squareRoot()
    }
}
