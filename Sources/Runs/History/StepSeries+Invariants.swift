import Runs

extension StepSeries {
    /// Traps where the parts of the series do not fit each other. O(n / 256); for tests, and after each change of the past
    /// where the room was compiled with SITTER_INVARIANTS.
    package func checkInvariants() {
        precondition(
            index.count == (droppedChunks + chunks.count) * StepChunk.capacity + tail.count,
            "Points are in dropped chunks, whole chunks or the tail.")
        precondition(tail.count < StepChunk.capacity, "A full tail is a chunk.")
        precondition(index.forgotten == droppedChunks * StepChunk.capacity, "Steps are kept as long as their chunks.")
        precondition(chunks.allSatisfy { $0.count == StepChunk.capacity && $0.rises }, "Kept chunks are full and rise.")
        for (metric, series) in zip(Metric.allCases, metrics) {
            precondition(series.count == index.count, "Each metric has all points.")
            precondition(series.droppedBlocks == droppedChunks, "Metrics and chunks are kept by one rule.")
            precondition(series.openColumn.count == tail.count, "The tail is open in each metric.")
            series.checkInvariants()
            for (place, chunk) in chunks.enumerated() {
                let first = (droppedChunks + place) * StepChunk.capacity
                let value = series.value(at: first)
                precondition(
                    value?.bitPattern == chunk[metric].values[0].bitPattern, "Chunks and metrics hold the same values.")
            }
        }
        index.checkInvariants()
    }

    /// Checks itself in builds that ask for it.
    func checkIfAsked() {
        #if SITTER_INVARIANTS
            checkInvariants()
        #endif
    }
}

extension MetricSeries {
    /// Traps where buckets and blocks do not fit each other.
    func checkInvariants() {
        precondition(
            buckets.count * Self.bucketSize == count - openColumn.count,
            "Every whole block is in buckets, and no other.")
        precondition(medians.count == buckets.count, "Each bucket has a median.")
        buckets.checkInvariants()
    }
}

extension StepIndex {
    /// Traps where steps do not rise or a bucket has no place.
    func checkInvariants() {
        let buckets = (count + MetricSeries.bucketSize - 1) / MetricSeries.bucketSize
        precondition(bucketCount == buckets, "Each 256 points have a bucket.")
        var before = Int.min
        for place in 0..<buckets {
            let bucket = bucket(place)
            precondition(bucket.firstStep > before && bucket.lastStep >= bucket.firstStep, "Steps rise strictly.")
            before = bucket.lastStep
        }
    }
}

extension SummaryPyramid {
    /// Traps where a summary is not that of the four below it.
    func checkInvariants() {
        for level in 1..<max(1, levelCount) {
            let below = summaries(at: level - 1)
            precondition(
                summaries(at: level).count == (below.count + Self.fanOut - 1) / Self.fanOut, "Four summaries make one.")
            for (place, found) in summaries(at: level).enumerated() {
                var sum = SeriesSummary()
                for lower in below[place * Self.fanOut..<min(below.count, (place + 1) * Self.fanOut)] { sum.add(lower) }
                precondition(
                    found.low == sum.low && found.high == sum.high && found.finite == sum.finite
                        && found.nan == sum.nan && found.infinite == sum.infinite,
                    "A summary is that of the four below it.")
            }
        }
    }
}
