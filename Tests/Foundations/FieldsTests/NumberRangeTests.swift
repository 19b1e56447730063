import Fields
import Testing

@Suite struct NumberRangeTests {
    static let sayings: [(NumberRange, String, String)] = [
        (.all, "", "a number"),
        (.positive, "above 0", "a number above 0"),
        (.rate, "above 0, at most 1e6", "a rate above 0 and at most 1e6"),
        (.within(0...1e6), "0 to 1e6", "a number from 0 to 1e6"),
        (.within(-1e6...1e6), "-1e6 to 1e6", "a number from -1e6 to 1e6"),
        (.within(0..<1), "0 to below 1", "a number of at least 0 and below 1"),
        (.within(1...1_000), "1 to 1000", "a number from 1 to 1000"),
        (.within(0.25...(.infinity)), "at least 0.25", "a number of at least 0.25"),
        (.within(-.infinity...3), "at most 3", "a number of at most 3"),
        (.above(0, below: 1, noun: "share"), "above 0 and below 1", "a share above 0 and below 1"),
    ]

    @Test(arguments: sayings)
    func `a range is said in words`(_ range: NumberRange, short: String, demand: String) {
        #expect(range.words == short)
        #expect(range.demand == demand)
    }

    static let ranges: [(NumberRange, [Double], [Double])] = [
        (.all, [-1e300, 0, 1e300], [.nan, .infinity, -.infinity]),
        (.positive, [1.5e-45, 1, 3e38], [0, -1, 1e-46, 1e39, .nan]),
        (.rate, [1e-300, 1e6], [0, -1, 1e6 + 1, .nan]),
        (.within(0..<1), [0, 0.999], [-0.001, 1, .nan]),
        (.within(0...1), [0, 1], [-0.001, 1.001, .infinity]),
    ]

    @Test(arguments: ranges)
    func `a range holds its bounds as it says, and nothing that is not finite`(
        _ range: NumberRange, inside: [Double], outside: [Double]
    ) {
        for number in inside { #expect(range.contains(number), "\(number)") }
        for number in outside { #expect(!range.contains(number), "\(number)") }
    }
}
