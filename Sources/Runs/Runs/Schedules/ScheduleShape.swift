import Fields
import Foundation

/// How a learning rate goes on after its warm-up: a formula with options, read and written by its table of fields.
///
/// A new shape is a struct here with its formula, and a line in `Schedule.shapes`.
package protocol ScheduleShape: Written, Hashable, Codable {
    /// The rate of an update; total, and finite for finite options.
    func rate(at moment: Schedule.Moment) -> Double

    /// The same shape with its lengths in steps and with what follows from the rate it begins with.
    /// - Parameter base: the rate it begins with.
    func resolved(base: Double, stepsPerEpoch: Int) -> Self

    /// What a run refuses beyond the ranges of the fields, one clause without a full stop.
    /// - Parameter start: the rate it begins with.
    func refusal(startingWith start: Double, stepsPerEpoch: Int) -> String?

    /// What may not be meant in a run of so many updates, as a clause; nil where nothing strikes.
    func concern(of schedule: Schedule, stepsPerEpoch: Int) -> String?

    /// The rate that it ends with, where it says so.
    var goal: Double? { get }

    /// Its name on screen: `stairs`, `one cycle`.
    var title: String { get }

    /// What it does from a rate on: `cosine 0.08 → 0`.
    func summary(from base: Double) -> [Wording]
}

extension ScheduleShape {
    package func resolved(base: Double, stepsPerEpoch: Int) -> Self { self }
    package func refusal(startingWith start: Double, stepsPerEpoch: Int) -> String? { nil }
    package func concern(of schedule: Schedule, stepsPerEpoch: Int) -> String? { nil }
    package var goal: Double? { nil }
    package var title: String { Self.word }
    package func summary(from base: Double) -> [Wording] {
        goal.map { [.words("\(title) "), .rate(base), .words(" → "), .rate($0)] }
            ?? [.words("\(title) from "), .rate(base)]
    }

    fileprivate func isEqual(to other: any ScheduleShape) -> Bool { other as? Self == self }
}

extension Schedule {
    /// Every shape, in the order in which messages and the reference list them.
    package static let shapes: [any ScheduleShape.Type] = [
        Constant.self, Step.self, MultiStep.self, Linear.self, Polynomial.self, Cosine.self, CosineRestarts.self,
        Exponential.self, InverseSquareRoot.self, OneCycle.self,
    ]

    /// Where an update lies in a shape.
    package struct Moment: Hashable, Sendable {
        /// The optimizer's own rate b, with which the shape begins.
        package let base: Double
        /// The update t, counted from the beginning of the warm-up.
        package let step: Int
        /// Steps of warm-up w.
        package let warmup: Int
        /// How much of the shape is over, u / U in 0...1.
        package let progress: Double

        /// Updates since the warm-up, u.
        package var stepOfShape: Int { step - warmup }

        /// From one rate to another along half a cosine (Loshchilov and Hutter 2017).
        static func cosine(from: Double, to: Double, progress: Double) -> Double {
            to + (from - to) / 2 * (1 + cos(Double.pi * progress))
        }
    }

    /// A shape of any type, kept and compared as a value; behind a pointer, so that a schedule stays a plain one to copy.
    indirect enum AnyShape: Hashable, Sendable, Codable {
        case of(any ScheduleShape)

        var shape: any ScheduleShape {
            switch self {
            case .of(let shape): shape
            }
        }

        static func == (one: AnyShape, other: AnyShape) -> Bool { one.shape.isEqual(to: other.shape) }
        func hash(into hasher: inout Hasher) { shape.hash(into: &hasher) }

        private enum Keys: CodingKey { case word, options }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(type(of: shape).word, forKey: .word)
            try shape.encode(to: container.superEncoder(forKey: .options))
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            let word = try container.decode(String.self, forKey: .word)
            guard let type = Schedule.shapes.first(where: { $0.word == word }) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .word, in: container, debugDescription: "no shape \(word)")
            }
            self = .of(try type.init(from: container.superDecoder(forKey: .options)))
        }
    }
}

extension Array where Element == any ScheduleShape.Type {
    /// The cases of a type that holds one of these shapes.
    func alternatives<Whole>(_ wrap: @escaping @Sendable (any ScheduleShape) -> Whole) -> [Alternative<Whole>] {
        map { type in
            Alternative(type) { written in
                guard let shape = written as? any ScheduleShape else { preconditionFailure("\(written) is no shape") }
                return wrap(shape)
            }
        }
    }
}

extension FieldType<Double> {
    /// A rate to end with, 0 included.
    static let finalRate = number(.within(0...CommandRules.largestRate))
}
