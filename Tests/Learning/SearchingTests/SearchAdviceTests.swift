import Foundation
import Searching
import Settings
import TestSupport
import Testing

@Suite("A best trial on the edge of a range")
struct SearchAdviceTests {
    private func advice(_ text: String, _ set: (SearchSpace) -> [(Int, TrialValue)]) throws -> [String] {
        let space = try Fixture.space(text)
        var values = TrialValues()
        for (place, value) in set(space) { values[space.parameters[place].path] = value }
        return SearchAdvice.all(for: values, in: space).map(\.text)
    }

    @Test func `the upper edge of a rate leads to a range as wide around it`() throws {
        let lines = try advice(Fixture.text(rate: "{ logUniform: [1e-4, 1e-2] }")) { _ in [(0, .number(0.0085))] }
        #expect(
            lines == [
                "optimizer.sgd.learningRate: the best, 0.0085, lies on the upper edge of its range: try { logUniform: [0.001, 0.1] }"
            ])
    }

    @Test func `the lower edge leads below it as far as the config takes that`() throws {
        let lines = try advice(Fixture.text(rate: "{ uniform: [0.1, 0.9] }")) { _ in [(0, .number(0.11))] }
        // Half a width below is negative, and so is a quarter; an eighth is 0, which is no rate; a sixteenth stands.
        #expect(lines.map { $0.hasSuffix("try { uniform: [0.05, 0.5] }") } == [true])
    }

    @Test func `nothing is said where the config takes nothing beyond the edge`() throws {
        let lines = try advice(Fixture.text(decay: "{ uniform: [0, 0.1] }")) { _ in
            [(0, .number(0.003)), (1, .number(0.0))]
        }
        #expect(lines == [])
    }

    @Test func `a choice of numbers is gone on with by its last step`() throws {
        let text = Fixture.text(rate: "0.1", units: "{ choice: [8, 16, 32] }")
        #expect(try advice(text) { _ in [(0, .option(2))] }[0].hasSuffix("try { choice: [16, 32, 64] }"))
        #expect(try advice(text) { _ in [(0, .option(0))] }[0].hasSuffix("try { choice: [4, 8, 16] }"))
        #expect(try advice(text) { _ in [(0, .option(1))] } == [])
    }

    /// Seeded: within the inner four fifths nothing is said, in the outer tenths a range is, which the config takes and which lies
    /// around the edge.
    @Test func `the range to try holds the edge and is taken by the config`() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<60 {
            let low = Double.random(in: -6 ... -2, using: &random)
            let width = Double.random(in: 0.5...3, using: &random)
            let text = Fixture.text(rate: "{ logUniform: [1e\(Int(low)), \(pow(10, Double(Int(low)) + width))] }")
            let space = try Fixture.space(text)
            let rate = space.parameters[0]
            let share = Double.random(in: 0...1, using: &random)
            var values = TrialValues()
            values[rate.path] = .number(rate.value(at: share))
            let advice = SearchAdvice.all(for: values, in: space)
            if share > 0.11, share < 0.89 { #expect(advice.isEmpty) }
            if share < 0.09 || share > 0.91 {
                let found = try #require(advice.first)
                let range = try Fixture.space(Fixture.text(rate: found.range)).parameters[0].bounds
                let (own, tried) = (try #require(rate.bounds), try #require(range))
                #expect(found.isUpper == (share > 0.5))
                let edge = found.isUpper ? own.high : own.low
                #expect(tried.low < edge && edge < tried.high)
            }
        }
    }
}
