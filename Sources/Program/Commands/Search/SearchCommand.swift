/// `sitter search`: many short runs with values out of the ranges of a config, and the best of them.
enum SearchCommand {
    /// Its name, options and help, and what it does.
    static let subcommand = Subcommand(
        name: "search", usage: "CONFIG [OPTIONS]",
        abstract: "Try values out of the ranges of a config, and say which are best.",
        discussion: """
            A range stands in CONFIG in place of a value: { logUniform: [1e-4, 1] }, { uniform: [0, 0.9] } or
            { choice: [32, 64] }, also of layers, optimizers and words. Each trial is a run with a directory of its own;
            what is hopeless against the others is stopped. In a terminal a screen shows them, where ? shows the keys. A
            search that was killed or left goes on with --resume, or with the same command where --dir names its folder.

            """,
        options: [
            CommandOption("--trials", value: "N", "trials of a random search, over all rounds (20)"),
            CommandOption("--method", value: "HOW", "random (without it) or grid"),
            CommandOption("--points", value: "N", "grid: values of each range (5)"),
            CommandOption(
                "--rounds", value: "N",
                "rounds, each in ranges a third as wide around the best so far (2 from 12 random trials on)"),
            CommandOption("--folds", value: "K", "make K runs a trial, each with another Kth of the data held out"),
            CommandOption("--epochs", value: "N", "epochs of a whole trial, in place of the config's"),
            CommandOption(
                "--reduction", value: "N",
                "of N trials one goes on after a part of its epochs (3: a ninth and a third); 1 stops none"),
            CommandOption("--jobs", value: "N", "trials at the same time (one a core), which share the cores"),
            CommandOption("--seed", value: "N", "decides what is drawn, in place of the config's seed"),
            CommandOption(
                "--set", value: "KEY=VALUE", repeats: true,
                "change a key of the config: --set 'optimizer.sgd.learningRate={ logUniform: [1e-3, 1] }'"),
            CommandOption("--dir", value: "DIR", "the search's folder, in place of a new one under runs/"),
            CommandOption("--resume", value: "DIR", "go on with the search of a folder"),
            CommandOption("--headless", "no screen: a line for each trial, and the table"),
            CommandOption("--json", "print the result as one JSON object"),
            CommandOption(
                "--worker", value: "N",
                "for a search's own processes: train on N threads what the standard input asks for"),
        ] + ScreenOptions.options + [CommandOption("--help", "show this")],
        mostOperands: 1,
        run: { arguments in
            if let threads = try arguments.wholeNumber("--worker", in: 1...256) {
                var worker = SearchWorker(
                    threads: threads, folds: try arguments.wholeNumber("--folds", in: 1...100) ?? 1)
                return worker.work()
            }
            return try SearchSession(SearchOptions(arguments)).run()
        })
}
