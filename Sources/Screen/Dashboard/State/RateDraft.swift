import Charts
import Runs

/// What the text of the rate sheet or of the palette would do, computed before anything is sent.
package struct RateDraft: Hashable, Sendable {
    /// What becomes of the plan.
    package enum Mode: Hashable, Sendable {
        /// The value is held, whatever the plan says.
        case hold
        /// The plan is followed, rescaled so that it says the value now.
        case rescale
        /// Whatever is done now goes on, with another rate.
        case keep
    }

    /// The rate of the next update now.
    package let old: Double
    /// And with the change; nil while the text says nothing that can be done.
    package private(set) var new: Double?
    /// What Enter sends.
    package private(set) var command: RunCommand?
    /// What would decide the rate then; nil while the text says nothing that can be done.
    package private(set) var steering: RateSteering?
    /// The highest rate that it would lead to where that is above the one typed.
    package private(set) var peak: Double?
    private var description = ""
    /// What is wrong with the text and what would be right; nil where nothing is, or the field is empty.
    package private(set) var error: String?

    /// - Parameter text: a number, `*0.5` (also `x` and `×`) or `/3` (also `÷`).
    package init(text: String, mode: Mode, status: RunStatus, description run: RunDescription) {
        old = status.learningRate
        guard let typed = TypedNumber(text) else { return }
        let (number, factor): (Double, Double?)
        switch typed {
        case .mistake(let words):
            error = words
            return
        case .value(let value) where value <= 0:
            error = "the rate must be above 0"
            return
        case .value(let value): (number, factor) = (value, nil)
        case .factor(let value): (number, factor) = (value, value)
        }
        let target = factor.map { old * $0 } ?? number
        guard target.isFinite, target > 0, factor.map({ $0.isFinite && $0 > 0 }) ?? true else {
            error =
                old > 0 || factor == nil
                ? "the rate would be \(Figure.plain(target)): it must be above 0"
                : "the rate is 0 here: type a number and hold it (tab)"
            return
        }
        let command: RunCommand
        switch (mode, factor) {
        case (.hold, nil): command = .setLearningRate(number)
        case (.hold, let factor?): command = .holdLearningRate(factor)
        // A held rate stands still: what it is times the factor is the rate that the plan is to say.
        case (.rescale, _) where factor == nil || status.control.isHeld:
            guard run.schedule.rate(at: status.position.step) > 0 else {
                error = "the planned rate is 0 here: hold the number instead (tab)"
                return
            }
            command = .rescaleSchedule(target)
        case (_, let factor): command = .scaleLearningRate(factor ?? 1)
        }
        take(command, status, run)
    }

    /// What it will do: `rate 0.0342 → 0.0171, plan × 0.5 from here on`; empty while there is nothing to say.
    /// - Parameter keys: how the key is called that ends a hold.
    package func words(_ keys: KeyTable) -> String {
        guard steering?.control.isHeld == true, let key = keys.name(of: .followSchedule) else { return description }
        return "\(description) until \(key)"
    }

    /// The draft of the sheet that is open.
    package init(_ sheet: Overlay.RateSheet, status: RunStatus, description run: RunDescription) {
        self.init(
            text: sheet.field.text, mode: sheet.holds ? .hold : .rescale, status: status, description: run)
    }

    /// Whether a new rate is held unless somebody says otherwise: where one is held now, and where the plan still rises, so that a
    /// rate typed in its warm-up is not another one a few steps later.
    package static func holds(_ status: RunStatus, description run: RunDescription) -> Bool {
        let step = status.position.step
        guard !status.control.isHeld else { return true }
        return step + 1 < run.lengths.totalSteps
            && run.schedule.rate(at: step + 1) > run.schedule.rate(at: step)
    }

    private mutating func take(_ command: RunCommand, _ status: RunStatus, _ run: RunDescription) {
        let (step, total) = (status.position.step, run.lengths.totalSteps)
        var steering = RateSteering(control: status.control, rests: run.schedule.rests)
        _ = steering.take(
            command, from: .person, at: step, schedule: run.schedule, stepsPerEpoch: run.lengths.stepsPerEpoch)
        let rate = steering.rate(at: step, schedule: run.schedule)
        let highest = steering.control.peak(from: step, total: total, schedule: run.schedule)
        new = rate
        self.command = command
        self.steering = steering
        peak = highest.isAbove ? highest.rate : nil
        description = "rate \(Figure.plain(old)) → \(Figure.plain(rate)), "
        guard let multiplier = steering.control.multiplier else {
            description += "held"
            return
        }
        description += "plan \(Figure.factor(multiplier)) from here on"
        if let peak { description += ", peak \(Figure.plain(peak))" }
    }
}

extension DashboardState {
    /// What would decide the rate once what is typed, edited or collected now is sent; nil where nothing is, and after the end.
    package var draftedRate: RateSteering? {
        let run = run.live
        guard !run.status.phase.isFinished else { return nil }
        if let draft = overlay.scheduleDraft(of: run) {
            return draft.schedule.map { RateSteering(rests: $0.rests) }
        }
        if let draft = overlay.rateDraft(of: run) { return draft.steering }
        guard let staged = steering.stagedRate else { return nil }
        return RateSteering(
            control: run.status.control.scaled(by: staged.factor), rests: run.description.schedule.rests)
    }

    /// The highest rate to which the presses collected so far lead, where it is above the one they lead to at once.
    package var stagedPeak: Double? {
        guard let staged = steering.stagedRate else { return nil }
        let (status, description) = (run.live.status, run.live.description)
        let peak = status.control.scaled(by: staged.factor).peak(
            from: status.position.step, total: description.lengths.totalSteps, schedule: description.schedule)
        return peak.isAbove ? peak.rate : nil
    }
}
