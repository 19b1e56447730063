import Cells
import Dashboard
import History
import Runs
import Screens

/// A person at a dashboard with a virtual clock: presses keys, lets time pass, and collects what is sent.
struct Desk {
    var state: DashboardState
    var effects: [Effect] = []
    private var cursor = RunCursor()

    init(
        phase: RunPhase = .training, step: Int = 500, total: Int = 3750, hasValidation: Bool = true,
        control: LearningRateControl = .planned, rate: Double = 0.04
    ) {
        let description = RunDescription(
            name: "test",
            lengths: RunLengths(totalSteps: total, stepsPerEpoch: 125, batchSize: 64),
            schedule: Schedule(base: rate, total: total),
            layers: ["conv2d", "conv2d", "linear"].enumerated().map { index, kind in
                LayerDescription(
                    name: "\(index * 2)", kind: kind, outputShape: [8], activation: "relu", parameterCount: 10)
            },
            task: RunTask(
                loss: "crossEntropy", hasAccuracy: true, hasValidation: hasValidation, classCount: 10,
                trainingExamples: 8000, validationExamples: 2000),
            origin: RunOrigin(host: "here", blasKernel: "Haswell", threads: 2, seed: 1, directory: nil))
        state = DashboardState(history: RunHistory(description: description))
        state.run.history.status = RunStatus(
            phase: phase,
            progress: RunProgress(position: Position(step: step), epoch: 0, control: control, learningRate: rate))
        let steps = (0..<step).map { Self.report($0) }
        let full = steps.count / StepChunk.capacity * StepChunk.capacity
        let sealed = stride(from: 0, to: full, by: StepChunk.capacity).map {
            StepChunk(steps: Array(steps[$0..<$0 + StepChunk.capacity]))
        }
        lay([:])
        frame(changes: changes(sealed: sealed, tail: Array(steps[full...])))
        wait(10)
        effects = []
    }

    /// Puts panels and the plot of the charts over steps where a test wants them, whatever the window's size.
    mutating func lay(_ rects: [PanelID: Rect], plot: Rect? = nil) {
        var places = PanelPlaces()
        places.rects = rects
        places.stepPlot = plot
        let panels = Screen.allCases.map { ($0, ScreenCatalogue.standard.panels(on: $0)) }
        state.view.screens = ScreenCatalogue(panels: Dictionary(uniqueKeysWithValues: panels)) { [places] _ in places }
    }

    static func report(_ step: Int, loss: Double? = nil) -> StepReport {
        StepReport(
            step: step, epoch: step / 125, loss: loss ?? 2.3 / Double(step + 1), accuracy: 0.5, learningRate: 0.04,
            gradientNorm: 1)
    }

    /// Changes with the status as it is, or another.
    func changes(
        status: RunStatus? = nil, sealed: [StepChunk] = [], tail: [StepReport]? = nil, layers: [LayersReport] = [],
        events: [RunEvent] = []
    ) -> RunChanges {
        var next = cursor
        next.stamp += 1
        let last = state.run.live.series.stepRange.map { [Self.report($0.upperBound)] } ?? []
        return RunChanges(
            cursor: next, description: state.run.live.description, status: status ?? state.run.live.status,
            steps: StepChanges(sealed: sealed, tail: tail ?? last), layers: layers, events: events)
    }

    mutating func frame(changes: RunChanges? = nil) {
        effects += state.reduce(.frame(now: state.clock.now, timeOfDay: 0, changes: changes))
    }

    mutating func hear(_ contents: RunEvent.Content..., step: Int = 500) {
        frame(
            changes: changes(
                events: contents.map { RunEvent(position: Position(step: step), content: $0, seconds: state.clock.now) }
            ))
    }

    mutating func enter(_ phase: RunPhase, secondsInPhase: Double = 0) {
        var status = state.run.live.status
        status.phase = phase
        status.secondsInPhase = secondsInPhase
        frame(changes: changes(status: status))
    }

    /// Lets time pass, with a frame every tenth of a second.
    mutating func wait(_ seconds: Double) {
        let end = state.clock.now + seconds
        while state.clock.now + 0.1 < end - 1e-9 {
            effects += state.reduce(.frame(now: state.clock.now + 0.1, timeOfDay: 0, changes: nil))
        }
        effects += state.reduce(.clock(now: end))
    }

    mutating func press(_ key: InputEvent.Key) { effects += state.reduce(.input(.key(key))) }

    /// Types characters, so many seconds apart.
    mutating func type(_ text: String, every seconds: Double = 0) {
        for (index, character) in text.enumerated() {
            if index > 0, seconds > 0 { wait(seconds) }
            press(.character(character))
        }
    }

    mutating func input(_ event: InputEvent) { effects += state.reduce(.input(event)) }

    /// What the outside answers to an effect.
    mutating func answer(_ action: Action) { effects += state.reduce(action) }

    mutating func resize() { effects += state.reduce(.resized(Size(width: 100, height: 30))) }

    var sent: [RunCommand] {
        effects.compactMap { if case .send(let command) = $0 { command } else { nil } }
    }

    var said: String { state.notices.current(at: state.clock.now)?.text ?? "" }
}
