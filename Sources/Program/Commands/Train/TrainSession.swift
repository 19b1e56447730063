import CursesTerminal
import Dashboard
import Files
import Foundation
import Plans
import RunStore
import Runs
import Settings
import Training

/// One `sitter train` from its options to its exit code.
struct TrainSession {
    private var options: TrainOptions

    init(_ options: TrainOptions) { self.options = options }

    /// Reads everything a person gave before anything runs, trains, and says how it ended.
    mutating func run() throws -> Int32 {
        let plan = try plan()
        let script = try options.commands.map { path in
            try CommandScript.parse(FileBytes.read(path, limit: 64 << 20), file: path)
        }
        let inputs = InputFiles(options, plan: plan)
        try inputs.refuseOutputs(of: options)
        if let log = options.log, options.resumes == nil { try LogWriter.refuseOlder(log, overwrites: options.overwrites) }
        let screen = try ScreenChoice(options)
        if options.startsPaused, screen?.isReadOnly != false {
            throw UsageError(
                "--paused: nobody could resume the run without the dashboard; leave it out, or give --commands with a pause and a resume"
            )
        }
        // Who only wants the numbers has no use for other runs, and must not fail where they have gone since.
        let references = try (options.compared + (screen == nil ? [] : plan.compare)).map { path in
            let recorded = try RecordedRun.read(path)
            return ReferenceRun(name: recorded.name, feed: recorded)
        }
        let folders = options.runDirectory.map { NewFolders(upTo: $0) }
        do {
            return try train(plan, script: script ?? [], screen: screen, references: references, inputs: inputs)
        } catch {
            // Nothing ran: what was prepared for it goes, so that the same command works once it is put right.
            folders?.remove()
            throw error
        }
    }

    /// The plan that the options lead to; a run that goes on has its own.
    private mutating func plan() throws -> RunPlan {
        guard let resumes = options.resumes else {
            let plan = try ConfigFile.plan(options.config, changes: options.changes)
            if options.saves { options.runDirectory = RunDirectory.dated(Date(), name: plan.name) }
            return plan
        }
        let directory = try RunDirectory.existing(resumes)
        options.config = directory.config
        let plan = try ConfigFile.plan(directory.config, changes: options.changes)
        if !options.changes.isEmpty {
            try ContinuedPlan.check(plan, goesOnWith: ConfigFile.plan(directory.config, changes: []), in: directory)
        }
        return plan
    }

    private func train(
        _ plan: RunPlan, script: [ScriptedCommand], screen: ScreenChoice?, references: [ReferenceRun],
        inputs: InputFiles
    ) throws -> Int32 {
        let directory =
            try options.resumes.map { try RunDirectory.existing($0) }
            ?? options.runDirectory.map { try RunDirectory.prepare($0) }
        let lock = try options.resumes.flatMap { _ in try directory.map { try RunLock($0) } }
        Interruption.watch()
        let material = try RunMaterial(plan: plan, weights: options.weights, runDirectory: directory?.path)
        let resumed = try lock.flatMap { lock in
            try directory.map { try ResumedRun($0, lock: lock, material: material, changes: options.changes) }
        }
        // Before the threads: opening a terminal touches the environment for a moment.
        let terminal = try screen.map { try Terminal(capabilities: $0.capabilities) }
        let run: LiveSession
        do {
            // From here on the folder is this run's: nobody else gets past its config.
            let config = Array((material.resolvedConfig.pretty + "\n").utf8)
            if resumed == nil {
                try directory?.takeConfig(config)
            } else if !options.changes.isEmpty, let directory {
                try AtomicFile.write(config, to: directory.config)
            }
            run = try LiveSession(
                material: material, script: script, log: options.log, overwrites: options.overwrites,
                directory: directory, resumed: resumed, isWatched: terminal != nil,
                canSteer: terminal != nil && screen?.isReadOnly != true, startsPaused: options.startsPaused,
                stepsPerSecond: options.stepsPerSecond)
        } catch {
            // The error belongs on the normal screen.
            terminal?.close()
            throw error
        }
        var spared = inputs
        for path in run.files { spared.add(path, as: .output) }
        let weights = WeightsFile(run, sparing: spared)
        if let screen, let terminal {
            watch(run, screen, terminal, saving: weights, opening: plan.screen, references: references, sparing: spared)
        } else {
            HeadlessSession(run: run, usesErrorStream: options.log == "-").watch()
        }
        let end = run.finish()
        let summary = RunSummary(run: run, end: end, weights: weights)
        let text = summary.text + "\n"
        (options.log == "-" ? FileHandle.standardError : FileHandle.standardOutput).say(text)
        return ExitCode.of(
            end, signal: Interruption.signal,
            wasSaved: run.checkpointFailure == nil && weights.failure == nil && run.outputFailures.isEmpty)
    }

    /// Shows the dashboard until the person leaves, and then ends the run if it is still alive.
    private func watch(
        _ run: LiveSession, _ screen: ScreenChoice, _ terminal: Terminal, saving weights: WeightsFile, opening: String?,
        references: [ReferenceRun], sparing inputs: InputFiles
    ) {
        // What anything prints while the screen is up belongs into its log, not on top of it.
        let capture = OutputCapture()
        let session = DashboardSession(
            description: run.description, feed: run.feed, control: run.mailbox, theme: screen.theme,
            glyphs: terminal.capabilities.glyphs,
            screen: Screen.allCases.first { "\($0)" == opening },
            habits: DashboardSession.Habits(screen),
            capture: capture, references: references,
            save: run.directory == nil && !screen.isReadOnly ? { weights.save($0, isOver: $1) } : nil,
            sparing: inputs)
        switch session.watch(on: terminal) {
        case .done where run.end == nil && screen.isReadOnly:
            // Who only watched leaves the run to itself.
            terminal.close()
            capture?.finish()
            HeadlessSession(run: run, usesErrorStream: options.log == "-").watch()
            return
        case .done: break
        case .quit: run.mailbox.send(.stop(keep: .last), from: .person)
        case .interrupted: run.mailbox.interrupt()
        }
        terminal.close()
        capture?.finish()
    }
}

extension FileHandle {
    /// Writes text where there may be nobody to read it any more.
    func say(_ text: String) { try? write(contentsOf: Data(text.utf8)) }
}
