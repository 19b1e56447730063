import Fields
import Foundation

extension Schedule {
    /// The cosine over periods, each `growth` times as long as the one before
    package struct CosineRestarts: ScheduleShape {
        /// How long the first period is, at least a step.
        package var period: ScheduleLength
        /// How many times as long as the last one each period is, 1...1,000.
        package var growth: Double
        /// The rate at the end of each period, 0...1e6.
        package var to: Double

        package init(period: ScheduleLength, growth: Double = 1, to: Double = 0) {
            self.period = period
            self.growth = growth
            self.to = to
        }

        package init() { self.init(period: .steps(1)) }

        package static let word = "cosineRestarts"
        package static let meaning = "goes along half a cosine again and again, each time from the first rate"
        package static let example = "{ cosineRestarts: 100 }"
        package static let fields: [Field<CosineRestarts>] = [
            Field("period", \.period, .length(from: 1), "how long the first period is").required.main,
            Field("growth", \.growth, .number(.within(1...1_000)), "how many times as long as the last each period is"),
            Field("to", \.to, .finalRate, "the rate at the end of a period").called("the rate to end with"),
        ]

        package func rate(at moment: Moment) -> Double {
            Moment.cosine(from: moment.base, to: to, progress: progressInPeriod(moment.stepOfShape))
        }

        package func concern(of schedule: Schedule, stepsPerEpoch: Int) -> String? {
            let (first, length) = (period.steps(stepsPerEpoch: 1), schedule.total - schedule.warmup)
            guard first > length else { return nil }
            return
                "the first period is \(first.grouped) steps long and the run \(schedule.total.grouped): it never restarts, and the "
                + "rate ends at \(schedule.rate(at: schedule.total - 1).inWords(digits: 3))"
        }

        /// How far `step` lies in its period, 0 at a restart.
        private func progressInPeriod(_ step: Int) -> Double {
            let first = Double(max(1, period.steps(stepsPerEpoch: 1)))
            var position = Double(step)
            if growth == 1 { return position.truncatingRemainder(dividingBy: first) / first }
            // Periods of growing length: the k-th one begins at first (growth^k - 1) / (growth - 1).
            let power = position / first * (growth - 1) + 1
            // Shrinking periods have an end, and nothing restarts after it.
            guard growth > 0, power > 0 else { return min(1, position / first) }
            let count = floor(log(power) / log(growth) + 1e-9)
            position -= first * (pow(growth, count) - 1) / (growth - 1)
            return min(1, max(0, position / (first * pow(growth, count))))
        }

        /// The steps of the shape at which a period has ended, up to `length`: the rate restarts there. Lengths in steps.
        package func ends(upTo length: Int) -> [Int] {
            let first = Double(max(1, period.steps(stepsPerEpoch: 1)))
            var (ends, end, part) = ([Int](), first, first)
            // Periods that shrink never get as far.
            while end.rounded(.up) <= Double(length), part >= 1 {
                ends.append(Int((end - 1e-6).rounded(.up)))
                part *= growth
                end += part
            }
            return ends
        }

        package func resolved(base: Double, stepsPerEpoch: Int) -> CosineRestarts {
            CosineRestarts(
                period: .steps(max(1, period.steps(stepsPerEpoch: stepsPerEpoch))), growth: growth, to: to)
        }

        package func refusal(startingWith start: Double, stepsPerEpoch: Int) -> String? {
            ScheduleChange.isLength(period, stepsPerEpoch) ? nil : "the period must be at least 1 step"
        }

        package var goal: Double? { to }
        package var title: String { "restarts" }
        package func summary(from base: Double) -> [Wording] {
            [
                .words("restarts "), .rate(base), .words(" → "), .rate(to), .words(" every "),
                .count(period.steps(stepsPerEpoch: 1)),
            ]
        }
    }
}
