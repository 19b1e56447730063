import Cells
import History

/// How the charts over steps are shown; one x range serves all of them.
package struct ChartSettings: Hashable, Sendable {
    /// The share of the steps so far that lines are averaged over, 0 (off) to 0.5; see `MovingAverage`.
    package var smoothing = MovingAverage.usualShare
    /// Charts whose y axis is not of the kind that suits them by themselves: the loss, norms and trends are logarithmic,
    /// accuracy and rate linear.
    package var otherY: Set<PanelID> = []
    /// Whether the learning rate's screen has a logarithmic axis.
    package var logarithmicSchedule = false
    /// A logarithmic x axis, over steps and epochs.
    package var logarithmicX = false
    /// The zoomed range moves on with the newest step.
    package var follows = false
    /// What curves are made of where the person chose; nil is what the terminal shows best.
    package var glyphs: GlyphSet?
    /// The zoomed step range; nil fits the plan and follows the end.
    package var zoom: ClosedRange<Double>?
    /// The step under the read-out cursor.
    package var cursorStep: Double?
    /// What the x axis counts.
    package var xAxis = XAxis.steps

    /// What an x axis counts: steps, epochs, or seconds of training.
    package enum XAxis: Hashable, Sendable {
        case steps, epochs, time

        /// By the words that settings and commands take.
        package static let named: KeyValuePairs<String, XAxis> = ["epochs": .epochs, "steps": .steps, "time": .time]
    }

    /// Whether an axis is logarithmic, by the words that settings and commands take.
    package static let logarithmic: KeyValuePairs<String, Bool> = ["linear": false, "logarithmic": true]

    /// Everything as it is when a dashboard is opened for the first time.
    package init() {}

    /// Whether the loss has a logarithmic y axis, where it suits the loss.
    package var logarithmicLoss: Bool {
        get { !otherY.contains(.loss) }
        set { if newValue { otherY.remove(.loss) } else { otherY.insert(.loss) } }
    }

    /// How lines through noise are made.
    package var average: MovingAverage { MovingAverage(share: smoothing) }

    /// What `w` cycles through.
    static let smoothings = [0, 0.01, 0.03, 0.1]

    /// The next of the shares that `w` cycles through.
    var nextSmoothing: Double { Self.smoothings.first { $0 > smoothing } ?? Self.smoothings[0] }

    /// Steps, epochs, time, and steps again.
    mutating func switchXAxis() {
        xAxis =
            switch xAxis {
            case .steps: .epochs
            case .epochs: .time
            case .time: .steps
            }
    }

    // MARK: The zoomed range

    /// Shows all steps and no cursor.
    mutating func fit() {
        zoom = nil
        cursorStep = nil
        follows = false
    }

    /// Zooms by `factor` (above 1: closer) so that `step` stays where it is.
    package mutating func zoom(by factor: Double, around step: Double, on steps: ShownSteps) {
        let range = steps.range
        let whole = steps.fitting.upperBound
        let scale = steps.scale
        if scale.kind != .linear, let center = scale.fraction(min(max(step, range.lowerBound), range.upperBound)) {
            let low = max(0, scale.value(at: center - center / factor))
            let high = min(whole, scale.value(at: center + (1 - center) / factor))
            return zoom(from: low, to: high, on: steps)
        }
        let span = max(min(8, whole), (range.upperBound - range.lowerBound) / factor)
        guard span < whole else {
            zoom = nil
            return
        }
        let center = min(max(step, range.lowerBound), range.upperBound)
        let share = (center - range.lowerBound) / (range.upperBound - range.lowerBound)
        show(from: center - share * span, span: span, on: steps)
    }

    /// Shows the steps from one to another, at least 8 of them and none past the end.
    mutating func zoom(from start: Double, to end: Double, on steps: ShownSteps) {
        let span = max(min(8, steps.fitting.upperBound), end - start)
        if span < steps.fitting.upperBound { show(from: start, span: span, on: steps) } else { zoom = nil }
    }

    /// Moves the zoomed range by so many steps; does nothing where everything is shown.
    private mutating func pan(by count: Double, on steps: ShownSteps) {
        guard let zoom else { return }
        show(from: zoom.lowerBound + count, span: zoom.upperBound - zoom.lowerBound, on: steps)
    }

    /// Moves the zoomed range by a part of it, on the axis as it is drawn; does nothing where everything is shown.
    package mutating func pan(byShare share: Double, on steps: ShownSteps) {
        guard let zoom else { return }
        let scale = steps.scale
        if scale.kind == .linear { return pan(by: share * (zoom.upperBound - zoom.lowerBound), on: steps) }
        let (low, high) = (scale.value(at: share), scale.value(at: 1 + share))
        if low >= 0, high <= steps.fitting.upperBound { self.zoom(from: low, to: high, on: steps) }
    }

    /// Keeps the newest step inside the zoomed range while the range follows: it jumps by half of itself, and stands still
    /// in between.
    mutating func followEnd(on steps: ShownSteps) {
        guard follows, let zoom, let newest = steps.reported?.upperBound,
            Double(newest) > zoom.upperBound || Double(newest) < zoom.lowerBound
        else { return }
        let span = zoom.upperBound - zoom.lowerBound
        show(from: Double(newest) - span / 2, span: span, on: steps)
    }

    /// Goes on with the newest steps at the zoom there is.
    /// - Returns: whether there are a zoom and a step.
    mutating func follow(on steps: ShownSteps) -> Bool {
        guard let zoom, let newest = steps.reported?.upperBound else { return false }
        cursorStep = nil
        follows = true
        let span = zoom.upperBound - zoom.lowerBound
        if !zoom.contains(Double(newest)) {
            self.zoom(from: max(0, Double(newest) - span * 0.75), to: Double(newest) + span * 0.25, on: steps)
        }
        return true
    }

    private mutating func show(from start: Double, span: Double, on steps: ShownSteps) {
        let whole = steps.fitting.upperBound
        let low = min(max(0, start), max(0, whole - span))
        zoom = low...max(low + 1e-9, low + span)
    }

    // MARK: The cursor

    /// Moves the cursor by so many columns, from the run's last step where there is none yet.
    package mutating func moveCursor(columns: Int, on steps: ShownSteps) {
        let start = cursorStep ?? Double(steps.reported?.upperBound ?? 0)
        setCursor(steps.step(columns, columnsFrom: start), on: steps)
    }

    /// Puts the cursor at a step, at most the last one reported, and pans to it.
    package mutating func setCursor(_ step: Double, on steps: ShownSteps) {
        guard let reported = steps.reported else { return }
        mark(min(max(step, Double(reported.lowerBound)), Double(reported.upperBound)), on: steps)
    }

    /// Puts the cursor at a step, reported or not, and pans to it.
    mutating func mark(_ step: Double, on steps: ShownSteps) {
        cursorStep = step
        guard let zoom, !zoom.contains(step) else { return }
        let span = zoom.upperBound - zoom.lowerBound
        show(from: step - span / 2, span: span, on: steps)
    }
}
