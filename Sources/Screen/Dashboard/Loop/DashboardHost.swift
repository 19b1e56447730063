import Runs

/// What the dashboard's effects are done to: a terminal, a run and a disk, or what stands for them in a test.
package protocol DashboardHost {
    /// Sends a command of the person to the run.
    mutating func send(_ command: RunCommand)
    /// Draws every cell anew.
    mutating func redraw()
    /// Stops the process the way Ctrl-Z does; the screen says so before.
    mutating func suspend(showing state: DashboardState)
    /// Rings the terminal's bell.
    mutating func ring()
    /// Shows a theme from now on.
    /// - Returns: why that cannot be, nil where it is done.
    mutating func show(theme name: String) -> String?
    /// Writes what is shown into a file.
    mutating func export(_ request: ExportRequest, of state: DashboardState) -> ExportAnswer
    /// Sends the numbers of a panel to the terminal's clipboard.
    /// - Returns: how many rows they are, and why they could not be sent.
    mutating func copy(_ panel: PanelID, of state: DashboardState) -> (rows: Int, problem: String?)
    /// Takes the mouse, or lets the terminal have it.
    mutating func takeMouse(_ isOurs: Bool)
    /// Writes the weights of a run that has ended, or begins to; of one that is alive it looks whether they can go there.
    mutating func save(_ request: SaveRequest, isOver: Bool) -> SaveAnswer
    /// Shows a series of the run's files as another number, of a run that is read from such.
    mutating func choose(_ tag: String, as use: TagUse)
    /// Sees to it that the run can be left going without this terminal, or begins to.
    mutating func detach() -> DetachAnswer
}

/// A host that the dashboard lives in from moment to moment.
package protocol LiveDashboardHost: DashboardHost {
    /// Whether the terminal has, as far as one can know, taken all that was sent.
    mutating func outputIsEmpty() -> Bool
    /// What happened since.
    mutating func news(since cursor: RunCursor) -> DashboardLoop.News
    /// Processor time of this thread in all.
    var cpuSeconds: Double { get }
    /// Draws a frame of a state.
    mutating func draw(_ state: DashboardState)
    /// Names the window.
    mutating func name(window title: String)
}

extension DashboardHost {
    /// A run that lives elsewhere can be left at any time.
    package mutating func detach() -> DetachAnswer { .ready }

    /// Most runs are read from no tags.
    package mutating func choose(_ tag: String, as use: TagUse) {}

    /// Does what the reducer asks for, one after the other, and tells it what came of it.
    package mutating func perform(_ effects: [Effect], for state: inout DashboardState) {
        for effect in effects {
            switch effect {
            case .send(let command): send(command)
            case .redraw: redraw()
            case .suspend: suspend(showing: state)
            case .bell: ring()
            case .theme(let name): _ = state.reduce(.themed(name, problem: show(theme: name)))
            case .copy(let panel):
                let answer = copy(panel, of: state)
                _ = state.reduce(.copied(rows: answer.rows, problem: answer.problem))
            case .mouse(let isOurs): takeMouse(isOurs)
            case .choose(let tag, let use): choose(tag, as: use)
            case .save(let request):
                let answer = save(request, isOver: state.run.phase.isFinished)
                perform(state.reduce(.saved(request, answer)), for: &state)
            case .detach: _ = state.reduce(.detached(detach()))
            case .export(let request): _ = state.reduce(.exported(request, export(request, of: state)))
            }
        }
    }
}

extension DashboardLoop {
    /// Takes an event and does in the host what comes of it; its questions are answered at the same moment.
    package mutating func run(_ event: Event, at now: Double, in host: inout some LiveDashboardHost) {
        for action in handle(event, at: now) {
            switch action {
            case .perform(let effects): host.perform(effects, for: &state)
            case .askForOutput: run(.output(isEmpty: host.outputIsEmpty()), at: now, in: &host)
            case .askForNews(let cursor):
                run(.news(host.news(since: cursor)), at: now, in: &host)
                run(.frameEnded(cpuSeconds: host.cpuSeconds), at: now, in: &host)
            case .draw: host.draw(state)
            case .title(let title): host.name(window: title)
            }
        }
    }
}
