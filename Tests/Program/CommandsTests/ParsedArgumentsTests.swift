import Commands
import Testing

@Suite struct ParsedArgumentsTests {
    static let options = [
        CommandOption("--run", value: "DIR", "where"), CommandOption("--headless", "no dashboard"),
        CommandOption("--set", value: "KEY=VALUE", repeats: true, "change"),
    ]

    func parse(_ words: [String]) throws(UsageError) -> ParsedArguments {
        try ParsedArguments(words, options: Self.options, command: "sitter train", mostOperands: 1)
    }

    func complaint(about words: [String]) -> String? {
        do throws(UsageError) {
            _ = try parse(words)
            return nil
        } catch { return error.description }
    }

    @Test func `nothing is nothing`() throws {
        let parsed = try parse([])
        #expect(parsed.operands == [])
        #expect(!parsed.has("--headless"))
        #expect(parsed.value("--run") == nil)
        #expect(parsed.all("--set") == [])
    }

    @Test(arguments: [["--run", "here"], ["--run=here"]])
    func `a value follows its option or an equals sign`(words: [String]) throws {
        #expect(try parse(words).value("--run") == "here")
    }

    @Test func `only the first equals sign divides`() throws {
        #expect(try parse(["--set=a=b=c"]).all("--set") == ["a=b=c"])
    }

    @Test func `repeated options keep their order`() throws {
        #expect(try parse(["--set", "a=1", "x", "--set", "b=2"]).all("--set") == ["a=1", "b=2"])
    }

    @Test func `a value may look like an option`() throws {
        #expect(try parse(["--run", "--headless"]).value("--run") == "--headless")
    }

    @Test func `after two dashes everything is an operand`() throws {
        #expect(try parse(["--headless", "--", "--run"]).operands == ["--run"])
    }

    @Test func `one dash alone is an operand`() throws {
        #expect(try parse(["-"]).operands == ["-"])
    }

    @Test func `an empty value is a value`() throws {
        #expect(try parse(["--run="]).value("--run") == "")
    }

    @Test(arguments: [
        (["--headles"], "sitter train: unknown option --headles; did you mean --headless?"),
        (["--zzzzzzzzz"], "sitter train: unknown option --zzzzzzzzz; see sitter train --help"),
        (["-x"], "sitter train: unknown option -x; see sitter train --help"),
        (["--run"], "sitter train: --run needs a value: --run DIR"),
        (["--run", "a", "--run", "b"], "sitter train: --run is given twice"),
        (["--headless=yes"], "sitter train: --headless takes no value"),
        (["a", "b"], "sitter train: \"b\" is one argument too many; see sitter train --help"),
    ])
    func `mistakes are named`(words: [String], complaint expected: String) {
        #expect(complaint(about: words) == expected)
    }
}
