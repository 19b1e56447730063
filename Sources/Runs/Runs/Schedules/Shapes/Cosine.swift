import Fields

extension Schedule {
    /// to + (b - to)/2 (1 + cos(pi u/U)), Loshchilov and Hutter 2017
    package struct Cosine: ScheduleShape {
        /// The rate at the end, 0...1e6.
        package var to: Double

        package init(to: Double) { self.to = to }

        package init() { self.init(to: 0) }

        package static let word = "cosine"
        package static let meaning = "goes to another rate along half a cosine"
        package static let fields: [Field<Cosine>] = [
            Field("to", \.to, .finalRate, "the rate at the end").called("the rate to end with")
        ]

        package func rate(at moment: Moment) -> Double {
            Moment.cosine(from: moment.base, to: to, progress: moment.progress)
        }
        package var goal: Double? { to }
    }
}
