import Commands
import Foundation
import Testing
import Themes

@Suite struct ThemeFileTests {
    @Test(arguments: ["sitter-dark", "sitter-light", "sitter-contrast"])
    func aPathFindsAThemeOfTheTree(name: String) throws {
        _ = try ThemeFile.named("\(sourceTree)/themes/\(name).theme")
    }

    @Test func anUnknownNameIsRefused() {
        let error = #expect(throws: UsageError.self) { try ThemeFile.named("no-such-theme") }
        #expect(error?.description.hasPrefix("--theme: there is no theme \"no-such-theme\"; ") == true)
    }

    @Test func aFileThatIsNotThereIsRefusedByItsName() {
        let error = #expect(throws: (any Error).self) { try ThemeFile.named("nowhere/x.theme") }
        #expect(error.map { "\($0)" }?.contains("nowhere/x.theme") == true)
    }
}
