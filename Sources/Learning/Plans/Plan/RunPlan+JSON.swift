import Datasets
import Foundation
import NeuralNetworks
import Optimizers
import Runs
import Settings

extension RunPlan {
    /// The program's version, as run directories record it.
    package static let programVersion = "0.1.0"

    /// The dashboard's screens by name; the first is where it opens unless the config says otherwise.
    package static let screens = ["overview", "layers", "learningRate", "updates", "system", "log"]

    /// The plan as a config, every default written out; reading it gives the same plan.
    package var json: JSON {
        var members: [(String, JSON)] = [("name", .string(name)), ("data", dataJSON)]
        if screen != Self.screens[0] { members.append(("screen", .string(screen))) }
        var held: [(String, JSON)] = []
        if case .fraction(let share) = validation { held.append(("fraction", .number(share))) }
        if !averaging.isEmpty { held.append(("averaging", .array(averaging.map(\.json)))) }
        if !held.isEmpty { members.append(("validation", .object(held))) }
        if !preprocessing.isEmpty { members.append(("preprocessing", .array(preprocessing.map(\.json)))) }
        if !augmentation.isEmpty { members.append(("augmentation", .array(augmentation.map(\.json)))) }
        members += [
            ("model", .array(model.map(\.json))), ("initializer", initializer.json(bias: biasValue)),
            ("loss", loss.json), ("optimizer", optimizer.json(learningRate: learningRate)),
        ]
        switch gradientClipping {
        case .norm(let most): members.append(("gradientClipping", .object([("norm", .number(most))])))
        case .value(let most): members.append(("gradientClipping", .object([("value", .number(most))])))
        case nil: break
        }
        members.append(("schedule", schedule.json))
        if let plateau { members.append(("plateau", plateau.json)) }
        if let earlyStopping { members.append(("earlyStopping", earlyStopping.json)) }
        members += [
            ("epochs", .integer(epochs)), ("batchSize", .integer(batchSize)), ("shuffle", .bool(shuffle)),
            ("dropLast", .bool(dropLast)), ("seed", .integer(Int(seed))), ("statistics", statistics.json),
        ]
        if let threads { members.append(("threads", .integer(threads))) }
        return .object(members)
    }
}

extension RunPlan {
    /// The data with the memory it may take, where that is not the standard.
    private var dataJSON: JSON {
        // Paths that mean the same wherever the config is put.
        let json = data.withAbsolutePaths(from: FileManager.default.currentDirectoryPath).json
        guard memoryLimit != MemoryLimit.standard.bytes, case .object(let members) = json else { return json }
        return .object(members + [("memoryLimit", .integer(memoryLimit))])
    }
}

extension StatisticsPlan {
    fileprivate var json: JSON {
        guard let every else { return "off" }
        return ["every": .integer(every), "budget": .number(budget)]
    }
}

extension PlateauPlan {
    fileprivate var json: JSON {
        [
            "factor": .number(factor), "patience": .integer(patience), "threshold": .number(threshold),
            "cooldown": .integer(cooldown), "minimumRate": .number(minimumRate),
            "monitor": .string((monitor ?? .loss).rawValue),
        ]
    }
}

extension EarlyStoppingPlan {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [
            ("patience", .integer(patience)), ("minimumDelta", .number(minimumDelta)),
        ]
        if let monitor { members.append(("monitor", .string(monitor.rawValue))) }
        return .object(members)
    }
}
