import Datasets
import Settings

extension DataPlan {
    /// The data as a config writes it, every default written out.
    var json: JSON {
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
        case .sequences(let kind, let length, let count, let seed):
            return [
                "sequences": [
                    "kind": .string(kind.rawValue), "length": .integer(length), "count": .integer(count),
                    "seed": .integer(Int(seed)),
                ]
            ]
        case .random(let count, let shape, let classes, let seed):
            return [
                "random": [
                    "count": .integer(count), "shape": .array(shape.extents.map { .integer($0) }),
                    "classes": .integer(classes), "seed": .integer(Int(seed)),
                ]
            ]
        case .idx(let files): return .object([("idx", files.json)])
        case .cifar10(let files): return .object([("cifar10", files.json)])
        case .csv(let files): return .object([("csv", files.json)])
        case .npy(let files): return .object([("npy", files.json)])
        case .npz(let files): return .object([("npz", files.json)])
        case .imageFolder(let folders): return .object([("imageFolder", folders.json)])
        }
    }
}

extension DataPlan.IDXFiles {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [("images", .string(images)), ("labels", .string(labels))]
        if let validation {
            members += [
                ("validationImages", .string(validation.images)), ("validationLabels", .string(validation.labels)),
            ]
        }
        members.append(("raw", .bool(raw)))
        if let classCount { members.append(("classes", .integer(classCount))) }
        return .object(members)
    }
}

extension DataPlan.CIFAR10Files {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [("files", .array(files.map(JSON.string)))]
        if let validationFiles { members.append(("validationFiles", .array(validationFiles.map(JSON.string)))) }
        return .object(members + [("raw", .bool(raw))])
    }
}

extension DataPlan.CSVFiles {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [("file", .string(file))]
        if let validationFile { members.append(("validationFile", .string(validationFile))) }
        let columns = labels.map { column -> JSON in
            switch column {
            case .name(let name): .string(name)
            case .number(let number): .integer(number)
            }
        }
        return .object(
            members + [
                ("label", columns.count == 1 ? columns[0] : .array(columns)), ("task", .string(task.rawValue)),
                ("header", .bool(hasHeader)), ("separator", .string(String(separator))),
            ])
    }
}

extension DataPlan.NPYFiles {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [("inputs", .string(inputs)), ("targets", .string(targets))]
        if let validation {
            members += [
                ("validationInputs", .string(validation.inputs)), ("validationTargets", .string(validation.targets)),
            ]
        }
        if let classCount { members.append(("classes", .integer(classCount))) }
        return .object(members)
    }
}

extension DataPlan.NPZFiles {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [
            ("file", .string(file)), ("inputs", .string(inputs)), ("targets", .string(targets)),
        ]
        if let validation {
            members += [
                ("validationFile", .string(validation.file)), ("validationInputs", .string(validation.inputs)),
                ("validationTargets", .string(validation.targets)),
            ]
        }
        if let classCount { members.append(("classes", .integer(classCount))) }
        return .object(members)
    }
}

extension DataPlan.ImageFolders {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [("folder", .string(folder))]
        if let validationFolder { members.append(("validationFolder", .string(validationFolder))) }
        if let resized { members.append(("resize", [.integer(resized.height), .integer(resized.width)])) }
        if let size { members += [("width", .integer(size.width)), ("height", .integer(size.height))] }
        return .object(members + [("grey", .bool(isGrey))])
    }
}
