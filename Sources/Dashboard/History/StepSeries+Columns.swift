import Runs

extension StepSeries {
    /// Each of `count` equal columns over a step range: the finite values' range and the newest, nil where there are none.
    ///
    /// Column i covers steps from low + i w to below low + (i + 1) w; the last one includes the range's end.
    package func columns(_ metric: Metric, over range: ClosedRange<Double>, count: Int) -> [SeriesColumn?] {
        spans(over: range, count: count).map { summary(metric, from: $0.start, to: $0.end) }
    }

    /// The moving average over all points at each column's last step, nil in columns without steps.
    package func smoothed(_ metric: Metric, over range: ClosedRange<Double>, count: Int) -> [Double?] {
        spans(over: range, count: count).map { span in
            guard span.start < span.end else { return nil }
            let last = before(span.end)
            return blockAverages(last.block)
                .value(metric, at: last.index, of: block(last.block), smoothing: smoothing)
        }
    }

    /// The report nearest to a step, nil before the first and after the last by more than a step (an evaluation after the
    /// last update carries one more).
    package func values(at step: Double) -> StepReport? {
        guard let range = stepRange, step >= Double(range.lowerBound) - 1, step <= Double(range.upperBound) + 1
        else { return nil }
        let after = place(atOrAfter: step)
        guard after.block < blockCount else { return report(before(after)) }
        let later = report(after)
        guard after.block > 0 || after.index > 0 else { return later }
        let earlier = report(before(after))
        return step - Double(earlier.step) < Double(later.step) - step ? earlier : later
    }

    private func report(_ place: Place) -> StepReport { block(place.block)[place.index] }

    /// The place one point earlier; there must be one.
    private func before(_ place: Place) -> Place {
        place.index > 0
            ? Place(block: place.block, index: place.index - 1)
            : Place(block: place.block - 1, index: block(place.block - 1).count - 1)
    }

    /// Where each column's points begin and end.
    private func spans(over range: ClosedRange<Double>, count: Int) -> [(start: Place, end: Place)] {
        guard count > 0, range.lowerBound.isFinite, range.upperBound.isFinite else { return [] }
        let width = (range.upperBound - range.lowerBound) / Double(count)
        var start = place(atOrAfter: range.lowerBound)
        return (1...count).map { column in
            let edge = range.lowerBound + Double(column) * width
            let end = place(atOrAfter: column == count ? range.upperBound.nextUp : edge)
            defer { start = max(start, end) }
            return (start, max(start, end))
        }
    }
}
