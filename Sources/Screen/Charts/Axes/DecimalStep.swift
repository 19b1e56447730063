import Foundation

/// A step of 1, 2 or 5 (seldom 4) times a power of ten.
struct DecimalStep {
    private(set) var mantissa: Double
    private(set) var exponent: Int

    /// The smallest step that is not below a positive `minimum`.
    init(atLeast minimum: Double) {
        exponent = Int(log10(minimum).rounded(.down))
        let ratio = minimum / pow(10, Double(exponent)) * (1 - 1e-9)
        mantissa = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10
        if mantissa == 10 {
            mantissa = 1
            exponent += 1
        }
    }

    /// Goes on from 1 to 2, from 2 to 5, from 4 and 5 to 10.
    mutating func widen() {
        switch mantissa {
        case 1: mantissa = 2
        case 2: mantissa = 5
        default:
            mantissa = 1
            exponent += 1
        }
    }

    /// A step of 4 in place of one of 2.
    var doubledTwo: DecimalStep? {
        guard mantissa == 2 else { return nil }
        var step = self
        step.mantissa = 4
        return step
    }

    var width: Double { DecimalStep.value(mantissa, exponent: exponent) }

    /// How many decimals its multiples need when they are written out.
    var decimals: Int { max(0, -exponent) }

    /// The step `index` times, as close to the decimal number as a `Double` can be.
    func multiple(_ index: Double) -> Double { DecimalStep.value(index * mantissa, exponent: exponent) }

    /// The first multiple that is not below `value`, as a count of steps.
    func firstIndex(atLeast value: Double) -> Double { (value / width - 1e-9).rounded(.up) }

    /// The last multiple that is not above `value`, as a count of steps.
    func lastIndex(atMost value: Double) -> Double { (value / width + 1e-9).rounded(.down) }

    /// `mantissa * 10^exponent`, divided where that is exact: 3 tenths are 0.3, not 0.30000000000000004.
    static func value(_ mantissa: Double, exponent: Int) -> Double {
        guard exponent < 0 else { return mantissa * pow(10, Double(exponent)) }
        return exponent < -300 ? mantissa * pow(10, Double(exponent)) : mantissa / pow(10, Double(-exponent))
    }
}
