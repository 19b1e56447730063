import Cells
import Charts
import Dashboard
import Runs
import Themes

/// Speed, memory, and where the time goes.
struct SmallSystem: ListedSmallScreen {
    let scene: Scene

    var lines: [[Span]] {
        let times = scene.recentTimes
        let memory = FigureField.bytes(run.samples.last.map { Double($0.memory.resident) })
        let speed = run.status.samplesPerSecond
        func share(_ seconds: Double) -> String {
            percent(times.total > 0 ? max(0, seconds) / times.total : .nan, width: 4)
        }
        return [
            [
                Span(FigureField.speed(speed > 0 ? speed : .nan), .train), .dim("/s "), Span(memory.figure),
                .dim(" " + memory.unit),
            ],
            [.dim("forward    "), Span(share(times.forward))], [.dim("backward   "), Span(share(times.backward))],
            [.dim("update     "), Span(share(times.update))], [.dim("data       "), Span(share(times.data))],
            [.dim("statistics "), Span(share(times.statistics))], [.dim("waiting    "), Span(share(times.waiting))],
            [.dim("dashboard  "), Span(state.cost.cpuShare.isFinite ? Figure.share(state.cost.cpuShare) : "–")],
        ]
    }
}
