import Fields
import Foundation

extension Schedule {
    /// b factor^u
    package struct Exponential: ScheduleShape {
        /// What each step multiplies the rate with, above 0.
        package var factor: Double

        package init(factor: Double) { self.factor = factor }

        package init() { self.init(factor: 1) }

        package static let word = "exponential"
        package static let meaning = "multiplies the rate with a factor in each step"
        package static let example = "{ exponential: 0.99 }"
        package static let fields: [Field<Exponential>] = [
            Field("factor", \.factor, .number(.positive), "what each step multiplies the rate with").required.main
        ]

        package func rate(at moment: Moment) -> Double { moment.base * pow(factor, Double(moment.stepOfShape)) }
    }
}
