import Fields
import Foundation

extension Schedule {
    /// b factor^floor(u / every)
    package struct Step: ScheduleShape {
        /// How long a stair is, at least a step.
        package var every: ScheduleLength
        /// What each stair multiplies the rate with, above 0.
        package var factor: Double

        package init(every: ScheduleLength, factor: Double = 0.1) {
            self.every = every
            self.factor = factor
        }

        package init() { self.init(every: .steps(1)) }

        package static let word = "step"
        package static let meaning = "multiplies the rate with a factor again and again, in stairs of one length"
        package static let example = "{ step: 100 }"
        package static let fields: [Field<Step>] = [
            Field("every", \.every, .length(from: 1), "how long a stair is").required.main,
            Field("factor", \.factor, .number(.positive), "what each stair multiplies the rate with"),
        ]

        package func rate(at moment: Moment) -> Double {
            moment.base * pow(factor, Double(moment.stepOfShape / max(1, every.steps(stepsPerEpoch: 1))))
        }

        package func resolved(base: Double, stepsPerEpoch: Int) -> Step {
            Step(every: .steps(max(1, every.steps(stepsPerEpoch: stepsPerEpoch))), factor: factor)
        }

        package func refusal(startingWith start: Double, stepsPerEpoch: Int) -> String? {
            ScheduleChange.isLength(every, stepsPerEpoch) ? nil : "the length of a stair must be at least 1 step"
        }

        package func concern(of schedule: Schedule, stepsPerEpoch: Int) -> String? {
            let length = every.steps(stepsPerEpoch: 1)
            guard length >= schedule.total - schedule.warmup else { return nil }
            return
                "a stair is \(length.grouped) steps long and the run \(schedule.total.grouped): the rate stays as it is to the end"
        }

        package var title: String { "stairs" }
        package func summary(from base: Double) -> [Wording] {
            [
                .factor(factor), .words(" every "), .count(every.steps(stepsPerEpoch: 1)), .words(" from "),
                .rate(base),
            ]
        }
    }
}
