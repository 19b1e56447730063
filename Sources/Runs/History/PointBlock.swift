import Runs

/// The values of a column of steps with the moving average at the start of each 64 of them. The values are shared with the
/// chunk that they come from; the averages are each reader's own.
struct PointBlock: Sendable {
    static let capacity = StepChunk.capacity

    private(set) var column: StepColumn
    /// The average before each group.
    private(set) var averages: [MovingAverage] = []
    /// The average after the last value.
    private(set) var average: MovingAverage

    /// An empty block after values with this average.
    init(after average: MovingAverage) {
        self.average = average
        column = StepColumn()
        averages.reserveCapacity(Self.capacity / StepColumn.groupSize)
    }

    /// A block of a column that is there already. O(n).
    init(_ column: StepColumn, after average: MovingAverage, smoothing: Double) {
        self.average = average
        self.column = column
        averages.reserveCapacity(Self.capacity / StepColumn.groupSize)
        column.values.withUnsafeBufferPointer { values in
            for start in stride(from: 0, to: values.count, by: StepColumn.groupSize) {
                averages.append(self.average)
                let end = min(values.count, start + StepColumn.groupSize)
                self.average.add(contentsOf: UnsafeBufferPointer(rebasing: values[start..<end]), smoothing: smoothing)
            }
        }
    }

    var count: Int { column.count }

    /// The average before the first value.
    var averageBefore: MovingAverage { averages.first ?? average }

    mutating func append(_ value: Double, smoothing: Double) {
        if count % StepColumn.groupSize == 0 { averages.append(average) }
        column.append(value)
        average.add(value, smoothing: smoothing)
    }

    /// Takes the next values, no more than there is room for.
    mutating func append(contentsOf values: UnsafeBufferPointer<Double>, smoothing: Double) {
        var index = 0
        while index < values.count {
            let place = (count + index) % StepColumn.groupSize
            if place == 0 { averages.append(average) }
            let end = min(values.count, index + StepColumn.groupSize - place)
            average.add(contentsOf: UnsafeBufferPointer(rebasing: values[index..<end]), smoothing: smoothing)
            index = end
        }
        column.append(contentsOf: values)
    }

    /// The moving average after the value at an index. At most 64 values are looked at.
    func average(at index: Int, smoothing: Double) -> MovingAverage {
        let group = index / StepColumn.groupSize
        var average = averages[group]
        for place in group * StepColumn.groupSize...index { average.add(column.values[place], smoothing: smoothing) }
        return average
    }
}
