import CursesTerminal
import Foundation

/// `sitter evaluate`: how good the networks of runs are, alone and averaged.
package enum EvaluateCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "evaluate", usage: "RUN... [OPTIONS]",
        abstract: "Evaluate runs: loss, confusions, calibration, worst examples; averages of runs and snapshots.",
        discussion: """
            RUN is a run directory. Its best weights are evaluated on the examples that it held out, prepared as it
            prepares them, or with --data on other ones. Of several runs the average is evaluated, of their probabilities
            for classes, of their outputs for numbers, and each alone beside it. Nothing in the directories changes.

            """,
        options: [
            CommandOption("--weights", value: "WHICH", "best (without it), last, a checkpoint's number, or a file"),
            CommandOption(
                "--snapshots",
                "average the run's kept checkpoints; of cosine restarts the one at the end of each period"),
            CommandOption(
                "--augment", "average over the config's validation.averaging, or five shifted views where it has none"),
            CommandOption(
                "--data", value: "FILE", repeats: true,
                "evaluate on this in place of what the run holds out, in the format of its data: a table, an\n"
                    + "archive or a folder; of pictures and labels, or inputs and targets, one --data each"),
            CommandOption(
                "--set", value: "KEY=VALUE", repeats: true,
                "evaluate on changed data: --set data.digits.seed=9; or other views: validation.averaging"),
            CommandOption(
                "--worst", value: "N", "list so many of the worst predicted, and draw those that are pictures"),
            CommandOption("--bins", value: "N", "bins of the calibration, 15 without it"),
            CommandOption(
                "--predictions", value: "FILE", "write index, label, prediction and probabilities to a .csv or .npy"),
            CommandOption("--overwrite", "let --predictions replace a file"),
            CommandOption("--json", "everything as one JSON object"),
            CommandOption("--threads", value: "N", "so many threads in place of the config's; no bit depends on it"),
            CommandOption("--colors", value: "DEPTH", "truecolor, 256, 16 or mono; found out without it"),
            CommandOption("--ascii", "draw with ASCII characters only"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 100,
        run: { arguments in
            let options = try EvaluateOptions(arguments)
            let evaluator = try RunsEvaluator(options)
            try PredictionsFile.check(options, sparing: evaluator.dataPaths)
            Interruption.watch()
            guard let evaluation = try evaluator.evaluate() else {
                return 128 + (Interruption.signal ?? SIGINT)
            }
            if let path = options.predictions { try PredictionsFile(evaluation).write(to: path) }
            if options.isJSON {
                print(evaluation.json(options).pretty)
            } else {
                print(EvaluationText(evaluation, options, Brush(options.screen)).text, terminator: "")
            }
            return ExitCode.done
        })
}
