import Cells
import Testing
import Themes

@Suite struct ThemeTests {
    @Test func `the built in theme is the file`() throws {
        let file = try ThemeFolder.theme("sitter-dark")
        #expect(Theme.sitterDark == file)
    }

    @Test func `there is a theme for everybody`() throws {
        #expect(ThemeFolder.names.count >= 10)
        let light = try ThemeFolder.names.filter { try ThemeFolder.theme($0).isLight }
        #expect(light.count >= 3 && ThemeFolder.names.count - light.count >= 5)
        for name in ["sitter-safe-dark", "sitter-safe-light", "sitter-mono", "sitter-terminal"] {
            #expect(ThemeFolder.names.contains(name))
        }
    }

    /// The theme that keeps the terminal's own background can be read on any.
    @Test(arguments: [Color.rgb(0, 0, 0), .rgb(255, 255, 255)])
    func `the terminals theme can be read on black and on white`(ground: Color) throws {
        let theme = try ThemeFolder.theme("sitter-terminal")
        #expect(theme[.background] == .terminalDefault && theme[.text] == .terminalDefault)
        for role in [ColorRole.train, .validation, .best, .rate, .you, .warn, .bad, .key, .dimText] {
            let ratio = try #require(contrast(theme[role], ground))
            #expect(ratio >= 3, "\(role): \(ratio)")
        }
        let palette = Palette(theme: theme, depth: .trueColor)
        #expect(palette[.selection] == Style(attributes: .reverse))
        #expect(palette[.brightText] == Style(attributes: .bold))
    }

    @Test func `the monochrome theme has greys alone`() throws {
        for color in try ThemeFolder.theme("sitter-mono").colors.values {
            guard case .rgb(let red, let green, let blue) = color else { continue }
            #expect(red == green && green == blue)
        }
    }

    @Test(arguments: ThemeFolder.names.filter { $0 != "sitter-terminal" })
    func `text can be read`(name: String) throws {
        let theme = try ThemeFolder.theme(name)
        for ground in [ColorRole.background, .selection] {
            for role in [ColorRole.text, .brightText, .dimText, .title, .key] {
                let ratio = try #require(contrast(theme[role], theme[ground]))
                // The cursor row may be a little harder to read.
                #expect(ratio >= (ground == .background ? 4.5 : 3.8), "\(role) on \(ground): \(ratio)")
            }
        }
        for role in [ColorRole.train, .validation, .best, .rate, .you, .warn, .bad, .good, .ghost] {
            let ratio = try #require(contrast(theme[role], theme[.background]))
            #expect(ratio >= 3, "\(role): \(ratio)")
        }
    }

    @Test(arguments: ThemeFolder.names)
    func `files have all keys of btop`(name: String) throws {
        let theme = try ThemeFolder.theme(name)
        for key in [
            "main_bg", "main_fg", "title", "hi_fg", "selected_bg", "selected_fg", "inactive_fg", "graph_text",
            "meter_bg", "proc_misc", "cpu_box", "mem_box", "net_box", "proc_box", "div_line", "temp_start", "cpu_mid",
            "free_end", "cached_start", "available_mid", "used_end", "download_start", "upload_mid", "process_end",
        ] { #expect(theme.colors[key] != nil, "\(key)") }
    }

    @Test func `contrast is that of the standard`() throws {
        #expect(contrast(.rgb(0, 0, 0), .rgb(255, 255, 255)) == 21)
        // WebAIM's checker gives 4.54 for this grey on white.
        let grey = try #require(contrast(.rgb(0x76, 0x76, 0x76), .rgb(255, 255, 255)))
        #expect((grey * 100).rounded() == 454)
        #expect(contrast(.terminalDefault, .rgb(0, 0, 0)) == nil)
    }

    @Test func `a theme of btop alone gives every role a colour`() throws {
        let theme = try Theme(
            text: """
                theme[main_bg]="#282a36"
                theme[main_fg]="#f8f8f2"
                theme[title]="#f8f8f2"
                theme[hi_fg]="#6272a4"
                theme[selected_bg]="#ff79c6"
                theme[inactive_fg]="#44475a"
                theme[cpu_box]="#bd93f9"
                theme[div_line]="#44475a"
                theme[cpu_start]="#bd93f9"
                theme[cpu_mid]="#8be9fd"
                theme[cpu_end]="#50fa7b"
                theme[download_start]="#bd93f9"
                theme[download_end]="#50fa7b"
                theme[upload_end]="#ff79c6"
                """, file: "violet.theme")
        let series = [ColorRole.train, .validation, .best, .rate, .you, .warn, .bad].map { theme[$0] }
        #expect(Set(series).count == series.count)
        #expect(!series.contains(.terminalDefault))
        #expect(try #require(contrast(theme[.dimText], theme[.background])) >= 4.5)
        #expect(theme[.train] == .rgb(0x50, 0xFA, 0x7B))
    }

    @Test func `text stays readable on the cursor row`() throws {
        let theme = try Theme(
            text: "theme[main_bg]=\"#00\"\ntheme[main_fg]=\"#ffa500\"\ntheme[selected_bg]=\"#ffa500\"",
            file: "orange.theme")
        #expect(try #require(contrast(theme[.text], theme[.selection])) >= 4.5)
    }

    @Test func `the terminals own background stays`() throws {
        let theme = try Theme(text: "theme[main_bg]=\"\"\ntheme[main_fg]=\"\"", file: "plain.theme")
        let style = theme.style(.text, depth: .trueColor)
        #expect(style == .plain)
        #expect(theme.style(.train, depth: .trueColor).background == .terminalDefault)
    }

    @Test func `light and dark are told apart`() throws {
        #expect(try ThemeFolder.theme("sitter-light").isLight)
        #expect(!Theme.sitterDark.isLight)
    }
}
