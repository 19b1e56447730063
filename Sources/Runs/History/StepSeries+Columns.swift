import Runs

extension StepSeries {
    /// Each of `count` equal columns over a step range: the finite values' range and the newest, nil where there are none.
    ///
    /// Column i covers steps from low + i w to below low + (i + 1) w; the last one includes the range's end.
    package func columns(_ metric: Metric, over range: ClosedRange<Double>, count: Int) -> [SeriesColumn?] {
        columns(metric, edges: Self.edges(range, count))
    }

    /// The moving average at each column's last step, over all points and not over columns: nil in columns without steps,
    /// NaN where nothing in the span is finite. O(columns) where they are new, else O(those that are).
    package func smoothed(
        _ metric: Metric, over range: ClosedRange<Double>, count: Int, in space: AverageSpace
    ) -> [Double?] {
        smoothed(metric, edges: Self.edges(range, count), in: space)
    }

    /// The finite values of each column between rising edges, one less than there are edges; steps at the last edge belong to
    /// the last column.
    package func columns(_ metric: Metric, edges: [Double]) -> [SeriesColumn?] {
        answer(metric, .values, edges).columns
    }

    /// The moving average at each column's last step; see `smoothed(_:over:count:in:)`.
    package func smoothed(_ metric: Metric, edges: [Double], in space: AverageSpace) -> [Double?] {
        answer(metric, .average(metric.isShare ? .linear : space), edges).smoothed
    }

    /// Which columns hold values that are not finite; see `columns(_:edges:)`.
    package func trouble(_ metric: Metric, edges: [Double]) -> [SeriesTrouble?] {
        answer(metric, .values, edges).trouble
    }

    /// What lies between two steps, both included.
    package func summary(_ metric: Metric, over range: ClosedRange<Double>) -> SeriesSummary {
        metrics[metric.rawValue].summary(points(from: range.lowerBound, to: range.upperBound.nextUp))
    }

    /// The moving average after the last step at or before a place, nil where nothing in its span is finite. O(log n).
    package func average(_ metric: Metric, at step: Double, in space: AverageSpace) -> Double? {
        let end = index.index(atOrAfter: step.nextUp)
        return end > 0 ? value(of: metric, averagedAt: end - 1, in: space) : nil
    }

    private func value(of metric: Metric, averagedAt point: Int, in space: AverageSpace) -> Double? {
        let points = average.span(endingAt: point)
        let place = metric.rawValue
        if metric.isShare { return metrics[place].mean(of: points) }
        return points.count > MovingAverage.longSpan
            ? metrics[place].middleOfMedians(of: points, in: space) : metrics[place].middle(of: points, in: space)
    }

    /// The numbers of the step nearest to a place, nil before the first and after the last by more than a step (an evaluation
    /// after the last update carries one more).
    ///
    /// Among steps of which only buckets are left it is a bucket's first step, with the bucket's means.
    package func values(at step: Double) -> StepValues? {
        guard let range = stepRange, step >= Double(range.lowerBound) - 1, step <= Double(range.upperBound) + 1
        else { return nil }
        var place = min(index.index(atOrAfter: step), index.count - 1)
        if place <= index.forgotten, index.forgotten > 0 {
            place = bucketStart(place, holding: step)
        } else if place > index.forgotten,
            step - Double(index.step(at: place - 1)) < Double(index.step(at: place)) - step
        {
            place -= 1
        }
        let numbers = metrics.map { metric in
            if let value = metric.value(at: place) { return value }
            let summary = metric.summary(bucket(at: place))
            return summary.mean ?? (summary.trouble == nil ? .notRecorded : .nan)
        }
        return StepValues(step: index.step(at: place), numbers: numbers, isBucket: place < index.forgotten)
    }

    /// Seconds since the run began before a step.
    package func seconds(at step: Double) -> Double { index.seconds(at: step) }

    /// The step that began after so many seconds since the run began.
    package func step(atSeconds seconds: Double) -> Double { index.step(atSeconds: seconds) }

    /// Steps and the seconds since the run began before them, at most about `limit`, rising strictly in both.
    package func timeKnots(limit: Int = 128) -> [(step: Int, seconds: Double)] { index.knots(limit: limit) }

    /// Edges of equal columns; none where the range is not finite.
    package static func edges(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
        guard count > 0, range.lowerBound.isFinite, range.upperBound.isFinite else { return [] }
        let width = (range.upperBound - range.lowerBound) / Double(count)
        var edges = (0...count).map { range.lowerBound + Double($0) * width }
        edges[count] = range.upperBound
        return edges
    }

    private func answer(_ metric: Metric, _ subject: SeriesMemo.Subject, _ edges: [Double]) -> SeriesMemo.Answer {
        memo.answer(metric, subject, edges) { answer in
            guard answer.points != index.count else { return }
            // Later points change nothing before the last step known.
            let first = answer.points == 0 ? 0 : edges.dropFirst().firstIndex { $0 > answer.lastStep }.map { $0 - 1 }
            work(out: &answer, from: min(first ?? edges.count - 2, edges.count - 2))
            answer.points = index.count
            answer.lastStep = Double(index.last.step)
        }
    }

    private func work(out answer: inout SeriesMemo.Answer, from first: Int) {
        let (metric, edges) = (answer.metric, answer.edges)
        guard edges.count > 1 else { return }
        for column in max(0, first)..<edges.count - 1 {
            let isLast = column == edges.count - 2
            let range = points(from: edges[column], to: isLast ? edges[column + 1].nextUp : edges[column + 1])
            switch answer.subject {
            case .values:
                let summary = range.isEmpty ? SeriesSummary() : metrics[metric.rawValue].summary(range)
                answer.columns[column] = summary.column
                answer.trouble[column] = summary.trouble
            case .average(let space):
                answer.smoothed[column] =
                    range.isEmpty ? nil : value(of: metric, averagedAt: range.upperBound - 1, in: space) ?? .nan
            }
        }
    }

    /// The points from one step to below another. Where only buckets are left and none begins there, the bucket that holds
    /// the first step: what it knows shows at every zoom.
    private func points(from start: Double, to end: Double) -> Range<Int> {
        let first = index.index(atOrAfter: start)
        let last = max(first, index.index(atOrAfter: end))
        guard first == last, first > 0, first <= index.forgotten, index.forgotten > 0, end > start,
            Double(index.step(at: first - 1)) < end
        else { return first..<last }
        return bucket(at: bucketStart(first, holding: start))
    }

    private func bucketStart(_ place: Int, holding step: Double) -> Int {
        let bucket = place / MetricSeries.bucketSize
        let holds = place < index.count && Double(index.step(at: place)) <= step
        return max(0, holds ? bucket : bucket - 1) * MetricSeries.bucketSize
    }

    private func bucket(at place: Int) -> Range<Int> { place..<min(index.count, place + MetricSeries.bucketSize) }
}
