import Cells
import Charts
import Dashboard

/// A search as a person moves in it: which trial is chosen, which plot is shown, what is asked before it is done.
package struct SearchBoard: Hashable, Sendable {
    /// One trial as it is shown.
    package struct Trial: Hashable, Sendable {
        /// From 0 on.
        package let number: Int
        /// Its cells, as many as there are columns; the second is its state.
        package let cells: [String]
        /// How good it is; nil where nobody knows.
        package let score: Double?
        /// By axis, what it has there: a number, or the place of an option; nil where the axis means nothing for it.
        package let values: [Double?]
        /// Whether it ended without a score that counts: not finite, run away, failed.
        package let isBad: Bool
        /// Whether a process trains it now.
        package let isAlive: Bool
        /// Whether it stands still.
        package let isPaused: Bool
        /// Whether it has yet to begin.
        package let isWaiting: Bool

        /// A trial's row.
        package init(
            number: Int, cells: [String], score: Double?, values: [Double?], isBad: Bool = false, isAlive: Bool = false,
            isPaused: Bool = false, isWaiting: Bool = false
        ) {
            (self.number, self.cells, self.score, self.values) = (number, cells, score, values)
            (self.isBad, self.isAlive, self.isPaused, self.isWaiting) = (isBad, isAlive, isPaused, isWaiting)
        }
    }

    /// A range as an axis of plots.
    package struct Axis: Hashable, Sendable {
        /// What it is called, in short.
        package let name: String
        /// From its low to its high end; a choice from half before its first option to half behind its last.
        package let scale: AxisScale
        /// What the options of a choice are called; empty of numbers.
        package let options: [String]

        /// An axis of numbers.
        package init(name: String, scale: AxisScale) { (self.name, self.scale, options) = (name, scale, []) }

        /// An axis of options.
        package init(name: String, options: [String]) {
            (self.name, self.options) = (name, options)
            scale = AxisScale(kind: .linear, low: -0.5, high: max(0.5, Double(options.count) - 0.5))
        }
    }

    /// What stays of a search: its columns, its axes, what decides.
    package struct Subject: Hashable, Sendable {
        /// What it is called.
        package let name: String
        /// The columns' heads.
        package let heads: [String]
        /// By parameter.
        package let axes: [Axis]
        /// What decides: accuracy or loss.
        package let figure: String
        /// Whether more of it is better.
        package let isHigherBetter: Bool

        package init(name: String, heads: [String], axes: [Axis], figure: String, isHigherBetter: Bool) {
            (self.name, self.heads, self.axes) = (name, heads, axes)
            (self.figure, self.isHigherBetter) = (figure, isHigherBetter)
        }
    }

    /// What is asked over the screen.
    package enum Sheet: Hashable, Sendable { case leave, stop(Int), help }

    /// What a key comes to outside the screen.
    package enum Answer: Hashable, Sendable {
        case nothing
        case pause(Int), resume(Int), stop(Int)
        /// Open the dashboard over a trial's run.
        case open(Int)
        /// Save everything and leave.
        case leave
    }

    /// What stays of it.
    package private(set) var subject: Subject
    /// In the order in which they are shown.
    package private(set) var trials: [Trial] = []
    /// How far it is, in words.
    package private(set) var progress = ""
    /// The chosen trial's number; nil before there is one.
    package private(set) var chosen: Int?
    /// What is asked.
    package private(set) var sheet: Sheet?
    /// Whether the best stand first, not the first.
    package private(set) var isByScore = true
    /// Which plot stands first, see `plots`.
    package private(set) var plot = 0
    /// Whether every trial has ended.
    package private(set) var isOver = false
    private var hasMoved = false

    package init(_ subject: Subject) { self.subject = subject }

    /// What one plot shows.
    package enum Plot: Hashable, Sendable {
        /// Two axes against each other, coloured by the score.
        case pair(Int, Int)
        /// An axis against the score.
        case single(Int)
    }

    /// The plots: ranges of numbers against each other, then each range alone.
    package var plots: [Plot] {
        let numbers = subject.axes.indices.filter { subject.axes[$0].options.isEmpty }
        let pairs = numbers.enumerated().flatMap { place, x in numbers.dropFirst(place + 1).map { Plot.pair(x, $0) } }
        let choices = subject.axes.indices.filter { !subject.axes[$0].options.isEmpty }
        return pairs + (numbers + choices).map { .single($0) }
    }

    /// Takes the trials as they are now, the first ones first.
    package mutating func take(_ trials: [Trial], progress: String, isOver: Bool, as subject: Subject) {
        (self.subject, self.progress, self.isOver) = (subject, progress, isOver)
        self.trials = isByScore ? sorted(trials) : trials.sorted { $0.number < $1.number }
        if !hasMoved || !trials.contains(where: { $0.number == chosen }) { chosen = self.trials.first?.number }
    }

    /// The best first; then what goes on, what ended badly and what waits.
    private func sorted(_ trials: [Trial]) -> [Trial] {
        trials.sorted { one, other in
            switch (one.isBad ? nil : one.score, other.isBad ? nil : other.score) {
            case (let a?, let b?) where a != b: return subject.isHigherBetter ? a > b : a < b
            case (_?, nil): return true
            case (nil, _?): return false
            default: break
            }
            if one.isAlive != other.isAlive { return one.isAlive }
            if one.isWaiting != other.isWaiting { return other.isWaiting }
            return one.number < other.number
        }
    }

    /// The best trial with a score.
    package var best: Trial? { sorted(trials).first { $0.score != nil && !$0.isBad } }

    /// Takes a key.
    package mutating func press(_ key: InputEvent.Key) -> Answer {
        if let sheet { return press(key, on: sheet) }
        let trial = trials.first { $0.number == chosen }
        switch KeyTable.standard.known(key) {
        case .up, .character("k"): move(by: -1)
        case .down, .character("j"): move(by: 1)
        case .pageUp: move(by: -10)
        case .pageDown: move(by: 10)
        case .home, .character("g"): move(by: -trials.count)
        case .end, .character("G"): move(by: trials.count)
        case .tab: plot = (plot + 1) % max(1, plots.count)
        case .backTab: plot = (plot + plots.count - 1) % max(1, plots.count)
        case .character("o"):
            isByScore.toggle()
            take(trials, progress: progress, isOver: isOver, as: subject)
        case .character(" "):
            guard let trial, trial.isAlive else { return .nothing }
            return trial.isPaused ? .resume(trial.number) : .pause(trial.number)
        case .character("s"):
            if let trial, trial.isAlive || trial.isWaiting { sheet = .stop(trial.number) }
        case .enter:
            guard let trial, !trial.isWaiting else { return .nothing }
            return .open(trial.number)
        case .character("?"): sheet = .help
        case .character("q"), .control("c"):
            if isOver { return .leave }
            sheet = .leave
        default: break
        }
        return .nothing
    }

    private mutating func press(_ key: InputEvent.Key, on sheet: Sheet) -> Answer {
        let isYes = KeyTable.standard.known(key) == .character("y")
        let isLeaving = sheet == .leave && (isYes || key == .control("c"))
        self.sheet = nil
        if isLeaving { return .leave }
        if case .stop(let trial) = sheet, isYes { return .stop(trial) }
        return .nothing
    }

    private mutating func move(by count: Int) {
        guard !trials.isEmpty else { return }
        hasMoved = true
        let place = trials.firstIndex { $0.number == chosen } ?? 0
        chosen = trials[min(max(0, place + count), trials.count - 1)].number
    }
}
