import Runs

extension LayerHistory {
    /// A layer's values wherever they were measured within a step range, and the measurements next to it on either side, so
    /// that lines reach the edges. What is no finite size, 0 or more, is NaN: a line has a gap there.
    ///
    /// - Parameter point: makes a point of a step and the value there.
    package func points<Point>(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>,
        _ point: (_ step: Double, _ value: Double) -> Point
    ) -> [Point] {
        let first = max(0, firstIndex(after: range.lowerBound.nextDown) - 1)
        let end = min(steps.count, max(first, firstIndex(after: range.upperBound)) + 1)
        let figure = LayerFigure(value)
        var points: [Point] = []
        points.reserveCapacity(end - first)
        for index in first..<end {
            let place = layer * LayerFigure.count
            guard layer >= 0, place < figures[index].count else { continue }
            // The rows of figures, because a layer's statistics are long to copy.
            let number =
                figure.map { figures[index][place + $0.rawValue] } ?? reports[index].layers[layer][keyPath: value]
            points.append(point(Double(steps[index]), number.isFinite && number >= 0 ? number : .nan))
        }
        return points
    }
}
