import Runs

/// Summaries of summaries, 4 to one at every level, so that a range of any length is covered by O(log n) of them. A third more
/// memory than the buckets alone.
struct SummaryPyramid: Sendable {
    static let fanOut = 4

    /// Level 0 holds one entry per bucket, each level above one per 4 of the level below.
    private var levels: [[SeriesSummary]] = [[]]

    init() {}

    /// The summaries of these buckets. O(n).
    init(_ buckets: some Collection<SeriesSummary>) {
        levels = [Array(buckets)]
        while let below = levels.last, below.count >= Self.fanOut {
            levels.append(
                stride(from: 0, to: below.count, by: Self.fanOut).map { first in
                    var summary = below[first]
                    for lower in below[(first + 1)..<min(below.count, first + Self.fanOut)] { summary.add(lower) }
                    return summary
                })
        }
    }

    /// How many buckets there are.
    var count: Int { levels[0].count }

    /// The summary of a bucket. O(1).
    subscript(bucket: Int) -> SeriesSummary { levels[0][bucket] }

    /// How many levels there are, and what each holds, for checks.
    var levelCount: Int { levels.count }
    func summaries(at level: Int) -> [SeriesSummary] { levels[level] }

    /// Adds the summary of one more bucket. O(log n).
    mutating func append(_ summary: SeriesSummary) {
        var index = count
        levels[0].append(summary)
        var level = 1
        while index >= Self.fanOut || levels.count > level {
            if levels.count == level {
                var first = SeriesSummary()
                for lower in levels[level - 1].prefix(Self.fanOut) { first.add(lower) }
                levels.append([first])
            }
            index /= Self.fanOut
            if index < levels[level].count {
                levels[level][index].add(summary)
            } else {
                levels[level].append(summary)
            }
            level += 1
        }
    }

    /// Forgets all buckets from `count` on. O(n), but that happens only where a run went back in time.
    mutating func truncate(to count: Int) {
        guard count < self.count else { return }
        let kept = levels[0].prefix(count)
        levels = [[]]
        for summary in kept { append(summary) }
    }

    /// Adds the buckets `range`, the oldest first, to a summary. O(log n).
    func add(_ range: Range<Int>, to result: inout SeriesSummary) {
        var index = range.lowerBound
        while index < range.upperBound {
            var level = 0
            var width = 1
            while level + 1 < levels.count, index % (width * Self.fanOut) == 0,
                index + width * Self.fanOut <= range.upperBound
            {
                level += 1
                width *= Self.fanOut
            }
            result.add(levels[level][index / width])
            index += width
        }
    }
}
