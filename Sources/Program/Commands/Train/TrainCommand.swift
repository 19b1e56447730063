/// `sitter train`: trains a config, with the dashboard where there is a terminal.
package enum TrainCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "train", usage: "[CONFIG] [OPTIONS]",
        abstract: "Train a network, watch it and steer it; without CONFIG the built-in demo.",
        discussion: """
            CONFIG is a JSON5 file (see the README for its keys, examples/ for whole ones). With a terminal the
            dashboard opens, where ? shows the keys; without one, or with --headless, progress goes to the standard
            output.

            """,
        options: [
            CommandOption(
                "--run", value: "DIR", "keep the run's config, journal, event files and weights in DIR, new or empty"),
            CommandOption("--save", "keep all that in a new folder under runs/, named by time and config"),
            CommandOption("--no-save", "keep nothing, though your settings say save: true"),
            CommandOption(
                "--resume", value: "DIR",
                "go on with the run of a directory from its last checkpoint, as if it had never been broken off"),
            CommandOption("--headless", "no dashboard: a line of progress, and a summary"),
            CommandOption(
                "--set", value: "KEY=VALUE", repeats: true,
                "change a key of the config: --set batchSize=32 --set optimizer.sgd.learningRate=0.1"),
            CommandOption(
                "--restore", value: "WEIGHTS", "end with the best or the last weights in memory, as --set restore=best"),
            CommandOption("--weights", value: "FILE", "begin with the weights of a safetensors file"),
            CommandOption(
                "--log", value: "FILE", "write what happens as one JSON object a line; - is the standard output"),
            CommandOption("--overwrite", "replace the file of --log where one is there already"),
            CommandOption(
                "--commands", value: "FILE",
                "act on the commands of an NDJSON file, as in {\"step\":100,\"pause\":true}"),
            CommandOption("--paused", "begin paused: space, or a single step, begins the training"),
            CommandOption("--slow", value: "N", "make at most N steps a second, to see each of them"),
            CommandOption(
                "--compare", value: "RUN", repeats: true,
                "draw another run behind this one: a run directory, an event file or a file of --log"),
        ] + ScreenOptions.options + [CommandOption("--help", "show this")],
        mostOperands: 1,
        run: { arguments in
            var session = try TrainSession(TrainOptions(arguments))
            return try session.run()
        })
}
