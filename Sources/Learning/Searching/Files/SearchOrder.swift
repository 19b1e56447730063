import Files
import Plans
import Settings

/// What a search is, as its directory keeps it: the config with its ranges, paths settled, and how it is searched.
package struct SearchOrder: Sendable {
    /// What is drawn from.
    package let space: SearchSpace
    /// How.
    package let plan: SearchPlan
    /// What the runs are called, before their number.
    package let name: String

    /// The epochs of a whole trial.
    package var epochs: Int { plan.epochs ?? space.middle.epochs }
    /// The seed of what is drawn.
    package var seed: UInt64 { plan.seed ?? space.middle.seed }
    /// Which number of an evaluation decides.
    package var monitor: Monitor {
        space.middle.earlyStopping?.monitor ?? .standard(hasAccuracy: true)
    }

    /// A search of a config.
    /// - Throws: where it has no validation, by which trials could be compared.
    package init(_ space: SearchSpace, _ plan: SearchPlan) throws(SettingsError) {
        (self.space, self.plan) = (space, plan)
        name = space.middle.name
        if plan.folds == nil {
            guard space.middle.validation != nil else {
                throw space.config.error(
                    "trials are compared on a validation set, and there is none; add validation: { fraction: 0.2 }, or --folds 5"
                )
            }
        } else if let validation = space.middle.validation, validation.share == nil {
            throw space.config.error("the data has validation files of its own; leave the folds out")
        }
    }

    /// An empty state of it.
    package var state: SearchState {
        SearchState(
            monitor: monitor, halving: Halving(epochs: epochs, reduction: plan.reduction), folds: plan.folds ?? 1)
    }

    /// The config of a trial's run as text: nothing of it depends on a folder.
    /// - Parameters:
    ///   - fold: nil for the config of the whole, to be trained by itself.
    ///   - threads: how many compute; nil for as many as the config says.
    package func config(
        of values: TrialValues, name: String, fold: Int?, threads: Int?
    ) throws(SettingsError) -> String {
        var config = try space.config(of: values)
        func put(_ key: String, _ json: JSON) throws(SettingsError) {
            config = try config.replacing(path: key, with: Setting.parse(text: json.compact, file: config.place.file))
        }
        try put("name", .string(name))
        try put("data", Self.member("data", of: space.middle.json))
        if let epochs = plan.epochs { try put("epochs", .integer(epochs)) }
        if let threads { try put("threads", .integer(threads)) }
        if let folds = plan.folds {
            try put("validation", Self.folded(config, folds, fold))
        }
        return JSON(config).pretty
    }

    /// The validation with folds in place of its fraction; a share as large for a config of its own.
    private static func folded(_ config: Setting, _ folds: Int, _ fold: Int?) throws(SettingsError) -> JSON {
        let others = try (config.object()["validation"]?.object().members ?? []).filter {
            !["fraction", "folds", "fold"].contains($0.name)
        }.map { ($0.name, JSON($0.setting)) }
        let own: [(String, JSON)] =
            fold.map { [("folds", .integer(folds)), ("fold", .integer($0))] }
            ?? [("fraction", .number(1 / Double(folds)))]
        return .object(own + others)
    }

    private static func member(_ key: String, of json: JSON) -> JSON {
        guard case .object(let members) = json else { return .null }
        return members.first { $0.0 == key }?.1 ?? .null
    }
}

// As a file keeps it.
extension SearchOrder {
    /// The text of `search.json`.
    package var text: String {
        guard case .object(let members) = JSON(space.config) else { preconditionFailure("a config is an object") }
        let data = Self.member("data", of: space.middle.json)
        let config = members.filter { !["name", "data"].contains($0.0) }
        // Of the machine, not of what is searched.
        var plan = plan
        plan.jobs = nil
        return JSON.object(
            [("name", .string(name)), ("data", data)] + config + [(SearchPlan.word, JSON(writing: plan))]
        ).pretty
    }

    /// Reads a config with ranges, or what `text` has written.
    /// - Parameter changes: what the command line says of how it is searched.
    package init(
        _ written: Setting, decoder: PlanDecoder, changing changes: (inout SearchPlan) -> Void = { _ in }
    ) throws(SettingsError) {
        var plan =
            try written.object()[SearchPlan.word].map { setting throws(SettingsError) in
                try FieldReader().read(SearchPlan.self, from: setting)
            } ?? SearchPlan()
        changes(&plan)
        try self.init(SearchSpace(written, decoder: decoder), plan)
    }
}
