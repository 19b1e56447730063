import Fields
import Runs

extension ScheduleSpecification: Alternatives {
    package static let alternatives: [Alternative<ScheduleSpecification>] = [
        Alternative { (_: Constant) in .init(kind: .constant) },
        Alternative { (s: Step) in .init(kind: .step(every: s.every, factor: s.factor)) },
        Alternative { (s: MultiStep) in .init(kind: .multiStep(at: s.at, factor: s.factor)) },
        Alternative { (s: Linear) in .init(kind: .linear(to: s.to)) },
        Alternative { (s: Polynomial) in .init(kind: .polynomial(to: s.to, power: s.power)) },
        Alternative { (s: Cosine) in .init(kind: .cosine(to: s.to)) },
        Alternative { (s: CosineRestarts) in
            .init(kind: .cosineRestarts(period: s.period, growth: s.growth, to: s.to))
        },
        Alternative { (s: Exponential) in .init(kind: .exponential(factor: s.factor)) },
        Alternative { (_: InverseSquareRoot) in .init(kind: .inverseSquareRoot) },
        Alternative { (s: OneCycle) in .init(kind: .oneCycle(peak: s.peak, to: s.to ?? .nan, rise: s.rise)) },
    ]
    package static let commonFields: [Field<ScheduleSpecification>] = [
        Field("warmup", \.warmup, .length(from: 0), "how long the rate rises to its base")
    ]
    package var chosen: any Written {
        switch kind {
        case .constant: Constant()
        case .step(let every, let factor): Step(every: every, factor: factor)
        case .multiStep(let at, let factor): MultiStep(at: at, factor: factor)
        case .linear(let to): Linear(to: to)
        case .polynomial(let to, let power): Polynomial(to: to, power: power)
        case .cosine(let to): Cosine(to: to)
        case .cosineRestarts(let period, let growth, let to): CosineRestarts(period: period, growth: growth, to: to)
        case .exponential(let factor): Exponential(factor: factor)
        case .inverseSquareRoot: InverseSquareRoot()
        case .oneCycle(let peak, let to, let rise): OneCycle(peak: peak, to: to, rise: rise)
        }
    }

    private struct Constant: Written {
        static let word = "constant", meaning = "the base"
        static let fields: [Field<Constant>] = []
    }
    private struct Step: Written {
        var every = ScheduleLength.steps(1), factor = 0.1
        static let word = "step", meaning = "a drop by a factor, again and again", example = "{ step: 100 }"
        static let fields: [Field<Step>] = [
            Field("every", \.every, .length(from: 1), "how long a stair is").required.main,
            Field("factor", \.factor, .number(.positive), "what each stair multiplies the rate with"),
        ]
    }
    private struct MultiStep: Written {
        var at: [ScheduleLength] = [], factor = 0.1
        static let word = "multiStep", meaning = "a drop by a factor at some steps",
            example = "{ multiStep: [100, 200] }"
        static let fields: [Field<MultiStep>] = [
            Field("at", \.at, .list(.length(from: 0)), "where").required.main,
            Field("factor", \.factor, .number(.positive), "what each drop multiplies the rate with"),
        ]
    }
    private struct Linear: Written {
        var to = 0.0
        static let word = "linear", meaning = "a line"
        static let fields: [Field<Linear>] = [Field("to", \.to, .number(.within(0...1e6)), "the rate at the end")]
    }
    private struct Polynomial: Written {
        var to = 0.0, power = 2.0
        static let word = "polynomial", meaning = "a power"
        static let fields: [Field<Polynomial>] = [
            Field("to", \.to, .number(.within(0...1e6)), "the rate at the end"),
            Field("power", \.power, .number(.within(0...100)), "the power"),
        ]
    }
    private struct Cosine: Written {
        var to = 0.0
        static let word = "cosine", meaning = "half a wave"
        static let fields: [Field<Cosine>] = [Field("to", \.to, .number(.within(0...1e6)), "the rate at the end")]
    }
    private struct CosineRestarts: Written {
        var period = ScheduleLength.steps(1), growth = 1.0, to = 0.0
        static let word = "cosineRestarts", meaning = "half waves", example = "{ cosineRestarts: 100 }"
        static let fields: [Field<CosineRestarts>] = [
            Field("period", \.period, .length(from: 1), "how long the first is").required.main,
            Field("growth", \.growth, .number(.within(1...1_000)), "how much longer each next is"),
            Field("to", \.to, .number(.within(0...1e6)), "the rate at the end"),
        ]
    }
    private struct Exponential: Written {
        var factor = 1.0
        static let word = "exponential", meaning = "a factor in each step", example = "{ exponential: 0.99 }"
        static let fields: [Field<Exponential>] = [
            Field("factor", \.factor, .number(.positive), "what").required.main
        ]
    }
    private struct InverseSquareRoot: Written {
        static let word = "inverseSquareRoot", meaning = "1 / sqrt(t)"
        static let fields: [Field<InverseSquareRoot>] = []
    }
    private struct OneCycle: Written {
        var peak = 25.0, to: Double?, rise = 0.3
        static let word = "oneCycle", meaning = "up and down"
        static let fields: [Field<OneCycle>] = [
            Field("peak", \.peak, .number(.positive), "how much"),
            Field("to", \.to, .optional(.number(.within(0...1e6))), "the rate at the end").otherwise("the rate / 1e4"),
            Field("rise", \.rise, .number(.within(0...1)), "the share of the rise"),
        ]
    }
}

extension FieldType<ScheduleLength> {
    static func length(from least: Int) -> FieldType {
        FieldType(
            .length(from: least),
            decode: { if case .epochs(let count) = $0 { .epochs(count) } else { .steps(Int($0.asNumber)) } },
            encode: {
                switch $0 {
                case .steps(let count): .integer(count)
                case .epochs(let count): .epochs(count)
                }
            })
    }
}
