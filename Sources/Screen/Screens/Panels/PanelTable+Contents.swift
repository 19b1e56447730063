import Dashboard
import History
import Runs

/// Tables that several panels have.
extension PanelTable {
    // MARK: Steps

    /// Everything about each step, with the evaluations.
    static func steps(of state: DashboardState) -> PanelTable {
        let history = state.run.history
        let evaluations = Dictionary(
            history.evaluations.map { ($0.position.step, $0) }, uniquingKeysWith: { $1 })
        let shown = shownSteps(of: state)
        // An evaluation carries the updates finished before it: one more than the last step.
        var due = evaluations.keys.filter { shown.contains($0 - 1) }.sorted()[...]
        return steps(
            of: state,
            [
                "loss", "smoothedLoss", "accuracy", "learningRate", "gradientNorm", "validationLoss",
                "validationAccuracy",
            ], averaging: .loss, in: state.view.isLogarithmic(.loss, of: history) ? .logarithmic : .linear
        ) { values, average in
            var row = [
                number(values[.loss]), number(average ?? .nan), number(values[.accuracy]),
                number(values[.learningRate]),
                number(values[.gradientNorm]), "", "",
            ]
            if let next = due.first, next - 1 <= values.step, let report = evaluations[next] {
                due.removeFirst()
                row[5] = number(report.loss)
                row[6] = number(report.accuracy)
            }
            return row
        }
    }

    /// The rate of each step, and what was planned for it.
    static func rates(of state: DashboardState) -> PanelTable {
        let schedule = state.run.history.description.schedule
        return steps(of: state, ["learningRate", "plannedRate"], averaging: nil) { values, _ in
            [number(values[.learningRate]), number(schedule.rate(at: values.step))]
        }
    }

    /// The share of each batch that was classified right, its average, and that of the evaluations.
    static func accuracies(of state: DashboardState) -> PanelTable {
        let shown = shownSteps(of: state)
        // An evaluation carries the updates finished before it: one more than the last step.
        var due = state.run.history.evaluations.filter { shown.contains($0.position.step - 1) }[...]
        return steps(
            of: state, ["accuracy", "smoothedAccuracy", "validationAccuracy"], averaging: .accuracy, in: .linear
        ) { values, average in
            let evaluation = due.first.flatMap { $0.position.step - 1 <= values.step ? $0 : nil }
            if evaluation != nil { due.removeFirst() }
            return [number(values[.accuracy]), number(average ?? .nan), number(evaluation?.accuracy)]
        }
    }

    /// The norm of each step's gradient, and its average as a panel draws it.
    static func gradientNorms(of state: DashboardState, in panel: PanelID) -> PanelTable {
        let isLogarithmic = state.view.isLogarithmic(panel, of: state.run.history)
        return steps(
            of: state, ["gradientNorm", "smoothedGradientNorm"], averaging: .gradientNorm,
            in: isLogarithmic ? .logarithmic : .linear
        ) { values, average in
            [number(values[.gradientNorm]), number(average ?? .nan)]
        }
    }

    /// One row a step of the shown range; steps so old that only their means are kept, as one row of them.
    private static func steps(
        of state: DashboardState, _ columns: [String], averaging metric: Metric?, in space: AverageSpace = .linear,
        _ row: (StepValues, _ average: Double?) -> [String]
    ) -> PanelTable {
        var table = PanelTable(["step", "epoch"] + columns)
        let history = state.run.history
        let shown = shownSteps(of: state)
        guard let first = shown.first, let last = shown.last else { return table }
        let lengths = history.description.lengths
        let averages =
            metric.map {
                history.series.smoothed($0, over: Double(first)...Double(last + 1), count: last - first + 1, in: space)
            } ?? []
        var previous = first - 1
        for step in shown {
            guard let values = history.series.values(at: Double(step)), values.step > previous else { continue }
            previous = values.step
            let average = averages.isEmpty ? nil : averages[min(max(0, values.step - first), averages.count - 1)]
            table.add(
                [String(values.step), String(lengths.stepsPerEpoch > 0 ? lengths.epoch(of: values.step) : values.step)]
                    + row(values, average))
        }
        return table
    }

    /// The steps that are known and shown.
    private static func shownSteps(of state: DashboardState) -> Range<Int> {
        guard let known = state.run.history.series.stepRange else { return 0..<0 }
        let shown = state.xRange
        let first = max(known.lowerBound, Int(max(0, shown.lowerBound).rounded(.up)))
        let last = min(known.upperBound, Int(min(shown.upperBound, 1e15).rounded(.down)))
        return first <= last ? first..<last + 1 : 0..<0
    }

    // MARK: Layers

    /// The statistics measured last, one row a layer that is listed, in the order of the list.
    static func layers(of state: DashboardState) -> PanelTable {
        var table = PanelTable(
            "layer", "kind", "step", "mean", "std", "minimum", "maximum", "zeros", "saturated", "neverFired",
            "signalNorm", "gradientNorm", "updateRatio", "unitStd")
        guard let report = state.run.history.latestLayers else { return table }
        for index in state.visibleLayers where index < report.layers.count {
            let layer = state.run.history.description.layers[index]
            let values = report.layers[index]
            let numbers = [
                values.mean, values.std, Double(values.minimum), Double(values.maximum), values.zeros, values.saturated,
                values.neverFired, values.signalNorm, values.gradientNorm, values.updateRatio,
                values.unitStd,
            ]
            table.add([layer.name, layer.kind, String(report.position.step)] + numbers.map { number($0) })
        }
        return table
    }

    /// Everything measured of one layer in the shown range, one row a measurement.
    static func layer(_ index: Int, of state: DashboardState) -> PanelTable {
        var table = PanelTable([
            "step", "mean", "std", "minimum", "maximum", "zeros", "saturated", "neverFired", "signalNorm",
            "gradientNorm", "updateRatio",
        ])
        let shown = state.xRange
        for report in state.run.history.layerHistory.reports
        where shown.contains(Double(report.position.step)) && report.layers.indices.contains(index) {
            let values = report.layers[index]
            let numbers = [
                values.mean, values.std, Double(values.minimum), Double(values.maximum), values.zeros, values.saturated,
                values.neverFired, values.signalNorm, values.gradientNorm, values.updateRatio,
            ]
            table.add([String(report.position.step)] + numbers.map { number($0) })
        }
        return table
    }

    /// Some of the layers' numbers whenever they were measured in the shown range: one row a layer and measurement.
    static func layerHistory(
        of state: DashboardState, _ columns: KeyValuePairs<String, KeyPath<LayerStatistics, Double>>
    ) -> PanelTable {
        var table = PanelTable(["step", "layer", "kind"] + columns.map(\.key))
        let shown = state.xRange
        let listed = state.visibleLayers.sorted()
        for report in state.run.history.layerHistory.reports where shown.contains(Double(report.position.step)) {
            for index in listed where report.layers.indices.contains(index) {
                let layer = state.run.history.description.layers[index]
                table.add(
                    [String(report.position.step), layer.name, layer.kind]
                        + columns.map { number(report.layers[index][keyPath: $0.value]) })
            }
        }
        return table
    }

    // MARK: Samples

    /// Something of each sample in the shown range; samples without it are left out.
    static func samples(
        of state: DashboardState, _ columns: [String], _ row: (SystemSample) -> [String]?
    ) -> PanelTable {
        var table = PanelTable(["step", "seconds"] + columns)
        let shown = state.xRange
        for sample in state.run.history.samples where shown.contains(Double(sample.position.step)) {
            guard let fields = row(sample) else { continue }
            table.add([String(sample.position.step), number(sample.seconds)] + fields)
        }
        return table
    }

    // MARK: Words

    /// What happened in the run, as far as it is listed.
    static func events(of state: DashboardState) -> PanelTable {
        var table = PanelTable("step", "who", "what")
        let sought = state.view.log.filter
        for index in state.run.history.events.indices
        where sought.isEmpty || LogPanel.isSought(index, sought, in: state.run.history) {
            table.add(event(index, of: state))
        }
        return table
    }

    /// What happened and what the process printed, in the order in which it came.
    static func story(of state: DashboardState) -> PanelTable {
        var table = PanelTable("step", "who", "what")
        let story = state.storyRows
        for row in 0..<story.count {
            switch story[row] {
            case .event(let index): table.add(event(index, of: state))
            case .output(let index):
                let line = state.story.output.lines[index]
                table.add([String(line.step), line.stream.name, line.text])
            }
        }
        return table
    }

    private static func event(_ index: Int, of state: DashboardState) -> [String] {
        let words = state.run.history.words(at: index)
        return [String(words.step), words.who, words.long]
    }
}
