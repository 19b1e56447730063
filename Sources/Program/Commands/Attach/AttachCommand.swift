import CMalloc
import Charts
import CursesTerminal
import Dashboard
import Files
import Foundation
import Machine
import RunStore
import Runs
import Screens

/// `sitter attach`: the dashboard over a run that another process trains.
enum AttachCommand {
    /// Its name, options and help, and what it does.
    static let subcommand = Subcommand(
        name: "attach", usage: "RUN [OPTIONS]",
        abstract: "Open the dashboard over a run that is alive in another process, to watch it and to steer it.",
        discussion: """
            RUN is the directory of a run that somebody detached from (d), that lost its terminal, or that was begun with
            --headless. Several may be attached at once. d leaves again and the run goes on; q asks before it stops the run.

            """,
        options: [
            CommandOption(
                "--compare", value: "RUN", repeats: true,
                "draw another run behind this one, beside those of its config;\nthe run's directory remembers it"
            )
        ] + ScreenOptions.options + [CommandOption("--help", "show this")],
        mostOperands: 1,
        run: { arguments in
            guard let path = arguments.operands.first else {
                throw UsageError("attach: a run directory is due, as in sitter attach runs/first")
            }
            return try attach(path, comparing: arguments.all("--compare"), ScreenOptions(arguments))
        })

    /// The runs that were asked for, which the directory remembers from now on, those that were asked for before, and those of the
    /// run's own config, as far as they are still there.
    private static func references(
        _ asked: [String], _ directory: RunDirectory
    ) throws -> (runs: [ReferenceRun], warnings: [StartWarning]) {
        let own = (try? ConfigFile.plan(directory.config, changes: []))?.compare ?? []
        let runs = try asked.map { try RecordedRun.read($0) }
        let known = Set(asked.map(\.standardizedPath))
        var others: [String] = []
        for path in directory.compared + own.map(\.standardizedPath)
        where !known.contains(path) && !others.contains(path) {
            others.append(path)
        }
        try? directory.compare(with: asked)
        let all = runs + others.compactMap { try? RecordedRun.read($0) }
        return (
            all.map { ReferenceRun(name: $0.name, feed: $0, notFinite: $0.notFinite) }, all.flatMap(\.warnings)
        )
    }

    /// Opens the dashboard over a living run until somebody leaves; the exit code.
    static func attach(_ path: String, comparing asked: [String], _ options: ScreenOptions) throws -> Int32 {
        guard let screen = try ScreenChoice(options) else {
            throw UsageError(
                "attach: a terminal is due; sitter send \(path) without a command says where the run stands")
        }
        let directory = try RunDirectory.existing(path)
        // The run may compute on this machine.
        SystemThread.lowerPriority()
        // What the answer about a long run took goes back to the system at once: a fifth of the most that there ever is.
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
        let references = try references(asked, directory)
        let run = try RemoteRun(directory, attends: !screen.isReadOnly)
        Interruption.watch()
        let terminal = try Terminal(capabilities: screen.capabilities)
        let capture = OutputCapture()
        if capture != nil { say(references.warnings, intoLog: true) }
        let session = DashboardSession(
            description: run.description, feed: run, control: run, theme: screen.theme,
            glyphs: terminal.capabilities.glyphs, habits: DashboardSession.Habits(screen), capture: capture,
            references: references.runs)
        let exit = session.watch(on: terminal)
        terminal.close()
        capture?.finish()
        let name = OneLine.of(run.name)
        switch exit {
        case .quit:
            run.send(.stop(keep: .last), from: .person)
            run.leave()
            FileHandle.standardOutput.say("\(name): stops, and keeps its last weights in \(directory.last)\n")
        case .interrupted where Interruption.signal == nil:
            // Ctrl-C twice at the keys.
            run.send(.stop(keep: .last), from: .person)
            run.leave()
            return 130
        case .done, .detached, .interrupted:
            run.leave()
            let step = Figure.count(run.status.position.step)
            let goesOn = run.status.phase.isPaused ? "is paused" : "goes on"
            let words =
                run.status.phase.isFinished
                ? (run.hasLostRun ? "its process has gone at step \(step)" : "has ended at step \(step)")
                : "\(goesOn) in process \(run.process) at step \(step); sitter attach \(path) comes back to it"
            FileHandle.standardOutput.say("\(name): \(words)\n")
        }
        return Interruption.signal.map { 128 + $0 } ?? ExitCode.done
    }
}

/// `sitter send`: a command to a run in another process, from a shell or a cron job.
enum SendCommand {
    /// Its name, options and help, and what it does.
    static let subcommand = Subcommand(
        name: "send", usage: "RUN [COMMAND...]",
        abstract: "Send commands to a run that is alive in another process, and print its receipts.",
        discussion: """
            COMMAND is written as in a file of --commands, without a step: '{"setLearningRate":0.01}', '{"pause":true}',
            '{"stop":{"keep":"best"}}'. Without one, or with '{"status":true}', it prints where the run stands. The exit code is
            1 where a command was refused. sitter help commands lists them all.

            """,
        options: [CommandOption("--help", "show this")],
        mostOperands: .max,
        run: { arguments in
            guard let path = arguments.operands.first else {
                throw UsageError(
                    "send: a run directory is due, as in sitter send runs/first '{\"setLearningRate\":0.01}'")
            }
            let commands = Array(arguments.operands.dropFirst())
            let sender = try RunSender(RunDirectory.existing(path))
            var code = ExitCode.done
            for command in commands.isEmpty ? ["{\"status\":true}"] : commands {
                let answer = try sender.ask(command)
                FileHandle.standardOutput.say(answer.text + "\n")
                if answer.isRefusal { code = ExitCode.failed }
            }
            return code
        })
}
