import Runs

/// What the command line of `sitter train` asks for.
package struct TrainOptions: Sendable {
    /// The config's file; nil for the built-in demo.
    package var config: String?
    /// The directory that keeps the run, new or empty; nil keeps nothing.
    package var runDirectory: String?
    /// Whether the run gets a directory under `runs`, named by time and config.
    package var saves: Bool
    /// Whether it gets none, though the person's settings say that every run does.
    package var keepsNothing: Bool
    /// The directory of a run to go on with; nil begins one.
    package var resumes: String?
    /// Whether progress goes to the standard output in place of a dashboard.
    package var isHeadless: Bool
    /// `KEY=VALUE` texts, in order.
    package var changes: [String]
    /// A safetensors file to begin with; nil for fresh weights.
    package var weights: String?
    /// The file that is told what happens, an object a line; `-` is the standard output, nil for none.
    package var log: String?
    /// Whether an older file of the log is replaced.
    package var overwrites: Bool
    /// An NDJSON file of commands to act on; nil for none.
    package var commands: String?
    /// What the dashboard is drawn with.
    package var screen: ScreenOptions
    /// Runs to draw behind this one.
    package var compared: [String]
    /// Whether the run stands still before its first step.
    package var startsPaused: Bool
    /// Steps a second at most; nil for as many as there can be.
    package var stepsPerSecond: Double?

    /// Takes the options' values, which must be known words where there are only some.
    /// - Throws: one line with the words that would be right.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        config = arguments.operands.first
        runDirectory = arguments.value("--run")
        saves = arguments.has("--save")
        keepsNothing = arguments.has("--no-save")
        resumes = arguments.value("--resume")
        isHeadless = arguments.has("--headless")
        changes = arguments.all("--set")
        if let restore = arguments.value("--restore") {
            guard let kept = KeptWeights(rawValue: restore) else {
                throw UsageError("--restore: \"\(restore)\" are no weights; write best or last")
            }
            changes.append("restore=\(kept.rawValue)")
        }
        weights = arguments.value("--weights")
        log = arguments.value("--log")
        overwrites = arguments.has("--overwrite")
        commands = arguments.value("--commands")
        compared = arguments.all("--compare")
        screen = try ScreenOptions(arguments)
        startsPaused = arguments.has("--paused")
        stepsPerSecond = try arguments.number("--slow", in: 0.001...1_000_000)
        try checkDirectories()
    }

    /// Refuses options that say two things of where a run is.
    private func checkDirectories() throws(UsageError) {
        if saves, let runDirectory {
            throw UsageError("--save names the run's directory by itself; leave it or --run \(runDirectory) out")
        }
        if keepsNothing, let name = saves ? "--save" : runDirectory.map({ "--run \($0)" }) {
            throw UsageError("--no-save and \(name) say two things of where the run is kept; leave one out")
        }
        guard let resumes else { return }
        let others = [
            ("a config", config), ("--run", runDirectory), ("--save", saves ? "" : nil),
            ("--no-save", keepsNothing ? "" : nil),
            ("--weights", weights),
            ("--commands", commands), ("--overwrite", overwrites ? "" : nil),
        ]
        guard let (name, _) = others.first(where: { $0.1 != nil }) else { return }
        throw UsageError("--resume \(resumes): the run has all it needs in its directory; leave \(name) out")
    }
}
