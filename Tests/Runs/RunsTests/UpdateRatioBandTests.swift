import Foundation
import Runs
import Testing

@Suite struct UpdateRatioBandTests {
    @Test func `at the highest rate a thousandth is usual, a hundred times less or thirty times more is odd`() {
        let band = UpdateRatioBand(rateShare: 1)
        #expect(band.usual == 1e-3 && band.scaled(1e-3) == 1e-3)
        #expect(!band.isOdd(1e-3) && !band.isOdd(2e-5) && !band.isOdd(2.9e-2))
        #expect(band.isOdd(9e-6) && band.isOdd(0.031) && band.isOdd(0))
        #expect(!band.isOdd(.nan), "what is unknown is not judged")
    }

    @Test func `a run whose updates follow the rate is never odd, from the warm-up's first step to a cosine's last`() {
        let schedule = Schedule(kind: Schedule.Cosine(to: 0), base: 0.1, warmup: 200, total: 4_000)
        for step in 0..<4_000 {
            let rate = schedule.rate(at: step)
            let band = UpdateRatioBand(rateShare: rate / schedule.peak)
            #expect(!band.isOdd(1e-2 * rate), "step \(step)")
            #expect(abs(band.scaled(1e-2 * rate) - 1e-3) < 1e-5, "the gauge stands still: step \(step)")
        }
    }

    @Test func `a large update is odd at a small rate too, and none at all where there is a rate`() {
        let band = UpdateRatioBand(rateShare: 1e-3)
        #expect(band.isOdd(0.05))
        #expect(band.isOdd(1e-9) && !band.isOdd(1e-7))
        #expect(!UpdateRatioBand(rateShare: 0).isOdd(0), "without a rate nothing moves")
        #expect(UpdateRatioBand(rateShare: .nan).rateShare == 1 && UpdateRatioBand(rateShare: 7).rateShare == 1)
    }

    @Test(arguments: [
        Schedule(base: 0.1, total: 900), Schedule(kind: Schedule.Cosine(to: 0), base: 0.3, warmup: 50, total: 900),
        Schedule(kind: Schedule.OneCycle(to: nil), base: 0.01, total: 900),
        Schedule(kind: Schedule.OneCycle(to: nil), base: 0.01, total: 1), Schedule(base: 1, warmup: 10, total: 5),
        Schedule(kind: Schedule.Linear(to: 2), base: 1, total: 900),
        Schedule(
            base: 0.1, total: 900, rests: [.init(start: 400, schedule: nil, factor: 3)]),
        Schedule(
            base: 0.1, total: 900,
            rests: [.init(start: 7, schedule: Schedule(kind: Schedule.Cosine(to: 0), base: 4, total: 800))]),
    ])
    func `the peak of a plan is the largest of all its rates`(schedule: Schedule) {
        let largest = (0..<max(1, schedule.total)).map(schedule.rate(at:)).max() ?? 0
        #expect(abs(schedule.peak / largest - 1) < 5e-3)
    }
}
