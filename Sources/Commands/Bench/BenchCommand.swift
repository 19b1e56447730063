/// `sitter bench`: measures what the program claims.
package enum BenchCommand {
    package static let subcommand = Subcommand(
        name: "bench", usage: "train MODEL | overhead | fuzz [OPTIONS]",
        abstract: "Measure what sitter claims: how fast it trains, what the dashboard costs, and more.",
        discussion: """
            train MODEL   trains one of mlp, deeptanh, lenet, vgg and resnet20 (in examples/bench) or the config at a path,
                          as train --headless would; prints samples/s, peak memory, and the arithmetic (convolutions
                          counted as direct ones) as a share of what matrix products reach on as many threads.
            overhead      trains without and with the dashboard, drawing into a 200x50 pseudo-terminal, in turns, on three
                          nets; prints steps/s with over steps/s without, and the CPU time of the dashboard's thread. Both
                          measure the layers within the budget, whose share is printed beside.
            fuzz          feeds damaged files to every reader, configs, scripts, themes and weights included.

            """,
        options: [
            CommandOption("--json", "one JSON object a measurement in place of a table"),
            CommandOption(
                "--statistics", value: "HOW",
                "train: measure the layers every step, within the budget (default), or off"),
            CommandOption("--threads", value: "N", "train: in place of the config's"),
            CommandOption("--batch", value: "N", "train: batch size in place of the config's"),
            CommandOption(
                "--rounds", value: "N", "overhead: how often each net is measured with and without (default 7)"),
            CommandOption(
                "--seconds", value: "S", "length of one measurement (train: 1.5, five times; overhead: 2)"),
            CommandOption("--count", value: "N", "fuzz: damaged files for each reader (default 10000)"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 2,
        run: { arguments in
            guard let subject = arguments.operands.first else {
                throw UsageError("sitter bench: say what to measure: \(names.joined(separator: ", "))")
            }
            if subject != "train", arguments.operands.count > 1 {
                throw UsageError(
                    "sitter bench: \"\(arguments.operands[1])\" is one argument too many; see sitter bench --help")
            }
            switch subject {
            case "train": return try TrainBenchmark(arguments).run()
            case "overhead": return try OverheadBenchmark(arguments).run()
            case "fuzz": return try FuzzBenchmark(arguments).run()
            default:
                throw UsageError(
                    "sitter bench: there is no benchmark \"\(subject)\"; known are \(names.joined(separator: ", "))")
            }
        })

    private static let names = ["train", "overhead", "fuzz"]
}
