import Datasets
import Foundation
import NeuralNetworks
import Optimizers
import Runs
import Settings

extension RunPlan {
    /// The program's version, as run directories record it.
    package static let programVersion = "0.1.0"

    /// The plan as a config, every default written out; reading it gives the same plan.
    package var json: JSON {
        var members: [(String, JSON)] = [("name", .string(name)), ("data", data.json)]
        if case .fraction(let share) = validation {
            members.append(("validation", .object([("fraction", .number(share))])))
        }
        if !preprocessing.isEmpty { members.append(("preprocessing", .array(preprocessing.map(\.json)))) }
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

extension DataPlan {
    fileprivate var json: JSON {
        switch self {
        case .digits(let count, let seed):
            return ["digits": ["count": .integer(count), "seed": .integer(Int(seed))]]
        case .spirals(let count, let classes, let noise, let turns, let seed):
            return [
                "spirals": [
                    "count": .integer(count), "classes": .integer(classes), "noise": .number(noise),
                    "turns": .number(turns), "seed": .integer(Int(seed)),
                ]
            ]
        case .blobs(let count, let classes, let features, let spread, let seed):
            return [
                "blobs": [
                    "count": .integer(count), "classes": .integer(classes), "features": .integer(features),
                    "spread": .number(spread), "seed": .integer(Int(seed)),
                ]
            ]
        case .idx(let files):
            var members = [("images", Self.absolute(files.images)), ("labels", Self.absolute(files.labels))]
            if let pair = files.validation {
                members += [
                    ("validationImages", Self.absolute(pair.images)), ("validationLabels", Self.absolute(pair.labels)),
                ]
            }
            members.append(("raw", .bool(files.raw)))
            if let classes = files.classCount { members.append(("classes", .integer(classes))) }
            return .object([("idx", .object(members))])
        }
    }

    /// A path that means the same wherever the config is put.
    private static func absolute(_ path: String) -> JSON {
        .string(path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)")
    }
}

extension Preprocessing {
    fileprivate var json: JSON {
        let over: JSON =
            switch scope {
            case .perFeature: "features"
            case .all: "all"
            case .channels: "channels"
            }
        return if case .zeroMean = self { ["zeroMean": over] } else { ["standardize": over] }
    }
}

extension StatisticsPlan {
    fileprivate var json: JSON {
        guard let every else { return "off" }
        return ["every": .integer(every), "budget": .number(budget)]
    }
}

extension PlateauPolicy.Options {
    fileprivate var json: JSON {
        [
            "factor": .number(factor), "patience": .integer(patience), "threshold": .number(threshold),
            "cooldown": .integer(cooldown), "minimumRate": .number(minimumRate),
            "monitor": .string((monitor ?? .loss).rawValue),
        ]
    }
}

extension EarlyStoppingPolicy.Options {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [
            ("patience", .integer(patience)), ("minimumDelta", .number(minimumDelta)),
        ]
        if let monitor { members.append(("monitor", .string(monitor.rawValue))) }
        return .object(members)
    }
}
