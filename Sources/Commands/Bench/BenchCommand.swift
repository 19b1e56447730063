/// `sitter bench`: measures what the program claims.
package enum BenchCommand {
    package static let subcommand = Subcommand(
        name: "bench", usage: "train MODEL | overhead | fuzz [OPTIONS]",
        abstract: "Measure what sitter claims: how fast it trains, what the dashboard costs, and more.",
        discussion: """
            train MODEL   trains one of mlp, deeptanh, lenet, vgg and resnet20 (in examples/bench) or the config at a path,
                          as train --headless would; prints samples/s, peak memory, and the arithmetic (convolutions
                          counted as direct ones) as a share of what matrix products reach on as many threads.
            overhead      trains three nets while a dashboard draws into a 200x50 pseudo-terminal and stands still in
                          turns; prints steps/s with it over steps/s without, and the CPU time of its thread. The layers
                          are measured within the budget all the time; their share is printed beside.
            fuzz          feeds damaged files to every reader, configs, scripts, themes and weights included.

            """,
        options: [
            CommandOption("--json", "one JSON object a measurement in place of a table"),
            CommandOption(
                "--statistics", value: "HOW",
                "train: measure the layers every step, within the budget (default), or off"),
            CommandOption("--threads", value: "N", "train: in place of the config's"),
            CommandOption("--batch", value: "N", "train: batch size in place of the config's"),
            CommandOption("--rounds", value: "N", "overhead: windows with the dashboard for each net (default 40)"),
            CommandOption(
                "--seconds", value: "S", "length of one window (train: 1.5, five of them; overhead: 0.5)"),
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
