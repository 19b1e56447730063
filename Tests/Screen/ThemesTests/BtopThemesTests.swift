import Cells
import Foundation
import Testing
import Themes

/// Theme files as btop brings them: Debian's packages of btop and of its forerunner, unpacked where they are not there yet.
@Suite(.enabled(if: !BtopThemes.files.isEmpty, "no theme of btop is to be had here"))
struct BtopThemesTests {
    @Test func `there are at least thirty`() { #expect(BtopThemes.files.count >= 30) }

    @Test(arguments: BtopThemes.files)
    func `loads without a word`(path: String) throws {
        let theme = try Theme(contentsOfFile: path)
        let series = [ColorRole.train, .validation, .best, .rate, .you, .warn, .bad].map { theme[$0] }
        #expect(!series.contains(.terminalDefault))
        // Whatever the file says, text can be read where its background is known.
        for role in [ColorRole.dimText, .brightText] {
            if let ratio = contrast(theme[role], theme[.background]) { #expect(ratio >= 4, "\(role): \(ratio)") }
        }
        for role in [ColorRole.train, .validation, .best, .rate] {
            if let ratio = contrast(theme[role], theme[.background]) { #expect(ratio >= 3, "\(role): \(ratio)") }
        }
        for depth in ColorDepth.allCases {
            let palette = Palette(theme: theme, depth: depth)
            #expect(palette[.selection] != palette[.text])
        }
    }
}

enum BtopThemes {
    /// Paths of all files, empty where there are none to be had.
    static let files: [String] = {
        guard let folder = unpacked() else { return [] }
        return ["btop", "bpytop"].flatMap { package in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(package)")) ?? []).sorted()
                .filter { $0.hasSuffix(".theme") }.map { "\(folder)/\(package)/\($0)" }
        }
    }()

    private static func unpacked() -> String? {
        let process = Process()
        process.executableURL = ThemeFolder.root.appending(path: "scripts/btop-themes")
        process.arguments = [ThemeFolder.root.appending(path: ".build/btop-themes").path]
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }
}
