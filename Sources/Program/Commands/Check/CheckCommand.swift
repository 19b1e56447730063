import Charts
import Plans
import Runs
import Settings
import Themes
import Training

/// `sitter check`: the pre-flight ladder of a config.
package enum CheckCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "check", usage: "[CONFIG] [OPTIONS]",
        abstract: "Climb the pre-flight ladder: is this worth training at all?",
        discussion: """
            Looks at layers, data and schedule, at the scale of the inputs, at the first loss without regularization and with
            it, at how the signal goes through the network, compares the gradient of each tensor with central differences,
            looks for a rate at which the loss goes down, learns 20 examples by heart, and asks whether labels follow from
            inputs. Each rung is green, amber or red, with its figures and what to do. Takes seconds. Exit code 1 where one is red.

            """,
        options: [
            CommandOption(
                "--set", value: "KEY=VALUE", repeats: true, "change a key of the config: --set batchSize=32"),
            CommandOption("--json", "write one JSON object in place of the lines"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 1,
        run: { arguments in
            let plan = try ConfigFile.plan(arguments.operands.first, changes: arguments.all("--set"))
            let pool = plan.workerPool()
            defer { pool.close() }
            let data = try LoadedData(plan, pool: pool)
            let preflight = try Preflight(plan: plan, data: data, pool: pool)
            let isJSON = arguments.has("--json")
            let screen = PlainScreen()
            let line = WaitingLine("check")
            var shown = 0
            if !isJSON { print("\(OneLine.of(plan.name)): pre-flight check\n") }
            func show(_ items: [CheckItem]) {
                line.clear()
                guard !isJSON else { return }
                for item in items.dropFirst(shown) { print(CheckLines(item, on: screen).text) }
                shown = items.count
            }
            let result = preflight.run { result in
                show(result.items)
                if let rung = result.current { line.show(rung.title) }
                return true
            }
            show(result.items)
            print(isJSON ? json(result, plan: plan).pretty : "\n\(result.words)")
            return result.verdict == .red ? ExitCode.failed : ExitCode.done
        })

    private static func json(_ result: CheckResult, plan: RunPlan) -> JSON {
        .object([
            ("name", .string(plan.name)), ("verdict", .string(result.verdict.rawValue)),
            (
                "rungs",
                .array(
                    result.items.map { item in
                        .object([
                            ("rung", .string(item.rung.rawValue)), ("verdict", .string(item.verdict.rawValue)),
                            ("figures", .string(item.figures)), ("advice", item.advice.map { .string($0) } ?? .null),
                            (
                                "values",
                                .object(item.values.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
                            ),
                        ])
                    })
            ),
        ])
    }
}

/// A rung as lines of text.
private struct CheckLines {
    let text: String

    init(_ item: CheckItem, on screen: PlainScreen) {
        let column = (CheckItem.Rung.allCases.map(\.title.count).max() ?? 0) + 2
        let (glyph, role): (String, ColorRole) =
            switch item.verdict {
            case .green: ("●", .good)
            case .amber: ("▲", .warn)
            case .red: ("■", .bad)
            }
        // Without colours and glyphs the word says it.
        let mark = screen.glyphs.isASCII ? " " : glyph
        let head = "\(mark) \(item.verdict.rawValue.leftAligned(in: 7))"
        let lines = [
            screen.colored(head, role) + item.rung.title.leftAligned(in: column) + OneLine.of(item.figures)
        ]
        let indent = String(repeating: " ", count: 9 + column)
        let arrow = screen.glyphs.isASCII ? "->" : "→"
        text = (lines + (item.advice.map { [indent + screen.colored("\(arrow) \($0)", role)] } ?? [])).joined(
            separator: "\n")
    }
}
