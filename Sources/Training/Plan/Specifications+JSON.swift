import NeuralNetworks
import Optimizers
import Runs
import Settings

extension LayerSpecification {
    /// The layer as a config writes it.
    var json: JSON {
        switch self {
        case .linear(let units, let bias): ["linear": ["units": .integer(units), "bias": .bool(bias)]]
        case .conv2d(let filters, let kernel, let stride, let padding, let bias):
            [
                "conv2d": [
                    "filters": .integer(filters), "kernel": kernel.json, "stride": stride.json,
                    "padding": padding.json, "bias": .bool(bias),
                ]
            ]
        case .conv1d(let filters, let kernel, let stride, let padding, let bias):
            [
                "conv1d": [
                    "filters": .integer(filters), "kernel": .integer(kernel), "stride": .integer(stride),
                    "padding": .integer(padding), "bias": .bool(bias),
                ]
            ]
        case .maxPool2d(let size, let stride, let padding):
            ["maxPool2d": ["size": size.json, "stride": (stride ?? size).json, "padding": padding.json]]
        case .avgPool2d(let size, let stride, let padding):
            ["avgPool2d": ["size": size.json, "stride": (stride ?? size).json, "padding": padding.json]]
        case .batchNorm(let momentum, let eps):
            ["batchNorm": ["momentum": .number(momentum), "eps": .number(eps)]]
        case .dropout(let p): ["dropout": ["p": .number(p)]]
        case .activation(.leakyRelu(let slope)): ["leakyRelu": ["slope": .number(slope)]]
        case .activation(.elu(let alpha)): ["elu": ["alpha": .number(alpha)]]
        case .flatten, .globalAvgPool, .activation: .string(kind)
        }
    }
}

extension Extent2 {
    fileprivate var json: JSON { height == width ? .integer(height) : [.integer(height), .integer(width)] }
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
        var options: [(String, JSON)] = []
        let name: String
        switch kind {
        case .constant: name = "constant"
        case .step(let every, let factor):
            (name, options) = ("step", [("every", every.json), ("factor", .number(factor))])
        case .multiStep(let at, let factor):
            (name, options) = ("multiStep", [("at", .array(at.map(\.json))), ("factor", .number(factor))])
        case .linear(let to): (name, options) = ("linear", [("to", .number(to))])
        case .polynomial(let to, let power):
            (name, options) = ("polynomial", [("to", .number(to)), ("power", .number(power))])
        case .cosine(let to): (name, options) = ("cosine", [("to", .number(to))])
        case .cosineRestarts(let period, let growth, let to):
            (name, options) = (
                "cosineRestarts", [("period", period.json), ("growth", .number(growth)), ("to", .number(to))]
            )
        case .exponential(let factor): (name, options) = ("exponential", [("factor", .number(factor))])
        case .inverseSquareRoot: name = "inverseSquareRoot"
        case .oneCycle(let peak, let to, let rise):
            (name, options) = ("oneCycle", [("peak", .number(peak)), ("to", .number(to)), ("rise", .number(rise))])
        }
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
