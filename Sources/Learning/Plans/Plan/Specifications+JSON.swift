import NeuralNetworks
import Optimizers
import Runs
import Settings

extension Loss {
    /// The loss as a config writes it.
    var json: JSON {
        guard case .crossEntropy(let smoothing) = self, smoothing > 0 else { return .string(rawValue) }
        return [rawValue: ["labelSmoothing": .number(smoothing)]]
    }
}

extension Initializer {
    /// The initializer as a config writes it.
    func json(bias: Double?) -> JSON {
        var options: [(String, JSON)] = []
        let name: String
        switch self {
        case .standard: name = "standard"
        case .constant(let value): (name, options) = ("constant", [("value", .number(value))])
        case .normal(let std): (name, options) = ("normal", [("std", .number(std))])
        case .xavierNormal(let mode): (name, options) = ("xavierNormal", [("mode", .string(mode.rawValue))])
        case .xavierUniform(let mode): (name, options) = ("xavierUniform", [("mode", .string(mode.rawValue))])
        case .kaimingNormal: name = "kaimingNormal"
        case .kaimingUniform: name = "kaimingUniform"
        case .zero: name = "zero"
        }
        if let bias { options.append(("bias", .number(bias))) }
        return .object([(name, .object(options))])
    }
}

extension OptimizerSpecification {
    /// The rule and its rate as a config writes them.
    func json(learningRate: Double) -> JSON {
        var options: [(String, JSON)] = [
            ("learningRate", .number(learningRate)), ("weightDecay", .number(weightDecay)),
        ]
        switch self {
        case .sgd(let momentum, let dampening, let nesterov, _):
            options += [
                ("momentum", .number(momentum)), ("dampening", .number(dampening)), ("nesterov", .bool(nesterov)),
            ]
        case .adam(let beta1, let beta2, let epsilon, _), .adamW(let beta1, let beta2, let epsilon, _):
            options += [("beta1", .number(beta1)), ("beta2", .number(beta2)), ("eps", .number(epsilon))]
        case .rmsprop(let alpha, let epsilon, let momentum, let centered, _):
            options += [
                ("alpha", .number(alpha)), ("eps", .number(epsilon)), ("momentum", .number(momentum)),
                ("centered", .bool(centered)),
            ]
        case .adagrad(let decay, let epsilon, _):
            options += [("learningRateDecay", .number(decay)), ("eps", .number(epsilon))]
        }
        return .object([(name, .object(options))])
    }
}

extension ScheduleSpecification {
    /// The schedule as a config writes it.
    var json: JSON {
        var (name, options) = kind.written(number: JSON.number, length: \.json, list: JSON.array)
        options.append(("warmup", warmup.json))
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
