import Runs
import Settings

// How commands are written in scripts and in the journal: `"setLearningRate":0.01`, `"pause":true`,
// `"stop":{"keep":"best"}`.
extension RunCommand {
    /// The names of all commands; `steps` is another name for `step`, whose own may be taken by the position.
    static let names = [
        "setLearningRate", "scaleLearningRate", "followSchedule", "setSchedule", "pause", "resume", "step", "steps",
        "evaluate", "stop", "note",
    ]

    /// Reads the value that stands under a command's name.
    ///
    /// Numbers are taken as they are, even where the run will refuse them: that gives a receipt.
    init(name: String, value: Setting) throws(SettingsError) {
        switch name {
        case "setLearningRate": self = .setLearningRate(try value.anyDouble())
        case "scaleLearningRate": self = .scaleLearningRate(try value.anyDouble())
        case "setSchedule": self = .setSchedule(try ScheduleChange(value))
        case "step", "steps": self = .step(try value.integer(in: Int.min...Int.max))
        case "stop": self = .stop(keep: try value.keptWeights())
        case "note": self = .note(try value.string())
        default:
            let plain: [String: RunCommand] = [
                "followSchedule": .followSchedule, "pause": .pause, "resume": .resume, "evaluate": .evaluate,
            ]
            guard let command = plain[name] else {
                preconditionFailure("\(name) is among RunCommand.names, but nothing reads it")
            }
            try value.expectYes()
            self = command
        }
    }

    /// Appends `"name":value`, which `init(name:value:)` reads back to the same command.
    func write(into bytes: inout [UInt8]) {
        JSON.write(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        switch self {
        case .setLearningRate(let number), .scaleLearningRate(let number): JSON.write(number, into: &bytes)
        case .setSchedule(let change): change.json.write(into: &bytes)
        case .step(let count): JSON.write(count, into: &bytes)
        case .stop(let keep): JSON.object([("keep", .string(keep.rawValue))]).write(into: &bytes)
        case .note(let text): JSON.write(text, into: &bytes)
        case .followSchedule, .pause, .resume, .evaluate: JSON.write(true, into: &bytes)
        }
    }
}

extension Setting {
    /// A number, also one that is not finite: `NaN` or, as logs write it, `"NaN"`.
    func anyDouble() throws(SettingsError) -> Double {
        guard case .string(let text) = value else { return try double() }
        switch text {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: return try double()
        }
    }

    /// `true` or `{}`, for commands without an argument.
    fileprivate func expectYes() throws(SettingsError) {
        switch value {
        case .bool(true): return
        case .object: _ = try object(keys: [])
        default: throw error("true or {} is due here")
        }
    }

    /// `"best"` or `{ keep: "best" }`; `true` and `{}` keep the best.
    fileprivate func keptWeights() throws(SettingsError) -> KeptWeights {
        let cases: [String: KeptWeights] = ["best": .best, "last": .last]
        switch value {
        case .bool(true): return .best
        case .object: return try object(keys: ["keep"])["keep"]?.oneOf(cases) ?? .best
        case .string: return try oneOf(cases)
        default: throw error("{ \"keep\": \"best\" } or { \"keep\": \"last\" } is due here")
        }
    }
}
