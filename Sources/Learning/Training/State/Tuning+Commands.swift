import NeuralNetworks
import Optimizers
import Plans
import Runs

extension Tuning {
    /// What becomes of a command.
    enum Answer: Hashable {
        /// The number before and after; nil where it has none, or several before.
        case done(old: Double?, new: Double?)
        /// One clause, no full stop.
        case refused(String)
    }

    /// Does what a command asks for before update `step`; nil for a command about something else.
    mutating func take(_ command: RunCommand, at step: Int, _ material: RunMaterial) -> Answer? {
        switch command {
        case .setWeightDecay(let decay): setOption("weightDecay", to: decay, material.plan.optimizer)
        case .setMomentum(let momentum): setOption("momentum", to: momentum, material.plan.optimizer)
        case .setBeta1(let beta): setOption("beta1", to: beta, material.plan.optimizer)
        case .setGradientClipping(let bound): setBound(bound, material.plan.gradientClipping)
        case .setDropout(let change): setDropout(change, material.network)
        case .setPatience(let patience): setPatience(patience, material.plan.earlyStopping)
        case .setEvaluationInterval(let steps): setInterval(steps, material)
        case .setEpochs(let epochs): setEpochs(epochs, material.plan)
        case .setBatchSize(let size): setBatchSize(size, at: step, material)
        case .freeze(let name): freeze(name, material.network)
        case .unfreeze(let name): unfreeze(name, material.network)
        default: nil
        }
    }

    /// The numbers in force by the words of the commands that set them, for layers with the layer's name behind: each is what its
    /// command would say that there was before. O(commands).
    func numbers(at step: Int, _ material: RunMaterial) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for kind in CommandKind.all where kind.setsNumber {
            guard let sample = kind.form.value(of: "0.5") ?? kind.form.value(of: "1") else { continue }
            var probe = self
            guard case .done(let old?, _) = probe.take(kind.make(sample), at: step, material) else { continue }
            numbers[kind.word] = old
        }
        // Not every net can do with the sample.
        numbers[CommandKind.setBatchSize.word] = Double(
            (course(material.epochs) ?? material.epochs).batchSize(at: step))
        for (layer, probability) in material.network.dropout {
            numbers["\(CommandKind.setDropout.word) \(layer)"] = probability
        }
        return numbers
    }

    private mutating func setOption(_ key: String, to number: Double, _ planned: OptimizerSpecification) -> Answer {
        guard let old = optimizer(planned).number(of: key) else { return .refused("\(planned.name) has no \(key)") }
        guard planned.with(key, number) != nil else {
            return .refused("\(planned.name) began without \(key) and remembers none; it takes a new run")
        }
        options[key] = number
        return .done(old: old, new: number)
    }

    private mutating func setBound(_ bound: Double, _ planned: GradientClipping?) -> Answer {
        let old = clipping(planned)?.most ?? 0
        self.bound = bound
        return .done(old: old, new: bound)
    }

    private mutating func setDropout(_ change: DropoutChange, _ network: Network) -> Answer {
        let all = network.dropout
        let chosen = all.filter { change.layer == nil || $0.layer == change.layer }
        guard !chosen.isEmpty else {
            let known = all.map(\.layer).joined(separator: ", ")
            let layer = change.layer.map { "no dropout layer is called \($0)" } ?? "the model has no dropout layer"
            return .refused(all.isEmpty ? "the model has no dropout layer" : "\(layer); there is \(known)")
        }
        let old = Set(chosen.map(\.probability))
        for (layer, _) in chosen { dropout[layer] = change.p }
        return .done(old: old.count == 1 ? old.first : nil, new: change.p)
    }

    private mutating func setPatience(_ patience: Int, _ planned: EarlyStoppingPlan?) -> Answer {
        guard let planned else { return .refused("the plan has no early stopping") }
        let old = self.patience ?? planned.patience
        self.patience = patience
        return .done(old: Double(old), new: Double(patience))
    }

    private mutating func setInterval(_ steps: Int, _ material: RunMaterial) -> Answer {
        let old = interval(material.plan.validation)
        evaluationInterval = steps
        let epoch = (course(material.epochs) ?? material.epochs).stepsPerEpoch
        return .done(
            old: Double(old ?? epoch), new: Double(interval(material.plan.validation) ?? epoch))
    }

    /// Updates from one evaluation to the next; nil for one at the end of each epoch.
    func interval(_ planned: ValidationPlan?) -> Int? {
        guard let evaluationInterval else { return planned?.every }
        return evaluationInterval == 0 ? nil : evaluationInterval
    }

    private mutating func setEpochs(_ epochs: Int, _ plan: RunPlan) -> Answer {
        let old = self.epochs ?? plan.epochs
        self.epochs = epochs
        return .done(old: Double(old), new: Double(epochs))
    }

    private mutating func setBatchSize(_ size: Int, at step: Int, _ material: RunMaterial) -> Answer {
        var course = course(material.epochs) ?? material.epochs
        if let reason = material.refusal(ofBatches: size, from: step, in: course) { return .refused(reason) }
        let old = course.batchSize(at: step)
        course.change(to: size, from: step)
        batches = Array(course.stretches.dropFirst())
        return .done(old: Double(old), new: Double(size))
    }

    private mutating func freeze(_ name: String, _ network: Network) -> Answer {
        if let reason = Self.unknown(name, network) { return .refused(reason) }
        let layers = network.learningLayers(of: name)
        let new = layers.filter { !frozen.contains($0) }
        guard !new.isEmpty else { return .refused("layer \(name) is frozen already") }
        frozen = (frozen + new).sorted()
        return .done(old: nil, new: nil)
    }

    private mutating func unfreeze(_ name: String, _ network: Network) -> Answer {
        if let reason = Self.unknown(name, network) { return .refused(reason) }
        let layers = network.learningLayers(of: name)
        guard frozen.contains(where: layers.contains) else { return .refused("layer \(name) is not frozen") }
        frozen.removeAll(where: layers.contains)
        return .done(old: nil, new: nil)
    }

    /// Why a layer cannot begin anew, as a whole or in its dead units; nil where it can.
    func refusal(renewing name: String, deadUnits: Bool, _ network: Network) -> String? {
        if let reason = Self.unknown(name, network) { return reason }
        if deadUnits, !network.canRevive(name) { return "layer \(name) has no units that can die" }
        guard !network.learningLayers(of: name).contains(where: frozen.contains) else {
            return "layer \(name) is frozen: unfreeze it first"
        }
        return nil
    }

    private static func unknown(_ name: String, _ network: Network) -> String? {
        guard network.learningLayers(of: name).isEmpty else { return nil }
        let known = network.learningLayers
        let most = 12
        let names = known.prefix(most).joined(separator: ", ") + (known.count > most ? ", ..." : "")
        return "no layer that learns is called \(name); there is \(names)"
    }
}
