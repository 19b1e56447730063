import Cells
import Commands
import Dashboard
import Foundation
import Settings
import TestSupport
import Testing
import Themes

@Suite("A person's settings")
struct UserSettingsTests {
    private func settings(_ text: String) throws -> UserSettings {
        try UserSettings(Setting.parse(text: text, file: "config.json5"))
    }

    @Test func `every habit can be set`() throws {
        let settings = try settings(
            """
            {
              theme: "nord", colors: 256, glyphs: "blocks", frameRate: 5, screen: "layers", smoothing: 0.01,
              lossAxis: "linear", xAxis: "epochs", bell: ["finish", "notFinite"], title: false, remember: false,
              readOnly: true, mouse: false, keys: { pause: ["P", "space"], theme: "ctrl-t" },
            }
            """)
        #expect(settings.theme == "nord" && settings.colors == .palette256 && settings.glyphs == .blocks)
        #expect(settings.frameRate == 5 && settings.screen == .layers && settings.smoothing == 0.01)
        #expect(settings.logarithmicLoss == false && settings.xAxis == .epochs)
        #expect(settings.bell == [.finish, .notFinite] && !settings.title && !settings.remembersView)
        #expect(settings.isReadOnly && settings.mouse == false)
        #expect(settings.keys.command(for: .character("P"), on: .overview) == .togglePause)
    }

    @Test func `an empty file changes nothing`() throws {
        let settings = try settings("{}")
        #expect(settings.theme == nil && settings.frameRate == 10 && settings.title && settings.remembersView)
        #expect(settings.bell == [.notFinite] && settings.screen == nil && !settings.isReadOnly)
    }

    @Test(
        arguments: [
            ("true", Set(BellOccasion.allCases)), ("false", []), ("\"finish\"", [.finish]), ("[]", []),
        ] as [(String, Set<BellOccasion>)])
    func `the bell is all nothing or some`(text: String, rings: Set<BellOccasion>) throws {
        #expect(try settings("{ bell: \(text) }").bell == rings)
    }

    @Test(arguments: [("3", Screen.learningRate), ("\"updates\"", .updates), ("6", .log)])
    func `a screen is a digit or a name`(text: String, screen: Screen) throws {
        #expect(try settings("{ screen: \(text) }").screen == screen)
    }

    @Test(arguments: [
        ("{ thema: \"x\" }", "config.json5:1:3: thema: unknown key; did you mean \"theme\"?"),
        ("{\n  frameRate: 0.5 }", "config.json5:2:14: frameRate: a number from 1 to 30 is due here, not 0.5"),
        ("{ colors: 12 }", "config.json5:1:11: colors: colors are \"truecolor\", 256, 16 or \"mono\""),
        ("{ smoothing: 1 }", "config.json5:1:14: smoothing: a number from 0 to 0.5 is due here, not 1"),
        ("{ screen: \"layer\" }", "config.json5:1:11: screen: unknown name \"layer\"; did you mean \"layers\"?"),
        ("{ keys: { pauze: \"P\" } }", "config.json5:1:11: keys.pauze: unknown key; did you mean \"pause\"?"),
        (
            "{ keys: { pause: \"ctrl-i\" } }",
            "config.json5:1:18: keys.pause: no key is called ctrl-i; write one character, \"space\", \"enter\", \"page-up\", \"ctrl-p\" and the like"
        ),
        (
            "{ keys: { pause: \"ctrl-c\" } }",
            "config.json5:1:18: keys.pause: ctrl-c keeps its meaning; take another key"
        ),
        (
            "{ keys: { pause: \"e\" } }",
            "config.json5:1:18: keys.pause: e would mean both pause and evaluate; give one of them another key as well"
        ),
        ("[]", "config.json5:1:1: an object is due here, not an empty list"),
    ])
    func `what is wrong is said with its place`(text: String, message: String) {
        let error = #expect(throws: SettingsError.self) { try settings(text) }
        #expect(error?.description == message)
    }

    @Test func `two commands may change keys`() throws {
        let keys = try settings("{ keys: { pause: \"e\", evaluate: \"space\" } }").keys
        #expect(keys.command(for: .character("e"), on: .overview) == .togglePause)
        #expect(keys.command(for: .character(" "), on: .overview) == .evaluate)
    }

    @Test func `the usual file need not be there a named one has to`() throws {
        let scratch = ScratchFolder()
        let folders = UserFolders(environment: ["HOME": scratch.path])
        #expect(try UserSettings.load(folders: folders).theme == nil)
        #expect(throws: (any Error).self) { try UserSettings.load(scratch.path + "/none.json5", folders: folders) }
        let file = try #require(folders.settingsFile)
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/.config/sitter", withIntermediateDirectories: true)
        try "{ theme: 'sitter-light' }".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try UserSettings.load(folders: folders).theme == "sitter-light")
    }

    @Test func `folders follow the standard`() {
        let home = UserFolders(environment: ["HOME": "/h"])
        #expect(home.settingsFile == "/h/.config/sitter/config.json5")
        #expect(home.viewFile == "/h/.local/state/sitter/view.json")
        let own = UserFolders(environment: ["HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "relative"])
        #expect(own.settingsFile == "/c/sitter/config.json5")
        #expect(own.viewFile == "/h/.local/state/sitter/view.json")
        #expect(own.themes == ["/c/sitter/themes", "/c/btop/themes"])
        #expect(UserFolders(environment: [:]).settingsFile == nil)
    }
}
