import Runs

/// The moving averages of every metric at the start of each 64 points of a block, so that any point's average is at most 64
/// additions away.
final class BlockAverages: Sendable {
    /// Per metric, the average before each group of points.
    private let starts: [[MovingAverage]]
    /// Per metric, the average after the block.
    let ends: [MovingAverage]

    init(_ block: StepBlock, after earlier: BlockAverages?, smoothing: Double) {
        var starts: [[MovingAverage]] = []
        var ends: [MovingAverage] = []
        for metric in Metric.allCases {
            var average = earlier?.ends[metric.rawValue] ?? MovingAverage()
            var beginnings: [MovingAverage] = []
            for (index, report) in block.steps.enumerated() {
                if index % StepBlock.groupSize == 0 { beginnings.append(average) }
                average.add(metric.value(of: report), smoothing: smoothing)
            }
            starts.append(beginnings)
            ends.append(average)
        }
        self.starts = starts
        self.ends = ends
    }

    /// The average after the point `index` of the block.
    func value(_ metric: Metric, at index: Int, of block: StepBlock, smoothing: Double) -> Double? {
        let group = index / StepBlock.groupSize
        var average = starts[metric.rawValue][group]
        for point in group * StepBlock.groupSize...index {
            average.add(metric.value(of: block[point]), smoothing: smoothing)
        }
        return average.value
    }
}
