import Runs
import Settings

// How scripts and the journal write the rest of a schedule: the words of a config's `schedule`, and beside them
// `rate` (the first one) or `scale`, `length`, `floor`. `planned` goes on with the shape as it is.
//
//     {"cosine":{"to":0,"rate":0.05,"length":{"epochs":3},"warmup":20}}   {"planned":{"scale":0.5,"floor":1e-4}}
extension ScheduleChange {
    private static let keys: [String: [String]] = [
        "planned": [], "constant": [], "step": ["every", "factor"], "multiStep": ["at", "factor"], "linear": ["to"],
        "polynomial": ["to", "power"], "cosine": ["to"], "cosineRestarts": ["period", "growth", "to"],
        "exponential": ["factor"], "inverseSquareRoot": [], "oneCycle": ["peak", "to", "rise"],
    ]
    private static let main = [
        "step": "every", "multiStep": "at", "exponential": "factor", "cosineRestarts": "period",
    ]

    /// Reads a change. Numbers are taken as they are, even where the run will refuse them: that gives a receipt.
    init(_ setting: Setting) throws(SettingsError) {
        let choice = try setting.choice(Self.keys.keys.sorted())
        let options = try choice.options(
            keys: (Self.keys[choice.name] ?? []) + ["rate", "scale", "warmup", "length", "floor"],
            main: Self.main[choice.name])
        self.init(
            kind: try Self.kind(choice, options), rate: try options["rate"]?.anyDouble(),
            scale: try options["scale"]?.anyDouble() ?? 1, warmup: try options["warmup"]?.length() ?? .steps(0),
            length: try options["length"]?.length(), floor: try options["floor"]?.anyDouble() ?? 0)
    }

    private static func kind(
        _ choice: Choice, _ options: SettingObject
    ) throws(SettingsError) -> ScheduleSpecification.Kind? {
        func required(_ key: String) throws(SettingsError) -> Setting {
            if let setting = options[key] { return setting }
            throw (choice.option ?? choice.setting).error("\(choice.name) needs \(key)")
        }
        let to = try options["to"]?.anyDouble() ?? 0
        let factor = try options["factor"]?.anyDouble() ?? 0.1
        switch choice.name {
        case "constant": return .constant
        case "step": return .step(every: try required("every").length(), factor: factor)
        case "multiStep":
            var places: [ScheduleLength] = []
            for entry in try required("at").array() { places.append(try entry.length()) }
            return .multiStep(at: places, factor: factor)
        case "linear": return .linear(to: to)
        case "polynomial": return .polynomial(to: to, power: try options["power"]?.anyDouble() ?? 2)
        case "cosine": return .cosine(to: to)
        case "cosineRestarts":
            return .cosineRestarts(
                period: try required("period").length(), growth: try options["growth"]?.anyDouble() ?? 1, to: to)
        case "exponential": return .exponential(factor: try required("factor").anyDouble())
        case "inverseSquareRoot": return .inverseSquareRoot
        case "oneCycle":
            return .oneCycle(
                peak: try options["peak"]?.anyDouble() ?? 25, to: to, rise: try options["rise"]?.anyDouble() ?? 0.3)
        default: return nil
        }
    }

    /// What `init(_:)` reads back to the same change.
    var json: JSON {
        var (name, options) =
            kind.map { $0.written(number: JSON.number, length: \.json, list: JSON.array) } ?? ("planned", [])
        if let rate { options.append(("rate", .number(rate))) }
        if scale != 1 { options.append(("scale", .number(scale))) }
        if warmup != .steps(0) { options.append(("warmup", warmup.json)) }
        if let length { options.append(("length", length.json)) }
        if floor != 0 { options.append(("floor", .number(floor))) }
        return .object([(name, .object(options))])
    }
}

extension ScheduleLength {
    fileprivate var json: JSON {
        switch self {
        case .steps(let count): .integer(count)
        case .epochs(let count): ["epochs": .number(count)]
        }
    }
}

extension Setting {
    /// A number of steps, or `{ epochs: n }`.
    fileprivate func length() throws(SettingsError) -> ScheduleLength {
        if case .number = value { return .steps(try integer(in: Int.min...Int.max)) }
        let choice = try choice(["epochs", "steps"])
        guard let count = choice.option else { throw error("a number of steps or { epochs: n } is due") }
        return choice.name == "epochs"
            ? .epochs(try count.anyDouble()) : .steps(try count.integer(in: Int.min...Int.max))
    }
}
