import Cells
import Testing
import Themes

@Suite struct ThemeFileTests {
    @Test(arguments: [
        ("theme[sitter_train]=\"#58a6ff\"", Color.rgb(0x58, 0xA6, 0xFF)),
        ("theme[sitter_train]='#58A6FF'", .rgb(0x58, 0xA6, 0xFF)),
        ("theme[sitter_train]=\"#cc\"", .rgb(0xCC, 0xCC, 0xCC)),
        ("theme[sitter_train]=\"88 166 255\"", .rgb(88, 166, 255)),
        ("theme[sitter_train]=\"\"", .terminalDefault),
        ("theme[sitter_train]=#58a6ff", .rgb(0x58, 0xA6, 0xFF)),
        ("  theme[sitter_train] = \"#58a6ff\"  # solid line\r", .rgb(0x58, 0xA6, 0xFF)),
        ("# a comment\n\ntheme[sitter_train]=\"#010203\"\n", .rgb(1, 2, 3)),
        ("# a comment that\nruns over its line\ntheme[sitter_train]=\"#010203\"", .rgb(1, 2, 3)),
        ("\u{FEFF}theme[sitter_train]=\"#010203\"", .rgb(1, 2, 3)),
        ("theme[sitter_train]=\"#111111\"\ntheme[sitter_train]=\"#222222\"", .rgb(0x22, 0x22, 0x22)),
    ])
    func `a line sets a colour`(text: String, color: Color) throws {
        #expect(try Theme(text: text, file: "x.theme")[.train] == color)
    }

    @Test func `keys of other programs are no errors`() throws {
        let theme = try Theme(text: "theme[from_the_future]=\"~~\"\ntheme[main_bg]=\"#00\"", file: "themes/x.theme")
        #expect(theme[.background] == .rgb(0, 0, 0))
        #expect(theme.name == "x")
    }

    @Test(arguments: [
        (
            "\n\n        theme[main_bg]=\"#12345\"",
            "x.theme:3:24: \"#12345\" is no colour; write \"#rrggbb\", \"#gg\" or \"r g b\""
        ),
        ("theme[main_bg]=\"1 2\"", "x.theme:1:16: \"1 2\" is no colour; write \"#rrggbb\", \"#gg\" or \"r g b\""),
        (
            "theme[main_bg]=\"1 2 256\"",
            "x.theme:1:16: \"1 2 256\" is no colour; write \"#rrggbb\", \"#gg\" or \"r g b\""
        ),
        (
            "theme[main_bg]=\"#+12345\"",
            "x.theme:1:16: \"#+12345\" is no colour; write \"#rrggbb\", \"#gg\" or \"r g b\""
        ),
        ("theme[main_bg]=\"#000000", "x.theme:1:16: the quote is never closed; end the value with \""),
        (
            "theme[main_bg \"#000000\"",
            "x.theme:1:7: \"[\" is never closed; write theme[key]=\"#rrggbb\", or # before a comment"
        ),
        (
            "theme[main_bg] \"#000000\"",
            "x.theme:1:16: \"=\" is missing; write theme[key]=\"#rrggbb\", or # before a comment"
        ),
        ("theme[main_bg]=\"#00\" x", "x.theme:1:22: text after the value; put # before a comment"),
        ("main_bg=#000000", "x.theme:1:1: no line of a theme; write theme[key]=\"#rrggbb\", or # before a comment"),
        ("# nothing", "x.theme: sets no colour; a theme has lines like theme[main_bg]=\"#1e1e1e\""),
        ("", "x.theme: sets no colour; a theme has lines like theme[main_bg]=\"#1e1e1e\""),
    ])
    func `a broken line says where and what would be right`(text: String, message: String) {
        let error = #expect(throws: ThemeError.self) { try Theme(text: text, file: "x.theme") }
        #expect(error?.description == message)
    }

    @Test func `a misspelled key of ours is an error`() {
        let error = #expect(throws: ThemeError.self) { try Theme(text: "theme[sitter_trian]=\"#00\"", file: "x.theme") }
        #expect(
            error?.description.hasPrefix(
                "x.theme:1:7: \"sitter_trian\" is no colour of sitter; its names are sitter_bad, ") == true)
    }

    @Test func `a missing file is an error with its path`() {
        let error = #expect(throws: ThemeError.self) { try Theme(contentsOfFile: "/nowhere/x.theme") }
        #expect(error?.description.hasPrefix("/nowhere/x.theme: ") == true)
    }

    @Test func `mutated files never crash`() throws {
        let valid = Array(try ThemeFolder.text("sitter-dark").utf8)
        var state: UInt64 = 7
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var refused = 0
        for _ in 0..<500 {
            var bytes = valid
            for _ in 0...random(8) { bytes[random(bytes.count)] = UInt8(random(256)) }
            if random(4) == 0 { bytes.removeLast(random(bytes.count)) }
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(ThemeError) {
                let theme = try Theme(text: text, file: "x.theme")
                _ = Palette(theme: theme, depth: .palette256).heat(0.5)
            } catch {
                refused += 1
                #expect(error.description.hasPrefix("x.theme:") && !error.description.contains("\n"))
            }
        }
        #expect(refused > 100)
    }
}
