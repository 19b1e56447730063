import Fields
import Foundation

extension Schedule {
    /// b factor^k, k = how many of `at` lie at or before u
    package struct MultiStep: ScheduleShape {
        /// Where the stairs are, counted from where the shape begins.
        package var at: [ScheduleLength]
        /// What each stair multiplies the rate with, above 0.
        package var factor: Double

        package init(at: [ScheduleLength], factor: Double = 0.1) {
            self.at = at
            self.factor = factor
        }

        package init() { self.init(at: []) }

        package static let word = "multiStep"
        package static let meaning = "multiplies the rate with a factor at places of your own"
        package static let example = "{ multiStep: [100, 200] }"
        package static let fields: [Field<MultiStep>] = [
            Field("at", \.at, .list(.length(from: 0)), "where the stairs are").required.main,
            Field("factor", \.factor, .number(.positive), "what each stair multiplies the rate with"),
        ]

        package func rate(at moment: Moment) -> Double {
            moment.base * pow(factor, Double(at.count { $0.steps(stepsPerEpoch: 1) <= moment.stepOfShape }))
        }

        package func resolved(base: Double, stepsPerEpoch: Int) -> MultiStep {
            MultiStep(at: at.map { .steps($0.steps(stepsPerEpoch: stepsPerEpoch)) }, factor: factor)
        }

        package func refusal(startingWith start: Double, stepsPerEpoch: Int) -> String? {
            at.allSatisfy { $0.steps(stepsPerEpoch: stepsPerEpoch) >= 0 }
                ? nil : "a place of a stair lies before the change"
        }

        package func concern(of schedule: Schedule, stepsPerEpoch: Int) -> String? {
            let length = schedule.total - schedule.warmup
            let beyond = at.map { $0.steps(stepsPerEpoch: 1) }.filter { $0 >= length }
            guard let first = beyond.min() else { return nil }
            let what = beyond.count == at.count ? "no stair comes" : "\(beyond.count) of \(at.count) stairs never come"
            return
                "\(what): the run ends at step \(schedule.total.grouped) (\((schedule.total / max(1, stepsPerEpoch)).grouped) "
                + "epochs), and a stair is at step \((first + schedule.warmup).grouped)"
        }

        package var title: String { "stairs at" }
        package func summary(from base: Double) -> [Wording] {
            [.words("\(at.count) stairs "), .factor(factor), .words(" from "), .rate(base)]
        }
    }
}
