/// Summaries of summaries, 16 to one at every level, so that a range of any length is covered by a few of them.
struct SummaryPyramid: Sendable {
    private static let fanOut = 16

    /// Level 0 holds one entry per block, each level above one per 16 of the level below.
    private var levels: [[SeriesColumn?]] = [[]]

    /// Adds the summary of one more block. O(log n).
    mutating func append(_ summary: SeriesColumn?) {
        var index = levels[0].count
        levels[0].append(summary)
        var level = 1
        while index >= Self.fanOut || levels.count > level {
            if levels.count == level { levels.append([.joined(from: levels[level - 1], upTo: Self.fanOut)]) }
            index /= Self.fanOut
            if index < levels[level].count {
                levels[level][index] = .joined(levels[level][index], summary)
            } else {
                levels[level].append(summary)
            }
            level += 1
        }
    }

    /// Forgets all blocks from `count` on. O(n), but that happens only where a run went back in time.
    mutating func truncate(to count: Int) {
        let kept = levels[0].prefix(count)
        levels = [[]]
        for summary in kept { append(summary) }
    }

    /// The summary of the blocks `range`. O(log n).
    func summary(_ range: Range<Int>) -> SeriesColumn? {
        var result: SeriesColumn?
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
            result = .joined(result, levels[level][index / width])
            index += width
        }
        return result
    }
}

extension SeriesColumn? {
    /// The first `count` summaries as one.
    fileprivate static func joined(from summaries: [SeriesColumn?], upTo count: Int) -> SeriesColumn? {
        summaries.prefix(count).reduce(nil, SeriesColumn.joined)
    }
}
