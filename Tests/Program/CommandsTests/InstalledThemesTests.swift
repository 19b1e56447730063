import Commands
import Foundation
import TestSupport
import Testing
import Themes

@Suite struct InstalledThemesTests {
    @Test(arguments: ["sitter-dark", "sitter-light", "sitter-contrast"])
    func `a path finds a theme of the tree`(name: String) throws {
        _ = try InstalledThemes.named("\(sourceTree)/themes/\(name).theme")
    }

    @Test func `themes of the person and of their btop are found by name`() throws {
        let scratch = ScratchFolder()
        let folders = UserFolders(environment: ["XDG_CONFIG_HOME": scratch.path])
        for (folder, name, color) in [
            ("sitter", "mine", "#010203"), ("btop", "mine", "#ffffff"), ("btop", "other", "#040506"),
        ] {
            let path = "\(scratch.path)/\(folder)/themes"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try "theme[main_bg]=\"\(color)\"".write(toFile: "\(path)/\(name).theme", atomically: true, encoding: .utf8)
        }
        #expect(try InstalledThemes.named("mine", folders: folders)[.background] == .rgb(1, 2, 3))
        #expect(try InstalledThemes.named("other.theme", folders: folders)[.background] == .rgb(4, 5, 6))
        let names = InstalledThemes.names(folders: folders)
        #expect(names.contains("mine") && names.contains("other") && names.contains("sitter-dark"))
        let error = #expect(throws: UsageError.self) { try InstalledThemes.named("othr", folders: folders) }
        #expect(error?.description == "--theme: there is no theme \"othr\"; did you mean other?")
    }

    @Test func `an unknown name is refused`() {
        let error = #expect(throws: UsageError.self) { try InstalledThemes.named("no-such-theme") }
        #expect(error?.description.hasPrefix("--theme: there is no theme \"no-such-theme\"; ") == true)
    }

    @Test func `a file that is not there is refused by its name`() {
        let error = #expect(throws: (any Error).self) { try InstalledThemes.named("nowhere/x.theme") }
        #expect(error.map { "\($0)" }?.contains("nowhere/x.theme") == true)
    }
}
