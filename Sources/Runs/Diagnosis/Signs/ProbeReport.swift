/// What a fixed set of training examples says, looked at as in an evaluation.
package struct ProbeReport: Hashable, Sendable {
    /// Share of the units of each watched layer that fire for none of them; NaN where no unit can die.
    package var dead: [Double]
    /// Units of each.
    package var units: [Int]
    /// How many examples were looked at.
    package var examples: Int

    /// What a probe found.
    package init(dead: [Double], units: [Int], examples: Int) {
        (self.dead, self.units, self.examples) = (dead, units, examples)
    }
}
