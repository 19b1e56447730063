import Commands
import Testing

@Suite struct SubcommandTests {
    @Test func theHelpOfTrainShowsEveryOptionOnce() {
        let help = TrainCommand.subcommand.help
        for option in TrainCommand.subcommand.options {
            let left = "\n  " + option.name + (option.value.map { " " + $0 } ?? "") + "  "
            #expect(help.components(separatedBy: left).count == 2, "\(option.name) in\n\(help)")
        }
    }

    @Test func theHelpOfTrainBeginsWithWhatItDoesAndHowItIsWritten() {
        let lines = TrainCommand.subcommand.help.components(separatedBy: "\n")
        #expect(lines[0] == "Train a network, watch it and steer it; without CONFIG the built-in demo.")
        #expect(lines[2] == "usage: sitter train [CONFIG] [OPTIONS]")
    }

    @Test func theProgramsHelpListsEverySubcommand() {
        for subcommand in SitterCommand.subcommands {
            #expect(SitterCommand.help.contains("\n  \(subcommand.name)  "))
        }
    }

    @Test func helpPagesFitInto120Columns() {
        for page in [SitterCommand.help] + SitterCommand.subcommands.map(\.help) {
            for line in page.components(separatedBy: "\n") { #expect(line.count <= 120, "\(line)") }
        }
    }

    @Test(arguments: [
        ("trian", "unknown subcommand \"trian\"; did you mean \"train\"?"),
        ("quux", "unknown subcommand \"quux\"; known are train, describe, bench, help; see sitter --help"),
        ("/dev/null", "unknown subcommand \"/dev/null\"; to train it, write: sitter train /dev/null"),
    ])
    func aWordThatIsNoSubcommandGetsAHint(word: String, complaint: String) {
        #expect(SitterCommand.unknown(word).description == complaint)
    }

    @Test func aColourDepthIsOneOfFour() throws {
        #expect(throws: UsageError.self) { try Self.options(["--colors", "8"]) }
        #expect(try Self.options(["--colors", "256"]).colors == .palette256)
        #expect(try Self.options([]).colors == nil)
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
    func controlCharactersBecomeBlanks(text: String, line: String) {
        #expect(OneLine.of(text) == line)
    }
}
