import Fields

extension Schedule {
    /// b, the rate it begins with, throughout
    package struct Constant: ScheduleShape {
        package init() {}

        package static let word = "constant"
        package static let meaning = "keeps the rate as it is"
        package static let fields: [Field<Constant>] = []

        package func rate(at moment: Moment) -> Double { moment.base }
        package func summary(from base: Double) -> [Wording] { [.words("constant "), .rate(base)] }
    }
}
