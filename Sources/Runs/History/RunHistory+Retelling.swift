import Runs

extension RunHistory {
    /// What happened since a cursor of a feed that may tell its run anew; a cursor of another telling gets everything.
    /// - Parameter telling: which one this history is.
    package func changes(since cursor: RunCursor, telling: Int) -> RunChanges? {
        let isAnew = cursor.telling.map { $0 != telling } ?? false
        guard var changes = changes(since: isAnew ? RunCursor() : cursor) else { return nil }
        if isAnew { changes.isAnew = true }
        changes.cursor.telling = telling
        return changes
    }

    /// Whether all that another history knows is what this one begins with, so that who followed that one can go on with this.
    /// O(n).
    package func goesOn(from earlier: RunHistory) -> Bool {
        guard lines.line.number == earlier.lines.line.number, lines.line.branch == earlier.lines.line.branch,
            description.layers.count == earlier.description.layers.count, series.begins(with: earlier.series),
            events.count >= earlier.events.count, samples.count >= earlier.samples.count
        else { return false }
        // Numbers that are none equal nothing.
        let hasEvents = zip(earlier.events, events).allSatisfy { $0 == $1 || "\($0)" == "\($1)" }
        let (known, reports) = (earlier.layerLines.since(0), layerLines.since(0))
        return hasEvents && reports.count >= known.count
            && zip(known, reports).allSatisfy { $0.position == $1.position }
    }
}

extension StepSeries {
    /// Whether the points of another series are the first of this one, as far as both have them in full. O(n).
    func begins(with earlier: StepSeries) -> Bool {
        guard earlier.count <= count else { return false }
        let end = earlier.droppedChunks + earlier.chunks.count
        for place in max(droppedChunks, earlier.droppedChunks)..<max(end, droppedChunks) {
            let (one, other) = (earlier.chunks[place - earlier.droppedChunks], chunks[place - droppedChunks])
            guard one !== other else { continue }
            guard one.stepNumbers == other.stepNumbers,
                Metric.allCases.allSatisfy({ metric in
                    zip(one[metric].values, other[metric].values).allSatisfy { $0.bitPattern == $1.bitPattern }
                })
            else { return false }
        }
        return earlier.tail.enumerated().allSatisfy { place, report in
            let point = end * StepChunk.capacity + place
            return index.step(at: point) == report.step
                && Metric.allCases.allSatisfy {
                    metrics[$0.rawValue].value(at: point)?.bitPattern == $0.value(of: report).bitPattern
                }
        }
    }
}
