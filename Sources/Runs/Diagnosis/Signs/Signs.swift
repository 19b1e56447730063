import Runs

/// All that the rules judge by: what the reports of a run so far came to. Takes each in O(1) of the steps before it.
package struct Signs: Hashable, Sendable, Codable {
    /// The update that was reported last; -1 before the first.
    package private(set) var step = -1
    /// The branch it was made on.
    package private(set) var branch = 0
    /// Its rate, and the highest so far.
    package private(set) var rate = 0.0
    /// The highest rate so far.
    package private(set) var highestRate = 0.0
    /// The update before which somebody changed the rate last.
    package private(set) var rateChangedAt: Int?
    /// Whether the newest step was not finite; what that was, in words.
    package private(set) var notFinite: String?
    /// The course of the training loss.
    package private(set) var loss: LossSigns
    /// Share classified right over a period.
    package private(set) var accuracy: Average
    /// What is usual of the gradient's norm, before the newest.
    package private(set) var usualGradient = LogAverage(over: 100)
    /// 2-norm of the newest gradient, before clipping.
    package private(set) var gradientNorm = Double.nan
    /// What is usual of the largest ratio of update to weights.
    package private(set) var usualRatio: LogAverage
    /// What the newest update that was measured did.
    package private(set) var update: UpdateSigns
    /// Decay over the data's gradient, usually.
    package private(set) var usualDecay = LogAverage(over: 50)
    /// Where the rate fell to nearly nothing.
    package private(set) var drop: DropSigns?
    /// Where it began to fall.
    package private(set) var cut: CutSigns?
    /// The layers as they were measured last, and how often they were.
    package private(set) var layers: [LayerSigns] = []
    /// How often the layers were measured.
    package private(set) var layersMeasured = 0
    /// The newest probe's shares of dead units.
    package private(set) var dead: [Double] = []
    /// Units of each watched layer.
    package private(set) var deadUnits: [Int] = []
    /// How many probes there were.
    package private(set) var probes = 0
    /// Whether there were many at the first probe.
    package private(set) var wasDeadAtOnce = false
    /// Examples of a probe.
    package private(set) var probeExamples = 0
    /// The loss of one batch with its own statistics, and with the running ones.
    package private(set) var modes: ModeSigns?
    /// What evaluations say.
    package private(set) var evaluations = EvaluationSigns()
    /// Layers that somebody froze.
    package private(set) var frozen: Set<String> = []

    /// Numbers of the newest update.
    package struct UpdateSigns: Hashable, Sendable, Codable {
        /// The largest norm of a layer's update over that of its weights.
        package var ratio = Double.nan
        /// The place of that layer among the watched ones.
        package var layer = 0
        /// 2-norm of all weights.
        package var weightNorm = Double.nan
        /// That of the first update that was measured.
        package var firstWeightNorm = Double.nan
        /// The weight decay in force.
        package var weightDecay = 0.0
        /// The largest ratio of the first updates, and the update that had it.
        package var largestAtFirst = 0.0
        /// The update that had the largest ratio of the first.
        package var largestAt = 0
    }

    /// Where the rate fell to less than half of its highest.
    package struct CutSigns: Hashable, Sendable, Codable {
        /// By which share the average loss had fallen in the window before.
        package var fallen: Double
    }

    /// Where the rate fell below a twentieth of its highest.
    package struct DropSigns: Hashable, Sendable, Codable {
        /// The update at which it did.
        package var step: Int
        /// The average loss then, and by which share it had fallen in the window before.
        package var loss: Double
        /// By which share the loss had fallen in the window before.
        package var fallen: Double
    }

    /// One batch in both modes.
    package struct ModeSigns: Hashable, Sendable, Codable {
        /// Its loss with its own statistics.
        package var training: Double
        /// Its loss with the running ones.
        package var evaluation: Double
    }

    /// Before the first report.
    package init(_ subject: RunSubject) {
        loss = LossSigns(window: subject.window, period: subject.period)
        accuracy = Average(over: subject.period)
        usualRatio = LogAverage(over: subject.period)
        update = UpdateSigns()
    }

    mutating func take(_ report: StepReport, _ made: UpdateReport?, isDecoupled: Bool) {
        step = report.step
        branch = report.branch
        rate = report.learningRate
        highestRate = max(highestRate, rate)
        gradientNorm = report.gradientNorm
        loss.take(report.loss)
        accuracy.take(report.accuracy)
        notFinite = nil
        guard let made else { return }
        update.ratio = made.largestRatio
        update.layer = made.layer
        update.weightNorm = made.weightNorm
        if update.firstWeightNorm.isNaN { update.firstWeightNorm = made.weightNorm }
        update.weightDecay = made.weightDecay
        if step < 20, made.largestRatio > update.largestAtFirst, step > 0 || made.largestRatio > 0.5 {
            (update.largestAtFirst, update.largestAt) = (made.largestRatio, step)
        }
        usualRatio.take(made.largestRatio)
        if made.weightDecay > 0 {
            let pull =
                isDecoupled
                ? made.weightDecay * rate * made.weightNorm / max(made.updateNorm, 1e-30)
                : (2 * made.weightDecay * max(0, report.penalty)).squareRoot() / max(report.gradientNorm, 1e-30)
            usualDecay.take(pull)
        }
        noteDrop()
    }

    /// What is usual does not include what is judged by it.
    mutating func settle() { usualGradient.take(gradientNorm) }

    private mutating func noteDrop() {
        guard rate < highestRate / 2 else {
            (drop, cut) = (nil, nil)
            return
        }
        // Before the window is full, since the first loss.
        guard let before = loss.before ?? loss.first, before > 0 else { return }
        let fallen = 1 - loss.now / before
        if cut == nil { cut = CutSigns(fallen: fallen) }
        if rate >= highestRate / 20 {
            drop = nil
        } else if drop == nil {
            drop = DropSigns(step: step, loss: loss.now, fallen: max(fallen, cut?.fallen ?? 0))
        }
    }

    mutating func takeNotFinite(_ words: String) { notFinite = words }

    /// Written over in place, so that it allocates nothing after the first time.
    mutating func takeLayers(_ count: Int, _ measured: (Int) -> LayerSigns) {
        if layers.count == count {
            for index in 0..<count { layers[index] = measured(index) }
        } else {
            layers = (0..<count).map(measured)
        }
        layersMeasured += 1
    }

    /// The same.
    mutating func takeProbe(_ examples: Int, units: [Int], _ share: (Int) -> Double) {
        func known(_ layer: Int) -> Double { (0...1).contains(share(layer)) ? share(layer) : .nan }
        if dead.count == units.count {
            for index in units.indices { dead[index] = known(index) }
        } else {
            dead = units.indices.map(known)
        }
        if probes == 0 { wasDeadAtOnce = dead.contains { $0 > 0.4 } }
        deadUnits = units
        probeExamples = examples
        probes += 1
    }

    mutating func take(_ both: ModeSigns) { modes = both }

    mutating func take(_ report: EvaluationReport) { evaluations.take(report) }

    mutating func noteFar(_ isFar: Bool) { evaluations.isFarFromTheFirst = evaluations.isFarFromTheFirst && isFar }

    mutating func take(_ receipt: Receipt) {
        guard receipt.isAccepted else { return }
        switch receipt.command {
        case .freeze(let name): frozen.insert(name)
        case .unfreeze(let name): frozen.remove(name)
        default: break
        }
        if case .accepted(let old?, let new?) = receipt.outcome, !receipt.command.tunes, old != new,
            receipt.command.changesNumbers
        {
            rateChangedAt = receipt.position.step
        }
    }

    /// Whether the rate has stood for a while, so that what is seen is of it.
    package func hasSettled(for steps: Int) -> Bool { rateChangedAt.map { step - $0 >= steps } ?? true }
}
