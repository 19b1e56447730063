import Fields
import Foundation

extension Schedule {
    /// to + (b - to) (1 - u/U)^power
    package struct Polynomial: ScheduleShape {
        /// The rate at the end, 0...1e6.
        package var to: Double
        /// The power of the share that is left, 0...100: 1 is a line.
        package var power: Double

        package init(to: Double, power: Double = 2) {
            self.to = to
            self.power = power
        }

        package init() { self.init(to: 0) }

        package static let word = "polynomial"
        package static let meaning = "goes to another rate along a power of the share that is left"
        package static let fields: [Field<Polynomial>] = [
            Field("to", \.to, .finalRate, "the rate at the end").called("the rate to end with"),
            Field("power", \.power, .number(.within(0...100)), "the power of the share that is left"),
        ]

        package func rate(at moment: Moment) -> Double { to + (moment.base - to) * pow(1 - moment.progress, power) }
        package var goal: Double? { to }
        package var title: String { "polynomial" }
        package func summary(from base: Double) -> [Wording] {
            [.words(power == 1 ? "linear " : "polynomial "), .rate(base), .words(" → "), .rate(to)]
        }
    }
}
