/// A measure in the unit that suits it.
package struct Measure: Hashable, Sendable {
    /// 3 significant digits in 6 columns: `  12.3`.
    package let figure: String
    /// `ms`, `s`, `MB`.
    package let unit: String
    /// What the amount was multiplied with.
    package let factor: Double
}

extension FigureField {
    /// A length of time: `  12.3 ms`, `  4.10 s`, `   850 µs`; unknown is a dash.
    package static func time(_ seconds: Double?) -> Measure {
        measure(seconds, [("µs", 1e6), ("ms", 1e3), ("s", 1)], usual: 1, nothing: 0)
    }

    /// An amount of memory or of output: `   412 MB`, `  12.3 GB`; unknown is a dash.
    package static func bytes(_ count: Double?) -> Measure {
        measure(count, [("B", 1), ("kB", 1e-3), ("MB", 1e-6), ("GB", 1e-9), ("TB", 1e-12)], usual: 2, nothing: 2)
    }

    /// The first unit in which three digits suffice; units of their own for what is unknown and for nothing, which stands beside
    /// little.
    private static func measure(
        _ amount: Double?, _ units: [(name: String, factor: Double)], usual: Int, nothing: Int
    ) -> Measure {
        guard let amount, amount.isFinite, amount > 0 else {
            let amount = amount.flatMap { $0.isNaN ? nil : $0 }
            let unit = units[amount == 0 ? nothing : usual]
            return Measure(figure: figure(amount), unit: unit.name, factor: unit.factor)
        }
        let unit = units.first { amount * $0.factor < 999.5 } ?? units[units.count - 1]
        return Measure(figure: figure(amount * unit.factor), unit: unit.name, factor: unit.factor)
    }
}
