import Charts
import CursesTerminal
import Dashboard
import Files
import Foundation
import Machine
import RunStore
import Runs
import Screens
import Themes

/// `sitter watch`: the dashboard over runs that are read from their files.
enum WatchCommand {
    /// Its name, options and help, and what it does.
    static let subcommand = Subcommand(
        name: "watch", usage: "PATH... [OPTIONS]",
        abstract:
            "Open the dashboard over finished or growing runs: ours, logs, and TensorBoard directories of others.",
        discussion: """
            PATH is a run directory, a file of --log, an event file or a folder of them, whoever wrote it. The first one
            is shown, the others are drawn behind it. Files that grow are read again. A run that is alive with a socket
            is watched there.

            """,
        options: [
            CommandOption("--loss", value: "TAG", "the tag of event files that is the loss; guessed without it"),
            CommandOption("--accuracy", value: "TAG", "the tag that is the accuracy"),
            CommandOption("--validation-loss", value: "TAG", "the tag that is the loss on the validation set"),
            CommandOption("--validation-accuracy", value: "TAG", "the tag that is the accuracy on the validation set"),
        ] + ScreenOptions.options + [CommandOption("--help", "show this")],
        mostOperands: 64,
        run: { arguments in
            guard !arguments.operands.isEmpty else {
                throw UsageError("watch: a run is due, as in sitter watch runs/first or sitter watch logs/resnet")
            }
            var tags = RecordedTags()
            tags.loss = arguments.value("--loss")
            tags.accuracy = arguments.value("--accuracy")
            tags.validationLoss = arguments.value("--validation-loss")
            tags.validationAccuracy = arguments.value("--validation-accuracy")
            return try watch(arguments.operands, tags, ScreenOptions(arguments))
        })

    /// Opens the dashboard over recorded runs until somebody leaves; the exit code.
    static func watch(_ paths: [String], _ tags: RecordedTags, _ options: ScreenOptions) throws -> Int32 {
        var options = options
        options.isReadOnly = true
        guard let screen = try ScreenChoice(options) else {
            throw UsageError("watch: a terminal is due; sitter runs lists runs without one")
        }
        Interruption.watch()
        // Before the threads: opening a terminal touches the environment for a moment.
        let terminal = try Terminal(capabilities: screen.capabilities)
        let preparation = Preparation {
            let first = try WatchedRun(paths[0], tags)
            var warnings = first.warnings
            let references = try paths.dropFirst().map { path in
                let run = try RecordedRun.read(path, tags: tags)
                warnings += run.warnings
                return ReferenceRun(name: run.name, feed: run, notFinite: run.notFinite)
            }
            return (first: first, references: references, warnings: warnings)
        }
        let palette = Palette(theme: screen.theme, depth: terminal.capabilities.colors)
        let watch = PreparationWatch(
            name: paths[0].lastPathPart.showingStrayBytes, output: .standardOutput, screen: (terminal, palette))
        if let leaving = watch.wait(for: preparation) {
            terminal.close()
            // Not `exit`: the reading still works on what that would tear down.
            if case .signal(let signal) = leaving { _exit(128 + signal) }
            _exit(ExitCode.done)
        }
        let (first, references, warnings): (WatchedRun, [ReferenceRun], [StartWarning])
        do {
            (first, references, warnings) = try preparation.get()
        } catch {
            // The error belongs on the normal screen.
            terminal.close()
            throw error
        }
        let capture = OutputCapture()
        if capture != nil { say(warnings, intoLog: true) }
        let session = DashboardSession(
            description: first.description, feed: first.feed, control: Nobody(), theme: screen.theme,
            glyphs: terminal.capabilities.glyphs, habits: DashboardSession.Habits(screen), capture: capture,
            references: references)
        _ = session.watch(on: terminal)
        terminal.close()
        capture?.finish()
        first.close()
        return Interruption.signal.map { 128 + $0 } ?? ExitCode.done
    }

    /// Where the run that is shown comes from.
    private struct WatchedRun {
        let feed: any RunFeed
        let description: RunDescription
        let warnings: [StartWarning]
        let close: () -> Void

        init(_ path: String, _ tags: RecordedTags) throws {
            if let directory = try? RunDirectory.existing(path), let run = try? RemoteRun(directory, attends: false) {
                (feed, description, warnings, close) = (run, run.description, [], run.leave)
            } else {
                let run = try WatchedFiles(path, tags: tags)
                (feed, description, warnings, close) = (run, run.description, run.warnings, run.close)
            }
        }
    }

    /// Takes no commands.
    private struct Nobody: RunControl {
        func send(_ command: RunCommand, from author: Author) {}
    }
}
