import Fields

extension Schedule {
    /// b sqrt(max(w, 1) / max(t, 1)), Vaswani and others 2017
    package struct InverseSquareRoot: ScheduleShape {
        package init() {}

        package static let word = "inverseSquareRoot"
        package static let meaning = "falls with the square root of the step"
        package static let fields: [Field<InverseSquareRoot>] = []

        package func rate(at moment: Moment) -> Double {
            moment.base * (Double(max(moment.warmup, 1)) / Double(max(moment.step, 1))).squareRoot()
        }
        package var title: String { "inverse root" }
    }
}
