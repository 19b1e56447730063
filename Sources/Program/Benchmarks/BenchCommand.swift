import Commands

/// `sitter bench`: measures what the program claims.
package enum BenchCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "bench", usage: "BENCHMARK [MODEL] [OPTIONS]",
        abstract: "Measure what sitter claims: how fast it trains, what the dashboard costs, and more.",
        discussion: """
            train MODEL          trains one of mlp, deeptanh, lenet, vgg and resnet20 (in examples/bench) or the config at
                                 a path, as train --headless would; prints samples/s, peak memory, and the arithmetic
                                 (convolutions counted as direct ones) beside what matrix products reach.
            kernels              each kernel with its GB/s or GFLOP/s, beside what the machine does in the same run.
            statistics [MODEL]   what measuring the layers costs, within the budget and every step, in turns.
            checkpoints [MODEL]  what --run costs: steps/s with it over steps/s without, in turns, what one checkpoint takes from
                                 the steps, and the ratio with one a minute, which is the default.
            overhead             trains three nets while a dashboard draws into a 200x50 pseudo-terminal and stands
                                 still in turns; prints steps/s with it over steps/s without, and the CPU time of its
                                 thread. The layers are measured within the budget all the time.
            dashboard            the share of a core that the dashboard's thread takes while a run stands still and at 100
                                 steps a second, the time from a key to the frame that shows it, and the time of a
                                 frame over a thousand, a hundred thousand and ten million steps, all at 200x50.
            frame                time to draw one frame at 80x24, 200x50 and 500x150: a typical one and a full repaint.
            series               memory and time to draw of a run of ten million steps.
            attach               from the start of sitter attach to its first whole frame, and its memory, over a run of a
                                 million steps and one of ten million behind a real socket.
            viewers              trains three nets while three viewers are attached and are stopped in turns; prints
                                 steps/s with them over steps/s without, and the processor time that answering them
                                 and they themselves take.
            latency [MODEL]      from a key press to the receipt and to the frame that shows it (lenet).
            thresholds FILE      what does not depend on the machine (bytes to the terminal a frame, times of frames beside
                                 each other, training watched beside unwatched) against the bounds in a file; exit
                                 code 1 where one is over its bound.
            find-lr              what rates that find-lr suggests lead to: ten small nets trained to their end at each of them,
                                 beside the best of a grid of nine rates; exit code 1 where one is worse by over 5 %.
            diagnosis FILE [NAME]
                                 trains the faulty and the healthy runs of a file of cases, each from --count seeds on, and
                                 says what was found of them: recall, headlines and false alarms.
            fuzz                 feeds damaged files to every reader, and a hundred times as many keys, mouse events,
                                 resizes, pastes and garbage to the dashboard; counts how often each screen, prompt
                                 and sheet was entered.

            """,
        options: [
            CommandOption("--json", "one JSON object a measurement in place of a table"),
            CommandOption(
                "--statistics", value: "HOW",
                "train: measure the layers every step, within the budget (default), or off:\nevery, budget, off"),
            CommandOption("--threads", value: "N", "train: in place of the config's; kernels: 2"),
            CommandOption("--batch", value: "N", "train: batch size in place of the config's"),
            CommandOption(
                "--rounds", value: "N",
                "overhead, viewers: windows with them for each net (40); statistics: turns (5);\nattach: viewers (5); checkpoints: turns (30)"
            ),
            CommandOption(
                "--seconds", value: "S",
                "length of one measurement: train 1.5, five of them; kernels 0.2;\nstatistics 0.6; overhead, viewers, checkpoints 0.5; dashboard 4"
            ),
            CommandOption(
                "--count", value: "N",
                "fuzz: damaged files for each reader (10000), inputs are 100 N; frame: frames (100);\nseries: steps (10000000); attach: steps; viewers: of them (3);\nlatency, dashboard: keys (50); find-lr: the most steps of a trial"
            ),
            CommandOption(
                "--seed", value: "N", "diagnosis: the first seed (1); find-lr: of data, weights and batches (1)"),
            CommandOption("--update", "thresholds: write what is measured, and a tenth more, into the file"),
            CommandOption("--no-trials", "find-lr: read the curve alone"),
            CommandOption("--baud", value: "N", "overhead: on a line of so many baud, as 9600"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 8,
        run: { arguments in
            let known = benchmarks.map(\.name).joined(separator: ", ")
            guard let subject = arguments.operands.first else {
                throw UsageError("sitter bench: say what to measure: \(known)")
            }
            guard let benchmark = benchmarks.first(where: { $0.name == subject }) else {
                throw UsageError("sitter bench: there is no benchmark \"\(subject)\"; known are \(known)")
            }
            let most = benchmark.name == "diagnosis" ? 8 : benchmark.takesModel ? 2 : 1
            if arguments.operands.count > most {
                throw UsageError(
                    "sitter bench: \"\(arguments.operands[most])\" is one argument too many; see sitter bench --help")
            }
            return try benchmark.run(arguments)
        })

    private struct Benchmark: Sendable {
        let name: String
        var takesModel = false
        let run: @Sendable (ParsedArguments) throws -> Int32
    }

    private static let benchmarks = [
        Benchmark(name: "train", takesModel: true) { try TrainBenchmark($0).run() },
        Benchmark(name: "kernels") { try KernelBenchmark($0).run() },
        Benchmark(name: "statistics", takesModel: true) { try StatisticsBenchmark($0).run() },
        Benchmark(name: "checkpoints", takesModel: true) { try CheckpointBenchmark($0).run() },
        Benchmark(name: "overhead") { try OverheadBenchmark($0).run() },
        Benchmark(name: "dashboard") { try DashboardBenchmark($0).run() },
        Benchmark(name: "frame") { try FrameBenchmark($0).run() },
        Benchmark(name: "series") { try SeriesBenchmark($0).run() },
        Benchmark(name: "attach") { try AttachBenchmark($0).run() },
        Benchmark(name: "viewers") { try ViewersBenchmark($0).run() },
        Benchmark(name: "latency", takesModel: true) { try LatencyBenchmark($0).run() },
        Benchmark(name: "thresholds", takesModel: true) { try ThresholdBenchmark($0).run() },
        Benchmark(name: "find-lr") { try RateFinderBenchmark($0).run() },
        Benchmark(name: "diagnosis", takesModel: true) { try DiagnosisBenchmark($0).run() },
        Benchmark(name: "fuzz") { try FuzzBenchmark($0).run() },
    ]
}
