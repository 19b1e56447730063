import Charts
import NeuralNetworks

/// An evaluation as it is printed: the figures, then confusions, classes, calibration and the worst examples.
struct EvaluationText {
    let evaluation: Evaluation
    let options: EvaluateOptions
    let brush: Brush

    init(_ evaluation: Evaluation, _ options: EvaluateOptions, _ brush: Brush) {
        (self.evaluation, self.options, self.brush) = (evaluation, options, brush)
    }

    /// All sections with a blank line between two, and a line end last.
    var text: String {
        let sections = [head, members, figures, confusion, classes, calibration, outputs, worst, pictures]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var predictions: Predictions { evaluation.predictions }

    private var head: [String] {
        let source =
            evaluation.set.places != nil
            ? "held out" : options.data.isEmpty && options.changes.isEmpty ? "validation" : "other data"
        let name = OneLine.of(evaluation.set.examples.name)
        var line = "\(name): \(Figure.count(predictions.count)) examples (\(source))"
        if evaluation.averaged > 1 { line += ", the average of \(evaluation.averaged) networks" }
        guard predictions.notFinite > 0 else { return [line] }
        return [line, "\(Figure.count(predictions.notFinite)) of them have outputs that are not finite"]
    }

    /// Each network alone where there are several, and the average under them.
    private var members: [String] {
        let all = evaluation.members
        guard all.count > 1 else { return [] }
        var rows = all.map { member in
            [
                OneLine.of(member.run), OneLine.of(member.weights), Figure.plain(member.loss),
                Self.result(member.accuracy, member.regression),
            ]
        }
        if evaluation.averaged > 1 {
            rows.append([
                "average", "", Figure.plain(predictions.loss.mean),
                Self.result(predictions.loss.accuracy, evaluation.regression),
            ])
        }
        let last = evaluation.regression == nil ? "accuracy" : "rmse"
        return TextColumns(heads: ["run", "weights", evaluation.loss, last], rows, left: 2).lines
    }

    private static func result(_ accuracy: Double?, _ regression: RegressionReport?) -> String {
        accuracy.map { Figure.share($0) } ?? regression.map { Figure.plain($0.rootMeanSquaredError) } ?? ""
    }

    private var figures: [String] {
        var parts = ["\(evaluation.loss) \(Figure.plain(predictions.loss.mean))"]
        if let report = evaluation.classes {
            parts.append("accuracy \(Figure.share(report.accuracy))")
            parts += evaluation.ranks.dropFirst().map { "top-\($0) \(Figure.share(report.topK($0)))" }
        }
        if let regression = evaluation.regression {
            parts.append("root mean squared error \(Figure.plain(regression.rootMeanSquaredError))")
            parts.append("mean absolute error \(Figure.plain(regression.meanAbsoluteError))")
            parts.append("R2 \(Figure.plain(regression.determination))")
        }
        return [parts.joined(separator: "   ")]
    }

    private var confusion: [String] {
        guard let report = evaluation.classes else { return [] }
        let matrix = ConfusionText(report, name: { OneLine.of(evaluation.name($0)) }, brush)
        if let lines = matrix.lines { return lines }
        let pairs = report.confusions(10)
        guard !pairs.isEmpty else { return [] }
        let rows = pairs.map { pair in
            [
                OneLine.of(evaluation.name(pair.label)), OneLine.of(evaluation.name(pair.predicted)),
                Figure.count(pair.count), Figure.share(Double(pair.count) / Double(report.classes[pair.label].count)),
            ]
        }
        return ["the most frequent confusions of \(report.classCount) classes:"]
            + TextColumns(heads: ["label", "predicted", "examples", "of the label"], rows, left: 2).lines
    }

    /// Tables of more classes show those that are told apart worst.
    private static let mostClasses = 30

    private var classes: [String] {
        guard let report = evaluation.classes else { return [] }
        var chosen = Array(report.classes.enumerated())
        var title: [String] = []
        if chosen.count > Self.mostClasses {
            title = ["the \(Self.mostClasses) of \(chosen.count) classes that are told apart worst:"]
            chosen = chosen.filter { $0.element.count > 0 }
            chosen.sort { ($0.element.f1 ?? 0, $0.offset) < ($1.element.f1 ?? 0, $1.offset) }
            chosen = Array(chosen.prefix(Self.mostClasses))
        }
        func row(_ name: String, _ precision: Double?, _ recall: Double?, _ f1: Double?, _ count: Int) -> [String] {
            [name] + [precision, recall, f1].map { $0.map { Figure.share($0) } ?? "-" } + [Figure.count(count)]
        }
        var rows = chosen.map { label, figures in
            row(OneLine.of(evaluation.name(label)), figures.precision, figures.recall, figures.f1, figures.count)
        }
        rows.append(
            row("mean", report.macro(\.precision), report.macro(\.recall), report.macro(\.f1), report.count))
        return title + TextColumns(heads: ["class", "precision", "recall", "F1", "examples"], rows, left: 1).lines
    }

    /// Columns of the bars of the calibration.
    private static let bar = 40

    private var calibration: [String] {
        guard let calibration = evaluation.calibration else { return [] }
        let title =
            "calibration: expected error \(Figure.share(calibration.expectedError)), largest "
            + "\(Figure.share(calibration.maximumError)), \(calibration.bins.count) bins; a bar is the share that is right, | what "
            + "was promised"
        let rows = calibration.bins.filter { $0.count > 0 }.map { bin in
            [
                "\(Figure.share(bin.range.lowerBound)) to \(Figure.share(bin.range.upperBound))",
                Figure.count(bin.count), Figure.share(bin.confidence), Figure.share(bin.accuracy),
            ]
        }
        let lines = TextColumns(heads: ["probability", "examples", "promised", "right"], rows, left: 1).lines
        let bars = calibration.bins.filter { $0.count > 0 }.map { bin in
            let (right, promised) = (bin.accuracy ?? 0, bin.confidence ?? 0)
            let length = Int((right * Double(Self.bar)).rounded())
            let mark = min(Self.bar - 1, Int(promised * Double(Self.bar)))
            return (0..<Self.bar).map { column in
                column == mark ? "|" : column < length ? (brush.isASCII ? "#" : "▆") : (brush.isASCII ? "." : "·")
            }.joined()
        }
        return [title] + zip(lines, [""] + bars).map { line, bar in bar.isEmpty ? line : "\(line)  \(bar)" }
    }

    /// Several outputs, each alone.
    private var outputs: [String] {
        guard let regression = evaluation.regression, regression.outputs.count > 1 else { return [] }
        let rows = regression.outputs.prefix(Self.mostClasses).enumerated().map { place, output in
            [
                "\(place)", Figure.plain(output.rootMeanSquaredError), Figure.plain(output.meanAbsoluteError),
                Figure.plain(output.determination),
            ]
        }
        let more = regression.outputs.count - rows.count
        return TextColumns(heads: ["output", "rmse", "mean absolute", "R2"], rows, left: 1).lines
            + (more > 0 ? ["... and \(more) more, which --json has"] : [])
    }

    private var worst: [String] {
        let worst = predictions.worst(options.worst)
        guard !worst.isEmpty else { return [] }
        let rows = worst.map { example -> [String] in
            let loss = Figure.plain(predictions.losses[example])
            return switch predictions.truth {
            case .classes(let labels):
                [
                    "\(evaluation.index(example))", OneLine.of(evaluation.name(Int(labels[example]))),
                    predicted(example), probability(example), loss,
                ]
            case .values(let values):
                [
                    "\(evaluation.index(example))",
                    Self.list(values[example * predictions.width..<(example + 1) * predictions.width]),
                    Self.list(predictions.row(example)), "", loss,
                ]
            }
        }
        let score = predictions.areProbabilities ? "probability" : predictions.labels == nil ? "" : "output"
        return ["predicted worst:"]
            + TextColumns(heads: ["index", "label", "predicted", score, "loss"], rows, left: 0).lines
    }

    private func predicted(_ example: Int) -> String {
        predictions.predicted(example).map { OneLine.of(evaluation.name($0)) } ?? "-"
    }

    private func probability(_ example: Int) -> String {
        guard let predicted = predictions.predicted(example) else { return "-" }
        let row = predictions.row(example)
        let score = Double(row[row.startIndex + predicted])
        return predictions.areProbabilities ? Figure.share(score) : Figure.plain(score)
    }

    private static func list(_ numbers: ArraySlice<Float>) -> String {
        numbers.prefix(4).map { Figure.plain(Double($0)) }.joined(separator: ", ") + (numbers.count > 4 ? ", ..." : "")
    }

    /// The worst examples themselves, where they are pictures.
    private var pictures: [String] {
        let (examples, shape) = (evaluation.set.examples, evaluation.set.examples.storedShape)
        guard options.drawsWorst, shape.rank == 3 else { return [] }
        let all = predictions.worst(options.worst).map { example -> (picture: PictureText, captions: [String]) in
            let picture = PictureText(examples.stored(example), shape: shape, brush)
            var captions = ["index \(evaluation.index(example))"]
            if let labels = predictions.labels {
                let arrow = brush.isASCII ? "->" : "→"
                captions.append("\(OneLine.of(evaluation.name(Int(labels[example])))) \(arrow) \(predicted(example))")
            }
            captions.append("loss \(Figure.plain(predictions.losses[example]))")
            return (picture, captions)
        }
        guard let first = all.first else { return [] }
        let width = max(first.picture.width, all.flatMap { $0.captions.map(\.count) }.max() ?? 0)
        let abreast = max(1, (brush.width + 2) / (width + 2))
        var lines: [String] = []
        for start in stride(from: 0, to: all.count, by: abreast) {
            let row = all[start..<min(all.count, start + abreast)]
            if start > 0 { lines.append("") }
            for line in first.picture.lines.indices {
                lines.append(
                    row.map { $0.picture.lines[line] + String(repeating: " ", count: width - $0.picture.width) }
                        .joined(separator: "  "))
            }
            for caption in first.captions.indices {
                lines.append(row.map { $0.captions[caption].leftAligned(in: width) }.joined(separator: "  "))
            }
        }
        return lines.map { brush.colors == nil ? TextColumns.trimmed($0) : $0 }
    }
}
