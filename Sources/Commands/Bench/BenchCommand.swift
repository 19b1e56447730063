/// `sitter bench`: measures what the program claims.
package enum BenchCommand {
    package static let subcommand = Subcommand(
        name: "bench", usage: "overhead [OPTIONS]",
        abstract: "Measure what sitter claims: `overhead`, what the dashboard costs the training.",
        discussion: """
            overhead   trains without and with the dashboard, drawing into a 200x50 pseudo-terminal, in turns, on three
                       nets; prints steps/s with over steps/s without, and the CPU time of the dashboard's thread.

            """,
        options: [
            CommandOption("--rounds", value: "N", "how often each net is measured with and without (default 7)"),
            CommandOption("--seconds", value: "S", "length of one measurement (default 2)"),
            CommandOption("--json", "one JSON object a net in place of the table"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 1,
        run: { arguments in
            guard let subject = arguments.operands.first else {
                throw UsageError("sitter bench: say what to measure: sitter bench overhead")
            }
            guard subject == "overhead" else {
                throw UsageError("sitter bench: there is no benchmark \"\(subject)\"; known is overhead")
            }
            return try OverheadBenchmark(arguments).run()
        })
}
