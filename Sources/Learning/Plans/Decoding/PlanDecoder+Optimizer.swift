import Optimizers
import Settings

extension PlanDecoder {
    /// The update rule and its rate; PyTorch's defaults.
    func optimizer(_ setting: Setting?) throws(SettingsError) -> (OptimizerSpecification, learningRate: Double) {
        guard let setting else { return (.sgd(), OptimizerSpecification.sgd().defaultLearningRate) }
        let choice = try setting.choice(["sgd", "adam", "adamW", "rmsprop", "adagrad"])
        let keys: [String: [String]] = [
            "sgd": ["momentum", "dampening", "nesterov"], "adam": ["beta1", "beta2", "eps"],
            "adamW": ["beta1", "beta2", "eps"],
            "rmsprop": ["alpha", "eps", "momentum", "centered"], "adagrad": ["learningRateDecay", "eps"],
        ]
        let options = try choice.options(
            keys: ["learningRate", "weightDecay"] + (keys[choice.name] ?? []), main: "learningRate")
        let decay = try options["weightDecay"]?.double(in: 0...1e6) ?? (choice.name == "adamW" ? 0.01 : 0)
        let rule = try rule(choice, options, weightDecay: decay)
        if let problem = rule.problem { throw (choice.option ?? setting).error(problem) }
        return (rule, try options["learningRate"]?.learningRate() ?? rule.defaultLearningRate)
    }

    private func rule(
        _ choice: Choice, _ options: SettingObject, weightDecay: Double
    ) throws(SettingsError) -> OptimizerSpecification {
        let momentum = try options["momentum"]?.double(in: 0..<1) ?? 0
        let epsilon = try options["eps"]?.positiveDouble() ?? (choice.name == "adagrad" ? 1e-10 : 1e-8)
        switch choice.name {
        case "adam", "adamW":
            let beta1 = try options["beta1"]?.double(in: 0..<1) ?? 0.9
            let beta2 = try options["beta2"]?.double(in: 0..<1) ?? 0.999
            return choice.name == "adam"
                ? .adam(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
                : .adamW(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
        case "rmsprop":
            return .rmsprop(
                alpha: try options["alpha"]?.double(in: 0..<1) ?? 0.99, epsilon: epsilon, momentum: momentum,
                centered: try options["centered"]?.bool() ?? false, weightDecay: weightDecay)
        case "adagrad":
            return .adagrad(
                learningRateDecay: try options["learningRateDecay"]?.double(in: 0...1e6) ?? 0, epsilon: epsilon,
                weightDecay: weightDecay)
        default:
            return .sgd(
                momentum: momentum, dampening: try options["dampening"]?.double(in: -1e6...1e6) ?? 0,
                nesterov: try options["nesterov"]?.bool() ?? false, weightDecay: weightDecay)
        }
    }

    func gradientClipping(_ setting: Setting?) throws(SettingsError) -> GradientClipping? {
        guard let setting else { return nil }
        if case .number = setting.value { return .norm(try setting.positiveDouble()) }
        let choice = try setting.choice(["norm", "value"])
        guard let limit = choice.option else { throw setting.error("\(choice.name) needs its limit: { norm: 1 }") }
        return choice.name == "norm" ? .norm(try limit.positiveDouble()) : .value(try limit.positiveDouble())
    }
}

extension Setting {
    /// A rate: a number above 0 and at most 1e6.
    func learningRate() throws(SettingsError) -> Double {
        let rate = try double()
        guard rate > 0, rate <= 1e6 else {
            throw error("a rate above 0 and at most 1e6 is due, not \(JSON(self).compact)")
        }
        return rate
    }
}
