import Runs
import Settings

extension PlanDecoder {
    private static let scheduleKeys: [String: [String]] = [
        "constant": [], "step": ["every", "factor"], "multiStep": ["at", "factor"], "linear": ["to"],
        "polynomial": ["to", "power"], "cosine": ["to"], "cosineRestarts": ["period", "growth", "to"],
        "exponential": ["factor"], "inverseSquareRoot": [], "oneCycle": ["peak", "to", "rise"],
    ]
    private static let scheduleNames = [
        "constant", "step", "multiStep", "linear", "polynomial", "cosine", "cosineRestarts", "exponential",
        "inverseSquareRoot", "oneCycle",
    ]

    private static let examples = [
        "step": "100", "multiStep": "[100, 200]", "cosineRestarts": "100", "exponential": "0.99",
    ]

    func schedule(_ setting: Setting?, base: Double) throws(SettingsError) -> ScheduleSpecification {
        guard let setting else { return ScheduleSpecification() }
        let choice = try setting.choice(Self.scheduleNames)
        let options = try choice.options(
            keys: (Self.scheduleKeys[choice.name] ?? []) + ["warmup"],
            main: ["step": "every", "multiStep": "at", "exponential": "factor", "cosineRestarts": "period"][choice.name]
        )
        let warmup: ScheduleLength =
            try options["warmup"].map { setting throws(SettingsError) in
                try length(setting, from: 0)
            } ?? .steps(0)
        return ScheduleSpecification(kind: try scheduleKind(choice, options, base: base), warmup: warmup)
    }

    private func scheduleKind(
        _ choice: Choice, _ options: SettingObject, base: Double
    ) throws(SettingsError) -> ScheduleSpecification.Kind {
        func required(_ key: String) throws(SettingsError) -> Setting {
            guard let setting = options[key] else {
                let example = "{ \(choice.name): \(Self.examples[choice.name] ?? "{}") }"
                throw (choice.option ?? choice.setting).error("\(choice.name) needs \(key), as in \(example)")
            }
            return setting
        }
        func factor(_ setting: Setting?) throws(SettingsError) -> Double { try setting?.positiveDouble() ?? 0.1 }
        let to = try options["to"]?.double(in: 0...1e6)
        switch choice.name {
        case "step": return .step(every: try length(required("every"), from: 1), factor: try factor(options["factor"]))
        case "multiStep":
            var milestones: [ScheduleLength] = []
            for entry in try required("at").array() { milestones.append(try length(entry, from: 0)) }
            return .multiStep(at: milestones, factor: try factor(options["factor"]))
        case "linear": return .linear(to: to ?? 0)
        case "polynomial":
            return .polynomial(to: to ?? 0, power: try options["power"]?.double(in: 0...100) ?? 2)
        case "cosine": return .cosine(to: to ?? 0)
        case "cosineRestarts":
            return .cosineRestarts(
                period: try length(required("period"), from: 1),
                growth: try options["growth"]?.double(in: 1...1_000) ?? 1, to: to ?? 0)
        case "exponential": return .exponential(factor: try required("factor").positiveDouble())
        case "inverseSquareRoot": return .inverseSquareRoot
        case "oneCycle":
            // PyTorch's OneCycleLR: div_factor 25, final_div_factor 1e4, pct_start 0.3.
            return .oneCycle(
                peak: try options["peak"]?.positiveDouble() ?? 25, to: to ?? base / 1e4,
                rise: try options["rise"]?.double(in: 0...1) ?? 0.3)
        default: return .constant
        }
    }

    /// A number of steps, or `{ epochs: n }`.
    private func length(_ setting: Setting, from least: Int) throws(SettingsError) -> ScheduleLength {
        if case .number = setting.value { return .steps(try setting.integer(in: least...1_000_000_000)) }
        let choice = try setting.choice(["epochs", "steps"])
        guard let count = choice.option else { throw setting.error("a number of steps or { epochs: n } is due") }
        guard choice.name == "epochs" else { return .steps(try count.integer(in: least...1_000_000_000)) }
        let epochs = try count.double(in: 0...1e6)
        guard epochs > 0 || least == 0 else { throw count.error("a number of epochs above 0 is due") }
        return .epochs(epochs)
    }
}
