import Runs
import Settings

/// Where a run stands, in few numbers: the answer to `{"status":true}`.
struct StatusAnswer {
    /// An object.
    let json: JSON

    init(_ run: any RunFeed) {
        guard let changes = run.changes(since: RunCursor()) else {
            preconditionFailure("A feed tells a new reader at least what the run is.")
        }
        let (description, status) = (changes.description, changes.status)
        func number(_ value: Double?) -> JSON { value.map { JSON.number($0) } ?? .null }
        json = .object([
            ("name", .string(description.name)), ("phase", .string(Self.word(status.phase))),
            ("step", .integer(status.position.step)), ("branch", .integer(status.position.branch)),
            ("steps", .integer(description.lengths.totalSteps)), ("epoch", .integer(status.epoch)),
            ("loss", number(status.latestStep?.loss)), ("learningRate", .number(status.learningRate)),
            ("samplesPerSecond", .number(status.samplesPerSecond)), ("seconds", .number(status.secondsElapsed)),
            ("secondsLeft", number(status.secondsLeft)),
            (
                "best",
                status.best.map { best in
                    .object([
                        ("step", .integer(best.position.step)), ("loss", .number(best.loss)),
                        ("accuracy", number(best.accuracy)),
                    ])
                } ?? .null
            ),
        ])
    }

    private static func word(_ phase: RunPhase) -> String {
        switch phase {
        case .preparing: "preparing"
        case .training: "training"
        case .evaluating: "evaluating"
        case .rewinding: "rewinding"
        case .racing: "racing"
        case .findingRate: "findingRate"
        case .checking: "checking"
        case .paused: "paused"
        case .finished(let reason): reason.rawValue
        }
    }
}
