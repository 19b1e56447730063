import Runs

/// Up to 1,024 consecutive values of one series, with a summary and the moving average at the start of each 64 of them.
struct PointBlock: Sendable {
    static let capacity = 1024
    /// Values under one summary.
    static let groupSize = 64

    private(set) var values: [Double] = []
    private var groups: [SeriesSummary] = []
    /// The average before each group.
    private(set) var averages: [MovingAverage] = []
    /// The average after the last value.
    private(set) var average: MovingAverage

    /// An empty block after values with this average.
    init(after average: MovingAverage) {
        self.average = average
        values.reserveCapacity(Self.capacity)
        groups.reserveCapacity(Self.capacity / Self.groupSize)
        averages.reserveCapacity(Self.capacity / Self.groupSize)
    }

    var count: Int { values.count }

    mutating func append(_ value: Double, smoothing: Double) {
        if values.count % Self.groupSize == 0 {
            groups.append(SeriesSummary())
            averages.append(average)
        }
        values.append(value)
        groups[groups.count - 1].add(value)
        average.add(value, smoothing: smoothing)
    }

    /// Takes the next values, no more than there is room for.
    mutating func append(contentsOf values: UnsafeBufferPointer<Double>, smoothing: Double) {
        var index = 0
        while index < values.count {
            let place = count % Self.groupSize
            if place == 0 {
                groups.append(SeriesSummary())
                averages.append(average)
            }
            let end = min(values.count, index + Self.groupSize - place)
            let part = UnsafeBufferPointer(rebasing: values[index..<end])
            groups[groups.count - 1].add(contentsOf: part)
            average.add(contentsOf: part, smoothing: smoothing)
            self.values.append(contentsOf: part)
            index = end
        }
    }

    /// Adds the values `range`, the oldest first, to a summary; at most 126 of them are looked at one by one.
    func add(_ range: Range<Int>, to result: inout SeriesSummary) {
        var index = range.lowerBound
        while index < range.upperBound {
            let end = index + Self.groupSize
            if index % Self.groupSize == 0, end <= range.upperBound || range.upperBound == count {
                result.add(groups[index / Self.groupSize])
                index = end
            } else {
                result.add(values[index])
                index += 1
            }
        }
    }

    /// The moving average after the value at an index.
    func average(at index: Int, smoothing: Double) -> MovingAverage {
        let group = index / Self.groupSize
        var average = averages[group]
        for place in group * Self.groupSize...index { average.add(values[place], smoothing: smoothing) }
        return average
    }

    /// The same values, averaged anew.
    func averaged(after before: MovingAverage, smoothing: Double) -> PointBlock {
        var block = self
        block.average = before
        for (index, value) in values.enumerated() {
            if index % Self.groupSize == 0 { block.averages[index / Self.groupSize] = block.average }
            block.average.add(value, smoothing: smoothing)
        }
        return block
    }
}
