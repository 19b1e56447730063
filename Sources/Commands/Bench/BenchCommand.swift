/// `sitter bench`: measures what the program claims.
package enum BenchCommand {
    package static let subcommand = Subcommand(
        name: "bench", usage: "overhead | fuzz [OPTIONS]",
        abstract: "Measure what sitter claims: what the dashboard costs, how readers bear damaged files.",
        discussion: """
            overhead   trains without and with the dashboard, drawing into a 200x50 pseudo-terminal, in turns, on three
                       nets; prints steps/s with over steps/s without, and the CPU time of the dashboard's thread. Both
                       measure the layers within the budget, whose share is printed beside.
            fuzz       feeds damaged files to every reader, configs, scripts, themes and weights included.

            """,
        options: [
            CommandOption("--rounds", value: "N", "how often each net is measured with and without (default 7)"),
            CommandOption("--seconds", value: "S", "length of one measurement (default 2)"),
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
