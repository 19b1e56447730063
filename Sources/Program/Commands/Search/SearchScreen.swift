import Cells
import Charts
import CursesTerminal
import Machine
import RunStore
import Screens
import Searching
import Themes

/// The screen of a search while another thread searches: trials and plots; Enter opens a trial's run in the dashboard and comes
/// back.
struct SearchScreen {
    private let desk: SearchDesk
    private let table: SearchTable
    private let options: ScreenOptions
    private var board: SearchBoard
    private let parameters: [SearchParameter]
    private var stamp = -1

    init(_ desk: SearchDesk, _ table: SearchTable, _ options: ScreenOptions) {
        (self.desk, self.table, self.options) = (desk, table, options)
        parameters = table.order.space.parameters
        board = SearchBoard(Self.subject(desk.view.state, table))
    }

    /// Shows it until somebody leaves, or a signal comes; a search that is over stays on the screen.
    mutating func show(_ screen: ScreenChoice) throws {
        while Interruption.count == 0 {
            let terminal = try Terminal(capabilities: screen.capabilities)
            let answer = wait(on: terminal, screen)
            terminal.close()
            guard case .open(let trial) = answer else { break }
            if try open(trial) { break }
        }
        desk.ask(.leave)
    }

    /// Takes keys until one leads off the screen.
    private mutating func wait(on terminal: Terminal, _ screen: ScreenChoice) -> SearchBoard.Answer {
        let palette = Palette(theme: screen.theme, depth: terminal.capabilities.colors)
        var hasDrawn = false
        while Interruption.count == 0 {
            if take() || !hasDrawn { draw(on: terminal, palette, screen) }
            hasDrawn = true
            for event in terminal.nextEvents(timeout: 100) {
                switch event {
                case .endOfInput: return .leave
                case .input(.key(.control("z"))): terminal.suspend()
                case .input(.key(let key)):
                    let answer = board.press(key)
                    switch answer {
                    case .nothing: break
                    case .pause(let trial): desk.ask(.pause(trial))
                    case .resume(let trial): desk.ask(.resume(trial))
                    case .stop(let trial): desk.ask(.stop(trial))
                    case .open, .leave: return answer
                    }
                case .input, .resized: break
                }
                draw(on: terminal, palette, screen)
            }
        }
        return .leave
    }

    private func draw(on terminal: Terminal, _ palette: Palette, _ screen: ScreenChoice) {
        terminal.draw(SearchBoardView(board, palette: palette, glyphs: screen.glyphs).draw(size: terminal.size))
    }

    /// Opens a trial's run: one that is alive is attached to, so that it can be steered, another is read from its files.
    /// - Returns: whether a signal came meanwhile.
    private func open(_ trial: Int) throws -> Bool {
        let fold = table.order.plan.folds.map { _ in desk.view.progress[trial]?.fold ?? 0 }
        let path = table.directory.run(trial, fold: fold)
        do {
            let isAlive = (try? RunDirectory.existing(path)).map { RunLock.isHeld($0) } ?? false
            _ =
                isAlive && !options.isReadOnly
                ? try AttachCommand.attach(path, comparing: [], options)
                : try WatchCommand.watch([path], RecordedTags(), options)
        } catch {
            // A run that has only just begun, or failed before it did, has nothing to show.
            return Interruption.signal != nil
        }
        return Interruption.signal != nil
    }

    /// Takes what is new; false where nothing is.
    private mutating func take() -> Bool {
        let view = desk.view
        guard view.stamp != stamp else { return false }
        stamp = view.stamp
        let subject = Self.subject(view.state, table)
        board.take(
            view.state.trials.map { row($0, view) }, progress: progress(view, subject), isOver: view.ending != nil,
            as: subject)
        return true
    }

    private func row(_ trial: SearchTrial, _ view: SearchDesk.View) -> SearchBoard.Trial {
        let progress = view.progress[trial.number]
        let outcome = view.state.outcome(of: trial)
        let values = parameters.map { parameter -> Double? in
            switch trial.values[parameter.path] {
            case .number(let number): number
            case .option(let option): Double(option)
            case nil: nil
            }
        }
        return SearchBoard.Trial(
            number: trial.number, cells: table.cells(trial, view.state, progress),
            score: view.state.score(of: trial)?.mean, values: values,
            isBad: outcome.map { [.failed, .notFinite, .runaway].contains($0) } ?? false,
            isAlive: outcome == nil && progress != nil, isPaused: outcome == nil && progress?.isPaused == true,
            isWaiting: outcome == nil && progress == nil)
    }

    private func progress(_ view: SearchDesk.View, _ subject: SearchBoard.Subject) -> String {
        let state = view.state
        let ended = state.trials.count { state.outcome(of: $0) != nil }
        let total = (try? SearchRounds(table.order).trialCount()) ?? state.trials.count
        var words = "\(ended) of \(total) trials have ended"
        let count = table.order.plan.roundCount
        if count > 1, let round = state.trials.last?.round { words += ", round \(round + 1) of \(count)" }
        if let best = state.best { words += "; best \(subject.figure) \(SearchTable.words(state.score(of: best)))" }
        switch view.ending {
        case .done: words += "; the search is over"
        case .failed(let reason): words += "; \(OneLine.of(reason))"
        case .left, nil: break
        }
        return words
    }

    private static func subject(_ state: SearchState, _ table: SearchTable) -> SearchBoard.Subject {
        let figure = table.figureName(state)
        return SearchBoard.Subject(
            name: OneLine.of(table.order.name), heads: table.heads(state),
            axes: table.order.space.parameters.map { axis($0) }, figure: figure, isHigherBetter: figure == "accuracy")
    }

    private static func axis(_ parameter: SearchParameter) -> SearchBoard.Axis {
        guard let (low, high) = parameter.bounds else {
            let options = (0..<(parameter.optionCount ?? 0)).map { OneLine.of(parameter.text(.option($0))) }
            return SearchBoard.Axis(name: parameter.shortName, options: options)
        }
        let kind: AxisScale.Kind = parameter.isLogarithmic ? .logarithmic : .linear
        return SearchBoard.Axis(
            name: parameter.shortName, scale: AxisScale(kind: kind, low: low, high: high > low ? high : low + 1))
    }
}
