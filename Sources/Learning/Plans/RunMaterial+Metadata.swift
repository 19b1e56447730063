import Datasets
import Files
import Settings
import Tensors

extension RunMaterial {
    /// What whoever uses the weights needs beside them: strings for the metadata of their files.
    ///
    /// `config` is the SHA-256 of the resolved config as the run directory holds it, `classes` a JSON list of their names where they
    /// have some, `preprocessing` a JSON list of the steps with the numbers that they took from the training set.
    /// - Parameter digest: of a config that stands in the run directory already; nil for that of the resolved one.
    package func weightsMetadata(config digest: String? = nil) -> [SafetensorsFile.Metadatum] {
        var metadata = [
            SafetensorsFile.Metadatum(
                key: "config", value: digest ?? Digest.sha256(of: Array(resolvedConfigText.utf8)))
        ]
        if let names = training.classNames {
            metadata.append(.init(key: "classes", value: JSON.array(names.map { .string($0) }).compact))
        }
        if !data.preprocessing.isEmpty {
            metadata.append(.init(key: "preprocessing", value: JSON.array(data.preprocessing.map(Self.json)).compact))
        }
        return metadata
    }

    /// The resolved config as it stands in a run directory.
    package var resolvedConfigText: String { resolvedConfig.pretty + "\n" }

    /// x becomes (x - mean) / std, or matrix (x - mean).
    private static func json(_ step: FittedPreprocessing) -> JSON {
        func numbers(_ values: [Float]) -> JSON { .array(values.map { .float($0) }) }
        var members: [(String, JSON)] = [
            ("step", .string(type(of: step.preprocessing.chosen).word)), ("mean", numbers(step.means)),
        ]
        if !step.standardDeviations.isEmpty { members.append(("std", numbers(step.standardDeviations))) }
        if !step.matrix.isEmpty {
            let rows = step.matrix.count / max(1, step.inputShape.count)
            members.append(("shape", .array([.integer(rows), .integer(step.inputShape.count)])))
            // A header is no place for more.
            if step.matrix.count <= mostNumbers { members.append(("matrix", numbers(step.matrix))) }
        }
        return .object(members)
    }

    private static let mostNumbers = 1 << 20
}
