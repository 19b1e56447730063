import Cells
import Charts
import History
import Runs

/// The sheet that goes back in time: the moment is where the charts' cursor stands, the rate may be typed.
package struct RewindSheet: Hashable, Sendable {
    /// The rate as it is typed; empty for that of then.
    package var field = TextField()
    /// When the sheet was opened, in monotonic seconds.
    package let openedAt: Double
    /// What is wrong, said under the field.
    package var error: String?

    /// What the sheet would do, as far as the run's history tells.
    package struct Draft: Hashable, Sendable {
        /// The update before which the run would stand.
        package let step: Int
        /// The numbers of that update as it was made; nil where none is known.
        package let then: StepValues?
        /// The rate from then on; nil where none is known.
        package private(set) var rate: Double?
        /// What Enter sends; nil while something stands against it.
        package private(set) var command: RunCommand?
        /// Why nothing can be sent.
        package private(set) var error: String?
    }

    /// What Enter would send with the cursor at a step.
    package func draft(cursor: Double?, of run: RunHistory) -> Draft {
        let step = max(0, Int((cursor ?? 0).rounded()))
        var draft = Draft(step: step, then: run.series.values(at: Double(step)))
        draft.decide(field.text, run)
        return draft
    }

    /// Takes a key that is no movement.
    /// - Returns: the command, once Enter has decided on one.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> RunCommand? {
        guard key == .enter else {
            if field.edit(key) { error = nil }
            return nil
        }
        if let reason = situation.sheetRefusal(openedAt: openedAt) {
            error = reason
            return nil
        }
        let draft = draft(cursor: situation.view.charts.cursorStep, of: situation.run.live)
        error = draft.error
        return draft.command
    }

    /// How a key moves the moment; nil for those that edit the rate.
    static func movement(of key: InputEvent.Key) -> KeyCommand? {
        switch key {
        case .left: .left
        case .right: .right
        case .up: .previousMark
        case .down: .nextMark
        case .home: .top
        case .end: .bottom
        case .pageUp: .pageUp
        case .pageDown: .pageDown
        default: nil
        }
    }
}

extension RewindSheet.Draft {
    fileprivate mutating func decide(_ text: String, _ run: RunHistory) {
        var status = run.status
        let then = then?[.learningRate] ?? status.learningRate
        // What is typed is of the rate of then.
        status.progress.learningRate = then
        let typed = RateDraft(text: text, mode: .hold, status: status, description: run.description)
        if let problem = typed.error {
            error = problem
            return
        }
        rate = typed.new ?? then
        let rewind =
            switch typed.command {
            case .setLearningRate(let rate): Rewind(to: step, rate: rate)
            case .holdLearningRate(let factor): Rewind(to: step, scale: factor)
            default: Rewind(to: step)
            }
        error = run.refusal(of: .rewind(rewind))
        if error == nil { command = .rewind(rewind) }
    }
}
