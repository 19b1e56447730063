import Settings

extension PlanDecoder {
    func plateau(
        _ setting: Setting?, hasValidation: Bool
    ) throws(SettingsError) -> PlateauPlan? {
        guard let setting else { return nil }
        let choice = try policyOptions(
            setting, keys: ["factor", "patience", "threshold", "cooldown", "minimumRate", "monitor"],
            hasValidation: hasValidation)
        guard let options = choice else { return nil }
        var policy = PlateauPlan()
        if let factor = options["factor"] {
            policy.factor = try factor.positiveDouble()
            guard policy.factor < 1 else { throw factor.error("a factor below 1 is due, not \(JSON(factor).compact)") }
        }
        if let patience = options["patience"] { policy.patience = try patience.integer(in: 0...1_000_000) }
        if let threshold = options["threshold"] { policy.threshold = try threshold.double(in: 0..<1) }
        if let cooldown = options["cooldown"] { policy.cooldown = try cooldown.integer(in: 0...1_000_000) }
        if let minimum = options["minimumRate"] { policy.minimumRate = try minimum.double(in: 0...1e6) }
        policy.monitor = try options["monitor"]?.oneOf(Monitor.self) ?? .loss
        return policy
    }

    func earlyStopping(
        _ setting: Setting?, hasValidation: Bool
    ) throws(SettingsError) -> EarlyStoppingPlan? {
        guard let setting else { return nil }
        let choice = try policyOptions(
            setting, keys: ["patience", "minimumDelta", "monitor"], hasValidation: hasValidation)
        guard let options = choice else { return nil }
        return EarlyStoppingPlan(
            patience: try options["patience"]?.integer(in: 1...1_000_000) ?? 5,
            minimumDelta: try options["minimumDelta"]?.double(in: 0...1e6) ?? 0,
            monitor: try options["monitor"]?.oneOf(Monitor.self))
    }

    /// The options of a policy; nil where it is switched off with `false` or null, none of them for `true`.
    private func policyOptions(
        _ setting: Setting, keys: [String], hasValidation: Bool
    ) throws(SettingsError) -> SettingObject? {
        let options: SettingObject
        switch setting.value {
        case .null, .bool(false): return nil
        case .bool(true): options = try Setting(.object([]), at: setting.place).object()
        default: options = try setting.object(keys: keys)
        }
        guard hasValidation else {
            throw setting.error("it watches the validation set, and there is none; add validation: { fraction: 0.2 }")
        }
        return options
    }
}
