import Charts
import CursesTerminal
import Dashboard
import Files
import Foundation
import Machine
import Plans
import RunStore
import Runs
import Settings
import Themes
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
        if let log = options.log, options.resumes == nil {
            try LogWriter.refuseOlder(log, overwrites: options.overwrites)
        }
        let screen = try ScreenChoice(options.screen, isWanted: !options.isHeadless && options.log != "-")
        if options.startsPaused, screen?.isReadOnly != false {
            throw UsageError(
                "--paused: nobody could resume the run without the dashboard; leave it out, or give --commands with a pause and a resume"
            )
        }
        let folders = options.runDirectory.map { NewFolders(upTo: $0) }
        do {
            return try train(plan, script: script ?? [], screen: screen, inputs: inputs, folders: folders)
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
            if try options.saves || isSavedByHabit {
                options.runDirectory = RunDirectory.dated(Date(), name: plan.name)
            }
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

    /// Whether the person's settings give the run a directory, and the command line says nothing of it.
    private var isSavedByHabit: Bool {
        get throws {
            guard options.runDirectory == nil, !options.keepsNothing else { return false }
            return try UserSettings.load(options.screen.settings).saves
        }
    }

    private func train(
        _ plan: RunPlan, script: [ScriptedCommand], screen: ScreenChoice?, inputs: InputFiles, folders: NewFolders?
    ) throws -> Int32 {
        DescriptorReserve.demand(screen == nil ? 12 : 24)
        // Preparation, trainer, recorder and checkpoints, and what reads the output beside a dashboard.
        SystemThread.demand(plan.threadCount - 1 + (screen == nil ? 4 : 5))
        let directory =
            try options.resumes.map { try RunDirectory.existing($0) }
            ?? options.runDirectory.map { try RunDirectory.prepare($0) }
        let lock = try options.resumes.flatMap { _ in try directory.map { try RunLock($0) } }
        Interruption.watch()
        let giveBack = Exhaustion.farewell.withLock { $0 }
        Exhaustion.farewell.withLock {
            $0 = {
                giveBack?()
                folders?.remove()
            }
        }
        // Before the threads: opening a terminal touches the environment for a moment.
        let terminal = try screen.map { try Terminal(capabilities: $0.capabilities) }
        let canSteer = terminal != nil && screen?.isReadOnly != true
        let preparation = Preparation { [options] in
            // Who only wants the numbers has no use for other runs, and must not fail where they have gone since.
            var warnings: [StartWarning] = []
            let references = try (options.compared + (screen == nil ? [] : plan.compare)).map { path in
                let recorded = try RecordedRun.read(path)
                warnings += recorded.warnings
                return ReferenceRun(name: recorded.name, feed: recorded, notFinite: recorded.notFinite)
            }
            let known = Set((options.compared + plan.compare).map(\.standardizedPath))
            // What was wanted before may have gone since.
            let before = (screen == nil ? [] : directory?.compared ?? []).filter { !known.contains($0) }
                .compactMap { try? RecordedRun.read($0) }
            warnings += before.flatMap(\.warnings)
            let all = references + before.map { ReferenceRun(name: $0.name, feed: $0, notFinite: $0.notFinite) }
            let material = try RunMaterial(
                plan: plan, weights: options.weights, runDirectory: directory?.path, warnings: warnings)
            if directory != nil { LiveSession.demandRoom(for: material) }
            // From here on the folder is this run's: nobody else gets past its config.
            let resumed = try lock.flatMap { lock in
                try directory.map { try ResumedRun($0, lock: lock, material: material, changes: options.changes) }
            }
            if resumed == nil { try directory?.takeConfig(Array(material.resolvedConfigText.utf8)) }
            let run = try LiveSession(
                material: material, script: script, log: options.log, overwrites: options.overwrites,
                directory: directory, resumed: resumed, isWatched: screen != nil, canSteer: canSteer,
                startsPaused: options.startsPaused, stepsPerSecond: options.stepsPerSecond)
            try? directory?.compare(with: options.compared)
            return (run: run, references: all)
        }
        let watch = PreparationWatch(
            name: plan.name, output: options.log == "-" ? .standardError : .standardOutput,
            screen: screen.flatMap { screen in
                terminal.map { ($0, Palette(theme: screen.theme, depth: $0.capabilities.colors)) }
            })
        if let leaving = watch.wait(for: preparation) { leave(leaving, preparation, plan, terminal, folders) }
        let (run, references): (LiveSession, [ReferenceRun])
        do {
            (run, references) = try preparation.get()
        } catch {
            // The error belongs on the normal screen.
            terminal?.close()
            throw error
        }
        if terminal == nil { say(run.description.warnings) }
        var spared = inputs
        for path in run.files { spared.add(path, as: .output) }
        let weights = WeightsFile(run, sparing: spared)
        var left: String?
        if let screen, let terminal {
            left = show(
                run, screen, terminal, saving: weights, opening: plan.screen, references: references, sparing: spared)
        } else {
            headless(run).watch()
        }
        weights.finish()
        var departure = Departure(run)
        let end = departure.finish()
        if let left, let directory = run.directory, end.reason == .interrupted {
            run.release()
            let detachment = try Detachment(of: directory, options: options)
            guard !detachment.hasEnded else {
                FileHandle.standardOutput.say(
                    "\(OneLine.of(run.description.name)): has gone on to its end; \(directory.output) tells how\n")
                return ExitCode.done
            }
            FileHandle.standardOutput.say(
                "\(OneLine.of(run.description.name)): \(left) in process \(detachment.process) at step "
                    + "\(Figure.count(end.position.step)); sitter attach \(directory.path) comes back to it\n")
            return ExitCode.done
        }
        let summary = RunSummary(run: run, end: end, weights: weights)
        let text = summary.text + "\n"
        (options.log == "-" ? FileHandle.standardError : FileHandle.standardOutput).say(text)
        return ExitCode.of(
            end, signal: Interruption.signal,
            wasSaved: run.checkpointFailure == nil && weights.failure == nil && run.outputFailures.isEmpty)
    }

    /// The run without a dashboard.
    private func headless(_ run: LiveSession) -> HeadlessSession {
        HeadlessSession(run: run, usesErrorStream: options.log == "-", settings: options.screen.settings)
    }

    /// Ends the program before anything ran.
    private func leave(
        _ leaving: PreparationWatch.Leaving, _ preparation: Preparation<(run: LiveSession, references: [ReferenceRun])>,
        _ plan: RunPlan, _ terminal: Terminal?, _ folders: NewFolders?
    ) -> Never {
        terminal?.close()
        preparation.progress.cancel()
        // Who waits for a reader hears of it, and takes its files away again; who computes does not.
        if preparation.isOver(within: 0.15), let run = try? preparation.get().run {
            // It began in this very moment: its files are made whole.
            run.mailbox.interrupt()
            var departure = Departure(run)
            _ = departure.finish()
        }
        folders?.remove()
        let code: Int32
        switch leaving {
        case .quit: code = ExitCode.done
        case .signal(let signal): code = 128 + signal
        }
        let output: FileHandle = options.log == "-" ? .standardError : .standardOutput
        output.say("\(OneLine.of(plan.name)): \(code == 0 ? "left" : "interrupted") before its first step\n")
        // Not `exit`: the preparation still works on what that would tear down.
        _exit(code)
    }

    /// Shows the dashboard until the person leaves, and then ends the run if it is still alive.
    /// - Returns: what the run then does in a process of its own; nil where it does not go on in one.
    private func show(
        _ run: LiveSession, _ screen: ScreenChoice, _ terminal: Terminal, saving weights: WeightsFile, opening: String?,
        references: [ReferenceRun], sparing inputs: InputFiles
    ) -> String? {
        // What anything prints while the screen is up belongs into its log, not on top of it.
        let capture = OutputCapture()
        // Into the log's screen, and onto the normal one afterwards.
        if capture != nil { say(run.description.warnings, intoLog: true) }
        var left: String?
        let session = DashboardSession(
            description: run.description, feed: run.feed, control: run.mailbox, theme: screen.theme,
            glyphs: terminal.capabilities.glyphs,
            screen: Screen.allCases.first { "\($0)" == opening },
            habits: DashboardSession.Habits(screen),
            capture: capture, references: references,
            save: run.directory == nil && !screen.isReadOnly ? weights : nil, leaving: LeaveTaking(run),
            sparing: inputs)
        switch session.watch(on: terminal) {
        case .done where run.end == nil && screen.isReadOnly:
            // Who only watched leaves the run to itself.
            terminal.close()
            capture?.finish()
            headless(run).watch()
            return nil
        case .done: break
        case .quit: run.mailbox.send(.stop(keep: .last), from: .person)
        case .interrupted
        where screen.settings.onHangup.isOutlived(by: run.directory, isTerminalLost: terminal.isHungUp):
            if !screen.isReadOnly { run.mailbox.attend(-1) }
            terminal.close()
            // What was printed meanwhile has no terminal any more either.
            if let capture {
                capture.finish { Hangup.leaveTerminal(for: run.directory) }
            } else {
                Hangup.leaveTerminal(for: run.directory)
            }
            headless(run).watch()
            return nil
        case .interrupted: run.mailbox.interrupt()
        case .detached:
            left = run.feed.status.phase.isPaused ? "is paused" : "goes on"
            run.announceLeaving()
            run.mailbox.interrupt()
        }
        terminal.close()
        capture?.finish()
        return left
    }
}

/// Prints what somebody should know before the first step, a line each, on the standard error.
/// - Parameter intoLog: into the log of a dashboard, which would call a mere notice an error.
func say(_ warnings: [StartWarning], intoLog: Bool = false) {
    for warning in warnings {
        let output: FileHandle = intoLog && warning.weight == .notice ? .standardOutput : .standardError
        output.say("sitter: \(OneLine.of(warning.sentence))\n")
    }
}

extension FileHandle {
    /// Writes text where there may be nobody to read it any more.
    func say(_ text: String) { try? write(contentsOf: Data(text.showingStrayBytes.utf8)) }
}
