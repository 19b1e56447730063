import Runs
import Testing

@Suite("Buckets of old steps")
struct StepBucketTests {
    private func report(_ step: Int, loss: Double) -> StepReport {
        StepReport(
            step: step, epoch: 0, loss: loss, accuracy: .nan, learningRate: 0.5 / Double(step + 1),
            gradientNorm: Double(step % 7), trainingSeconds: Double(step) / 4)
    }

    @Test
    func `a chunk becomes buckets with the range, sum and newest of their steps`() {
        let reports = (0..<StepChunk.capacity).map { report($0, loss: Double(($0 * 37) % 101)) }
        let buckets = StepBucket.of(StepChunk(steps: reports))
        #expect(buckets.count == StepBucket.perChunk)
        for (index, bucket) in buckets.enumerated() {
            let part = reports[index * StepBucket.size..<(index + 1) * StepBucket.size]
            #expect(bucket.firstStep == part.first?.step && bucket.lastStep == part.last?.step)
            #expect(bucket.firstSeconds == part.first?.trainingSeconds)
            #expect(bucket.lastSeconds == part.last?.trainingSeconds)
            #expect(bucket[.loss].low == part.map(\.loss).min() && bucket[.loss].high == part.map(\.loss).max())
            #expect(bucket[.loss].sum == part.map(\.loss).reduce(0, +) && bucket[.loss].last == part.last?.loss)
            #expect(bucket[.learningRate].high == part.first?.learningRate)
            #expect(bucket[.gradientNorm].high == 6 && bucket[.gradientNorm].finite == 256)
            #expect(bucket[.accuracy].finite == 0 && bucket[.accuracy].nan == 256 && bucket[.accuracy].mean == nil)
        }
    }

    @Test
    func `a bucket has a place for each metric, and no other`() {
        #expect(PerMetric<Int>.count == Metric.allCases.count)
    }

    @Test
    func `a bucket has the median of its finite values`() {
        let reports = (0..<StepChunk.capacity).map {
            report($0, loss: $0 % 5 == 0 ? .nan : $0 % 7 == 0 ? 1e30 : Double(($0 * 37) % 101))
        }
        for (place, bucket) in StepBucket.of(StepChunk(steps: reports)).enumerated() {
            let finite = reports[place * 256..<(place + 1) * 256].map(\.loss).filter(\.isFinite).sorted()
            #expect(bucket.median(.loss) == finite[(finite.count - 1) / 2])
        }
        #expect(StepBucket.of(StepChunk(steps: [report(1, loss: .nan)]))[0].median(.loss).isNaN)
    }

    @Test
    func `a metric lies where reports are read`() {
        var report = report(3, loss: 7)
        for (place, metric) in Metric.allCases.enumerated() { report[metric] = Double(place) + 0.5 }
        #expect(report.loss == 0.5 && report.penalty == 1.5 && report.accuracy == 2.5)
        #expect(report.learningRate == 3.5 && report.gradientNorm == 4.5)
        for metric in Metric.allCases {
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2) { values in
                [report, report].withUnsafeBufferPointer { metric.values(of: $0, into: values) }
                #expect(Array(values) == [report[metric], report[metric]])
            }
        }
    }

    @Test
    func `what is not finite is counted and leaves the range alone`() {
        let bucket = StepBucket.of(
            StepChunk(steps: [report(4, loss: 2), report(5, loss: .nan), report(6, loss: -.infinity)]))[0]
        #expect(bucket[.loss].low == 2 && bucket[.loss].high == 2 && bucket[.loss].last == 2)
        #expect(bucket[.loss].finite == 1 && bucket[.loss].nan == 1 && bucket[.loss].infinite == 1)
        #expect(bucket.firstStep == 4 && bucket.lastStep == 6)
    }

    @Test
    func `values taken at once make the summary of values taken one by one`() {
        let values = (0..<300).map { $0 % 11 == 3 ? Double.nan : 1 / Double($0 + 1) }
        var (one, all) = (SeriesSummary(), SeriesSummary())
        for value in values { one.add(value) }
        values.withUnsafeBufferPointer { all.add(contentsOf: $0) }
        #expect(one == all)
    }
}
