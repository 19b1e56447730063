import NeuralNetworks
import Settings

extension Evaluation {
    /// Everything as one object; what is not defined is null.
    func json(_ options: EvaluateOptions) -> JSON {
        var members: [(String, JSON)] = [
            ("data", .string(set.examples.name)), ("examples", .integer(predictions.count)),
            ("averaged", .integer(averaged)), ("members", .array(self.members.map(Self.json))),
            ("lossName", .string(loss)), ("loss", Self.number(predictions.loss.mean)),
            ("notFinite", .integer(predictions.notFinite)),
        ]
        if let classes { members += json(classes) }
        if let calibration { members.append(("calibration", Self.json(calibration))) }
        if let regression { members.append(("regression", Self.json(regression))) }
        members.append(("worst", .array(predictions.worst(options.worst).map(example))))
        return .object(members)
    }

    private static func number(_ value: Double?) -> JSON {
        value.map { $0.isFinite ? .number($0) : .null } ?? .null
    }

    private static func json(_ member: Member) -> JSON {
        var members: [(String, JSON)] = [
            ("run", .string(member.run)), ("weights", .string(member.weights)), ("loss", number(member.loss)),
            ("accuracy", number(member.accuracy)),
        ]
        if let regression = member.regression {
            members.append(("rootMeanSquaredError", number(regression.rootMeanSquaredError)))
            members.append(("r2", number(regression.determination)))
        }
        return .object(members)
    }

    private func json(_ report: ClassReport) -> [(String, JSON)] {
        let classes = report.classes.enumerated().map { label, figures in
            JSON.object([
                ("class", .string(name(label))), ("count", .integer(figures.count)),
                ("predicted", .integer(figures.predicted)), ("correct", .integer(figures.correct)),
                ("precision", Self.number(figures.precision)), ("recall", Self.number(figures.recall)),
                ("f1", Self.number(figures.f1)),
            ])
        }
        return [
            ("accuracy", Self.number(report.accuracy)),
            ("topK", .object(ranks.map { ("\($0)", Self.number(report.topK($0))) })),
            ("classes", .array(classes)),
            (
                "macro",
                .object([
                    ("precision", Self.number(report.macro(\.precision))),
                    ("recall", Self.number(report.macro(\.recall))), ("f1", Self.number(report.macro(\.f1))),
                ])
            ),
            ("confusion", .array(report.confusion.map { .array($0.map { .integer($0) }) })),
        ]
    }

    private static func json(_ calibration: Calibration) -> JSON {
        let bins = calibration.bins.map { bin in
            JSON.object([
                ("from", .number(bin.range.lowerBound)), ("to", .number(bin.range.upperBound)),
                ("count", .integer(bin.count)), ("confidence", number(bin.confidence)),
                ("accuracy", number(bin.accuracy)),
            ])
        }
        return .object([
            ("expectedError", number(calibration.expectedError)), ("maximumError", number(calibration.maximumError)),
            ("bins", .array(bins)),
        ])
    }

    private static func json(_ regression: RegressionReport) -> JSON {
        let outputs = regression.outputs.map { output in
            JSON.object([
                ("rootMeanSquaredError", number(output.rootMeanSquaredError)),
                ("meanAbsoluteError", number(output.meanAbsoluteError)), ("r2", number(output.determination)),
            ])
        }
        return .object([
            ("rootMeanSquaredError", number(regression.rootMeanSquaredError)),
            ("meanAbsoluteError", number(regression.meanAbsoluteError)), ("r2", number(regression.determination)),
            ("outputs", .array(outputs)),
        ])
    }

    private func example(_ example: Int) -> JSON {
        func numbers(_ row: ArraySlice<Float>) -> JSON { .array(row.map { $0.isFinite ? .float($0) : .null }) }
        var members: [(String, JSON)] = [("index", .integer(index(example)))]
        switch predictions.truth {
        case .classes(let labels):
            let predicted = predictions.predicted(example)
            members.append(("label", .string(name(Int(labels[example])))))
            members.append(("predicted", predicted.map { .string(name($0)) } ?? .null))
            if predictions.areProbabilities {
                let row = predictions.row(example)
                let probability = predicted.map { row[row.startIndex + $0] }
                members.append(("probability", probability.map { .float($0) } ?? .null))
            }
        case .values(let values):
            let width = predictions.width
            members.append(("target", numbers(values[example * width..<(example + 1) * width])))
            members.append(("predicted", numbers(predictions.row(example))))
        }
        members.append(("loss", Self.number(predictions.losses[example])))
        return .object(members)
    }
}
