import Fields

extension Schedule {
    /// Up to b x peak in the first `rise` share of U, then down to `to`, both along a cosine (Smith 2018). The defaults are those
    /// of PyTorch's OneCycleLR: div_factor 25, final_div_factor 1e4, pct_start 0.3.
    package struct OneCycle: ScheduleShape {
        /// How many times the first rate the highest is, above 0.
        package var peak: Double
        /// nil for a ten-thousandth of the rate it begins with.
        package var to: Double?
        /// The share of the updates that the rise takes, 0...1.
        package var rise: Double

        package init(peak: Double = 25, to: Double?, rise: Double = 0.3) {
            self.peak = peak
            self.to = to
            self.rise = rise
        }

        package init() { self.init(to: nil) }

        package static let word = "oneCycle"
        package static let meaning = "rises to a peak and then goes down, both along half a cosine"
        package static let fields: [Field<OneCycle>] = [
            Field("peak", \.peak, .number(.positive), "how many times the first rate the highest is"),
            Field("to", \.to, .optional(.finalRate), "the rate at the end").called("the rate to end with")
                .otherwise("the rate / 1e4"),
            Field("rise", \.rise, .number(.within(0...1)), "the share of the updates that the rise takes")
                .called("the share of the rise"),
        ]

        package func rate(at moment: Moment) -> Double {
            let top = moment.base * peak
            let progress = moment.progress
            if progress < rise { return Moment.cosine(from: moment.base, to: top, progress: progress / rise) }
            return Moment.cosine(
                from: top, to: to ?? moment.base / 1e4,
                progress: rise < 1 ? (progress - rise) / (1 - rise) : 1)
        }

        package func resolved(base: Double, stepsPerEpoch: Int) -> OneCycle {
            OneCycle(peak: peak, to: to ?? base / 1e4, rise: rise)
        }

        package func refusal(startingWith start: Double, stepsPerEpoch: Int) -> String? {
            CommandRules.isRate(start * peak)
                ? nil : "the peak must be above 0 and give a rate of at most 1e6, not \(peak.inWords)"
        }

        package var goal: Double? { to }
        package var title: String { "one cycle" }
        package func summary(from base: Double) -> [Wording] {
            [
                .words("one cycle "), .rate(base), .words(" → "), .rate(base * peak), .words(" → "),
                .rate(to ?? base / 1e4),
            ]
        }
    }
}
