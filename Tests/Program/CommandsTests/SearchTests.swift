import Commands
import Foundation
import TestSupport
import Testing

/// What the command line of a search is told before anything is made.
@Suite struct SearchTests {
    private let scratch = ScratchFolder()
    private let program = SitterCommand()

    @Test func `the help names every option, and the example is one that can be searched`() throws {
        let page = try HelpCommand.page(["search"])
        for name in [
            "--trials", "--method", "--rounds", "--folds", "--epochs", "--jobs", "--seed", "--json", "--resume",
        ] {
            #expect(page.contains("  \(name) "))
        }
        #expect(try HelpCommand.page(["config", "search"]).contains("rounds"))
    }

    @Test(arguments: [
        [], ["nowhere.json5"], ["one", "two"], ["CONFIG", "--trials", "0"], ["CONFIG", "--method", "clever"],
        ["CONFIG", "--method", "grid", "--trials", "3"], ["CONFIG", "--resume", "runs/x"], ["--resume", "nowhere"],
        ["CONFIG", "--seed", "-1"], ["CONFIG", "--reduction", "0.5"], ["CONFIG", "--folds", "1"],
        ["CONFIG", "--method", "grid", "--points", "1000"],
    ])
    func `a wrong command line makes nothing and ends with code 2`(words: [String]) throws {
        let folder = scratch / "made"
        let config = SourceTree.root.appendingPathComponent("examples/search/digits.json5").path
        var line = words.map { $0 == "CONFIG" ? config : $0 }
        if !line.contains("--resume") { line += ["--dir", folder] }
        #expect(program.main(["search"] + line + ["--headless"]) == 2)
        #expect(!FileManager.default.fileExists(atPath: folder))
    }
}
