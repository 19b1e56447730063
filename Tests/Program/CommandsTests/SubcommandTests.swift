import Benchmarks
import Commands
import Testing

@Suite struct SubcommandTests {
    private let program = SitterCommand(with: [BenchCommand.subcommand])

    @Test func `the help of train shows every option once`() {
        let help = TrainCommand.subcommand.help
        for option in TrainCommand.subcommand.options {
            let left = "\n  " + option.name + (option.value.map { " " + $0 } ?? "") + "  "
            #expect(help.components(separatedBy: left).count == 2, "\(option.name) in\n\(help)")
        }
    }

    @Test func `the help of train begins with what it does and how it is written`() {
        let lines = TrainCommand.subcommand.help.components(separatedBy: "\n")
        #expect(lines[0] == "Train a network, watch it and steer it; without CONFIG the built-in demo.")
        #expect(lines[2] == "usage: sitter train [CONFIG] [OPTIONS]")
    }

    @Test func `the programs help lists every subcommand`() {
        for subcommand in program.subcommands {
            #expect(program.help.contains("\n  \(subcommand.name)  "))
        }
    }

    @Test func `help pages fit into 120 columns`() {
        for page in [program.help] + program.subcommands.map(\.help) {
            for line in page.components(separatedBy: "\n") { #expect(line.count <= 120, "\(line)") }
        }
    }

    @Test(arguments: [
        ("trian", "unknown subcommand \"trian\"; did you mean \"train\"?"),
        (
            "quux",
            "unknown subcommand \"quux\"; known are train, describe, find-lr, check, search, runs, attach, watch, send, rerun, evaluate, bench, help; see sitter --help"
        ),
        ("/dev/null", "unknown subcommand \"/dev/null\"; to train it, write: sitter train /dev/null"),
    ])
    func `a word that is no subcommand gets a hint`(word: String, complaint: String) {
        #expect(program.unknown(word).description == complaint)
    }

    @Test func `a colour depth is one of four`() throws {
        #expect(throws: UsageError.self) { try Self.options(["--colors", "8"]) }
        #expect(try Self.options(["--colors", "256"]).screen.colors == .palette256)
        #expect(try Self.options([]).screen.colors == nil)
    }

    static func options(_ words: [String]) throws -> TrainOptions {
        let train = TrainCommand.subcommand
        return try TrainOptions(
            ParsedArguments(words, options: train.options, command: "sitter train", mostOperands: 1))
    }
}

@Suite struct OneLineTests {
    @Test(arguments: [
        ("plain – text", "plain – text"), ("two\nlines", "two lines"), ("carriage\rreturn", "carriage return"),
        ("\u{1B}[2J", " [2J"), ("\u{9B}2J", " 2J"), ("a\u{2028}b", "a b"),
    ])
    func `control characters become blanks`(text: String, line: String) {
        #expect(OneLine.of(text) == line)
    }
}
