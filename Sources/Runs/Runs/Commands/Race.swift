import Fields

/// Copies of the run trained from this moment on at several rates, to see which does best; the run itself stands where it stood.
package struct Race: Hashable, Sendable, Codable {
    /// Updates that each copy makes, from 1.
    package var steps: Int
    /// What the rate of each copy is multiplied with, at least one.
    package var scales: [Double]
    /// Whether the run goes on at the best one's rate; else it pauses, where somebody is there to choose.
    package var adopts: Bool

    /// As many updates as show something, around the rate of now, where nothing else is said.
    package init(steps: Int = 50, scales: [Double] = [0.1, 0.3, 1, 3, 10], adopts: Bool = false) {
        (self.steps, self.scales, self.adopts) = (steps, scales, adopts)
    }

    /// The most copies of one race.
    package static let mostCopies = 16
}

extension Race: Written {
    package init() { self.init(steps: 50) }

    package static let word = "race"
    package static let meaning = "copies of the run at several rates"
    package static let fields: [Field<Race>] = [
        Field("steps", \.steps, .integer(1...100_000), "updates that each copy makes"),
        Field("scales", \.scales, .list(.number(.positive)), "what the rate of each copy is multiplied with"),
        Field("adopt", \.adopts, .flag, "whether the run goes on at the best one's rate"),
    ]
}

extension FieldType<Race> {
    /// `true`, `{}` or `{ steps: 100, scales: [0.5, 1, 2] }`.
    static var race: FieldType {
        let object = FieldType<Race>.object
        return FieldType(
            .either([.yes, object.form], due: "true or { \"steps\": 50, \"scales\": [0.3, 1, 3] } is due here"),
            decode: { value in if case .flag = value { Race() } else { object.decode(value) } },
            encode: { .written($0) })
    }
}
