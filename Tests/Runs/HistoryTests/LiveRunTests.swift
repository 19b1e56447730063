import History
import Runs
import Testing

@Suite struct LiveRunTests {
    private let run = LiveRun(Sample.description)

    private func steps(_ changes: RunChanges) -> [Int] {
        (changes.steps.sealed.flatMap(\.steps) + changes.steps.tail).map(\.step)
    }

    @Test
    func `a new reader always gets the description and where the run stands`() throws {
        let changes = try #require(run.changes(since: RunCursor()))
        #expect(changes.description == Sample.description)
        #expect(changes.status == RunStatus(progress: .beginning(learningRate: 0.025)))
        #expect(
            changes.steps.sealed.isEmpty && changes.steps.tail.isEmpty && changes.events.isEmpty
                && changes.layers.isEmpty)
    }

    @Test
    func `nothing new is nil`() throws {
        run.record([.step(Sample.step(0))], at: 1)
        let cursor = try #require(run.changes(since: RunCursor())).cursor
        #expect(run.changes(since: cursor) == nil)
        run.record([.step(Sample.step(1))], at: 1)
        #expect(run.changes(since: cursor) != nil)
    }

    @Test
    func `every 1,024 steps become a chunk, and the rest is the tail`() throws {
        run.record((0..<2500).map { .step(Sample.step($0)) }, at: 1)
        let changes = try #require(run.changes(since: RunCursor()))
        #expect(changes.steps.sealed.map(\.steps.count) == [1024, 1024])
        #expect(steps(changes) == Array(0..<2500))
        #expect(changes.steps.tail.count == 452)
    }

    @Test(arguments: [1, 3, 64, 700, 1024, 3000])
    func `a reader at any rhythm gets every step and every event once`(rhythm: Int) throws {
        var cursor = RunCursor()
        var sealed: [Int] = []
        var tail: [Int] = []
        var events: [Position] = []
        for step in 0..<3000 {
            run.record([.step(Sample.step(step)), .evaluation(Sample.evaluation(step + 1))], at: 1)
            guard (step + 1) % rhythm == 0 else { continue }
            let changes = try #require(run.changes(since: cursor))
            sealed += changes.steps.sealed.flatMap(\.steps).map(\.step)
            tail = changes.steps.tail.map(\.step)
            events += changes.events.map(\.position)
            cursor = changes.cursor
            #expect(sealed + tail == Array(0...step))
        }
        #expect(events == (1...(3000 / rhythm * rhythm)).map { Position(step: $0) })
    }

    @Test
    func `chunks are shared between readers, not copied`() throws {
        run.record((0..<1024).map { .step(Sample.step($0)) }, at: 1)
        let one = try #require(run.changes(since: RunCursor()))
        let other = try #require(run.changes(since: RunCursor()))
        #expect(one.steps.sealed[0] === other.steps.sealed[0])
    }

    // MARK: Runs of more steps than stay in full

    /// A loss that a test can work out again: noise, with a spike of one step and one that is no number.
    private func loss(_ step: Int) -> Double {
        switch step {
        case 300_001: 1e6
        case 700_002: .nan
        default: Double((step &* 2_654_435_761) & 0xFFFF)
        }
    }

    private func record(_ steps: Range<Int>) {
        run.record(steps.map { .step(Sample.step($0, loss: loss($0))) }, at: 1)
    }

    /// Everything since a cursor, in one.
    private func everything(since cursor: RunCursor) throws -> RunChanges {
        var all = try #require(run.changes(since: cursor))
        while all.steps.hasMore {
            #expect(all.steps.tail.isEmpty)
            let more = try #require(run.changes(since: all.cursor))
            #expect(more.steps.buckets.isEmpty && more.events.isEmpty && !more.steps.sealed.isEmpty)
            all.steps.sealed += more.steps.sealed
            (all.cursor, all.steps.tail, all.steps.hasMore) = (more.cursor, more.steps.tail, more.steps.hasMore)
        }
        #expect(run.changes(since: all.cursor) == nil)
        return all
    }

    @Test
    func `the last million steps stay in full, and buckets of what came before are a plain reduction of it`() throws {
        let count = 2_500_000
        for first in stride(from: 0, to: count, by: 50_000) { record(first..<first + 50_000) }
        let changes = try everything(since: RunCursor())
        let full = steps(changes)
        #expect((1 << 20...1_200_000).contains(full.count))
        #expect(full == Array(count - full.count..<count))
        #expect(changes.steps.buckets.count % StepBucket.perChunk == 0)
        #expect(changes.steps.buckets.count * StepBucket.size + full.count == count)
        #expect(changes.cursor.chunks == count / StepChunk.capacity)
        for (index, bucket) in changes.steps.buckets.enumerated() {
            let range = index * StepBucket.size..<(index + 1) * StepBucket.size
            let values = range.map(loss).filter(\.isFinite)
            #expect(bucket.firstStep == range.lowerBound && bucket.lastStep == range.upperBound - 1)
            #expect(bucket[.loss].low == values.min() && bucket[.loss].high == values.max())
            #expect(bucket[.loss].sum == values.reduce(0, +) && bucket[.loss].last == values.last)
            #expect(Int(bucket[.loss].nan) == range.count - values.count)
        }
        #expect(changes.steps.buckets.map { $0[.loss].high }.max() == 1e6)
    }

    @Test
    func `who follows gets every step in full; who was away for more than a million begins anew`() throws {
        var cursor = RunCursor()
        var (sealed, next) = (0, 0)
        var old: RunCursor?
        for first in stride(from: 0, to: 2_400_000, by: 100_000) {
            record(first..<first + 100_000)
            let changes = try #require(run.changes(since: cursor))
            #expect(changes.steps.buckets.isEmpty)
            let expected = (sealed * StepChunk.capacity)..<first + 100_000
            #expect(steps(changes) == Array(expected))
            sealed = changes.cursor.chunks
            next = expected.upperBound
            cursor = changes.cursor
            if first == 200_000 { old = cursor }
        }
        #expect(next == 2_400_000)
        let away = try #require(old)
        let late = try everything(since: away)
        #expect(late.steps.buckets.first?.firstStep == 0)
        #expect(late.steps.buckets.count * StepBucket.size + steps(late).count == 2_400_000)
    }

    @Test
    func `of many layer reports the recent ones stay, fewer of the older ones, and the reader who follows gets all`()
        throws
    {
        var cursor = RunCursor()
        var followed: [Int] = []
        for step in 0..<6000 {
            run.record([.layers(Sample.layersReport(step), logged: false)], at: 1)
            guard step % 50 == 49 else { continue }
            let changes = try #require(run.changes(since: cursor))
            followed += changes.layers.map(\.position.step)
            cursor = changes.cursor
        }
        #expect(followed == Array(0..<6000))
        let late = try #require(run.changes(since: RunCursor()))
        let left = late.layers.map(\.position.step)
        #expect(left.count <= 512)
        #expect(left.first == 0 && left.last == 5999)
        #expect(left == left.sorted())
        #expect(left.suffix(128) == Array(5872..<6000)[...])
        #expect(zip(left, left.dropFirst()).map { $1 - $0 }.max()! <= 6000 / 128)
        #expect(late.cursor.layers == 6000)
    }

    @Test(arguments: [-1, Int.min, 1_000_000, Int.max])
    func `a cursor from elsewhere is no crash`(count: Int) throws {
        run.record([.step(Sample.step(0)), .evaluation(Sample.evaluation(1))], at: 1)
        run.record([.layers(Sample.layersReport(0), logged: true)], at: 1)
        var cursor = RunCursor()
        cursor.chunks = count
        cursor.events = count
        cursor.layers = count
        let changes = try #require(run.changes(since: cursor))
        #expect(changes.events.count == (count < 0 ? 1 : 0))
        #expect(changes.layers.count == (count < 0 ? 1 : 0))
    }
}
