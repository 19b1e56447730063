import Files
import Machine
import Plans
import RunStore

extension InputFiles {
    /// Everything that a `sitter train` reads: the one list of it.
    ///
    /// Paths in the config are found by the forms of its keys.
    package init(_ options: TrainOptions, plan: RunPlan) {
        self.init()
        add(options.config, as: .config)
        for path in plan.data.source.options.writtenPaths { add(path, as: .data) }
        for path in plan.writtenPaths { add(path, as: .compared) }
        add(options.weights, as: .weights)
        add(options.commands, as: .commands)
        add(options.screen.settings ?? UserFolders().settingsFile, as: .settings)
        add(options.screen.theme.flatMap { InstalledThemes.file(of: $0) }, as: .theme)
        for path in options.compared { add(path, as: .compared) }
    }

    /// Refuses outputs that would lie on an input, and an older log that was not given up with `--overwrite`, before
    /// anything is opened.
    package func refuseOutputs(of options: TrainOptions) throws {
        if let directory = options.runDirectory, let input = input(at: directory) {
            throw UsageError(
                "--run \(directory): it is or lies in \(input.words), which is read; choose another folder")
        }
        for (descriptor, name) in [(Int32(1), "output"), (2, "errors")] {
            guard let input = input(descriptor: descriptor) else { continue }
            throw UsageError("the standard \(name) would overwrite \(input.words), which is read; send it elsewhere")
        }
        guard let log = options.log, log != "-" else { return }
        if let input = input(at: log) {
            throw UsageError(
                "--log \(log): this file is read, or lies in a folder that is (\(input.words)); the log would overwrite "
                    + "it, give it another name")
        }
        if let directory = options.runDirectory, Self.isOwn(log, of: directory) {
            throw UsageError(
                "--log \(log): the run writes this file itself, into --run \(directory); give the log another name")
        }
    }

    /// Whether a run directory, which may not be there yet, has a use of its own for the file.
    private static func isOwn(_ log: String, of directory: String) -> Bool {
        let (log, directory) = (log.settledPath, directory.settledPath)
        if log.folder == RunDirectory.checkpoints(of: directory) { return true }
        let name = log.lastPathPart
        let isKnown = [
            "config.json", "journal.ndjson", "checkpoints", "description.json", "compared.json", "output.txt", "socket",
            "lock",
        ].contains(name)
        return log.folder == directory && (isKnown || name.hasPrefix("events.out.tfevents"))
    }
}
