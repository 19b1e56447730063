/// `sitter bench`: measures what the program claims.
package enum BenchCommand {
    package static let subcommand = Subcommand(
        name: "bench", usage: "overhead | fuzz [OPTIONS]",
        abstract: "Measure what sitter claims: what the dashboard costs, how readers bear damaged files.",
        discussion: """
            overhead   trains three nets while a dashboard draws into a 200x50 pseudo-terminal and stands still in turns;
                       prints steps/s with it over steps/s without, and the CPU time of its thread. The layers are
                       measured within the budget all the time; their share is printed beside.
            fuzz       feeds damaged files to every reader, configs, scripts, themes and weights included.

            """,
        options: [
            CommandOption("--rounds", value: "N", "overhead: windows with the dashboard for each net (default 40)"),
            CommandOption("--seconds", value: "S", "overhead: length of one window (default 0.5)"),
            CommandOption("--json", "overhead: one JSON object a net in place of the table"),
            CommandOption("--count", value: "N", "fuzz: damaged files for each reader (default 10000)"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 1,
        run: { arguments in
            switch arguments.operands.first {
            case "overhead": return try OverheadBenchmark(arguments).run()
            case "fuzz": return try FuzzBenchmark(arguments).run()
            case nil: throw UsageError("sitter bench: say what to measure: sitter bench overhead, or fuzz")
            case let subject?:
                throw UsageError("sitter bench: there is no benchmark \"\(subject)\"; known are overhead and fuzz")
            }
        })
}
