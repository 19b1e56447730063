import Runs
import TestSupport
import Testing

/// Which examples each update takes, against a walk through the data one update at a time.
@Suite struct EpochCourseTests {
    /// A course with changes drawn from a seed, and what each of its updates takes.
    private struct Walk {
        var course: EpochCourse
        var places: [EpochCourse.Place] = []

        init(seed: UInt64, steps: Int) {
            var random = SplitMix64(seed: seed)
            func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
            let examples = draw(1...60)
            var size = draw(1...examples)
            course = EpochCourse(examples: examples, batchSize: size, dropLast: seed.isMultiple(of: 2))
            var (epoch, taken) = (0, 0)
            for step in 0..<steps {
                if draw(0...6) == 0 {
                    let wanted = draw(1...examples)
                    if course.refusal(ofBatches: wanted, from: step) == nil {
                        course.change(to: wanted, from: step)
                        size = wanted
                    }
                }
                places.append(.init(epoch: epoch, examples: taken..<min(examples, taken + size)))
                taken += size
                let left = examples - taken
                if left <= 0 || course.dropLast && left < size { (epoch, taken) = (epoch + 1, 0) }
            }
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func `updates go through the data one after the other`(seed: UInt64) {
        let walk = Walk(seed: seed, steps: 80)
        #expect(walk.places.indices.map(walk.course.place(of:)) == walk.places)
    }

    @Test(arguments: 0..<200 as Range<UInt64>) func `epochs begin where the first of their examples is taken`(
        seed: UInt64
    ) {
        let walk = Walk(seed: seed, steps: 80)
        for (step, place) in walk.places.enumerated() {
            let begins = place.examples.lowerBound == 0
            #expect(walk.course.begins(at: step) == begins)
            if begins { #expect(walk.course.firstStep(ofEpoch: place.epoch) == step) }
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func `an axis in epochs rises with the steps, and back leads to the same`(
        seed: UInt64
    ) {
        let walk = Walk(seed: seed, steps: 80)
        var before = -1.0
        for step in 0..<160 {
            let epochs = walk.course.epochs(at: Double(step) / 2)
            #expect(epochs > before && Int(epochs) == walk.course.epoch(of: step / 2))
            #expect(abs(walk.course.step(atEpochs: epochs) - Double(step) / 2) < 1e-9)
            before = epochs
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func `a course is had again from its changes`(seed: UInt64) {
        let course = Walk(seed: seed, steps: 80).course
        let first = course.stretches[0]
        let planned = EpochCourse(examples: course.examples, batchSize: first.batchSize, dropLast: course.dropLast)
        let changed = Array(course.stretches.dropFirst())
        #expect(EpochCourse(planned, changed: changed) == course)
        if changed.count > 1 { #expect(EpochCourse(planned, changed: changed.reversed()) == nil) }
    }

    @Test(arguments: 0..<100 as Range<UInt64>) func `the smallest batch is one that comes`(seed: UInt64) {
        let walk = Walk(seed: seed, steps: 40)
        let (course, step) = (walk.course, 40)
        let later = (step..<step + 150).map { course.place(of: $0).examples.count }
        #expect(course.smallestBatch(from: step) == later.min())
    }

    @Test func `what cannot be is refused`() {
        let course = EpochCourse(examples: 10, batchSize: 4, dropLast: true)
        #expect(course.refusal(ofBatches: 0, from: 0) == "a batch holds at least one example, not 0")
        #expect(course.refusal(ofBatches: 11, from: 0) == "a batch of 11 is larger than the 10 training examples")
        #expect(
            course.refusal(ofBatches: 7, from: 1)
                == "6 examples of the epoch are left, and dropLast leaves out a batch of 7 "
                + "that is not full: ask again at step 2, where the next epoch begins")
        #expect(course.refusal(ofBatches: 6, from: 1) == nil && course.refusal(ofBatches: 10, from: 2) == nil)
    }
}
