import Foundation
import Runs

extension PaletteCommand {
    /// What commands about the dashboard itself do.
    package enum Habit: Hashable, Sendable {
        case note, theme, tags, export, copy, mouse, axis, xAxis, panel, enlarge, order, histograms, mark, rulings
    }

    /// Commands about the dashboard itself.
    static let habits: [PaletteCommand] =
        [PaletteCommand(.note, .habit(.note))].compactMap { $0 } + [
            PaletteCommand(
                "theme", "NAME", "show a theme; without a name choose one", .habit(.theme),
                synonyms: ["colors", "colours"]),
            PaletteCommand(
                "tags", "", "which series of the files is the loss, the accuracy", .habit(.tags),
                synonyms: ["series", "loss", "accuracy"]),
            PaletteCommand(
                "export", "data|screen", "numbers as CSV, or the screen as text", .habit(.export),
                synonyms: ["csv", "save", "write"]),
            PaletteCommand(
                "copy", "", "the panel's numbers to the terminal's clipboard", .habit(.copy),
                synonyms: ["yank", "clipboard"]),
            PaletteCommand(
                "mouse", "on|off", "take the mouse, or let the terminal select text with it", .habit(.mouse),
                synonyms: ["selection"]),
            PaletteCommand("axis", choice(of: ChartSettings.logarithmic), "how the loss is drawn", .habit(.axis)),
            PaletteCommand("xaxis", choice(of: ChartSettings.XAxis.named), "what the x axis counts", .habit(.xAxis)),
            PaletteCommand("focus", "PANEL", "choose a panel of this screen", .habit(.panel), synonyms: ["select"]),
            PaletteCommand(
                "enlarge", "", "the panel alone, or back", .habit(.enlarge), synonyms: ["maximize", "full"]),
            PaletteCommand(
                "order", "depth|trouble", "layers in depth order, or worst first", .habit(.order), synonyms: ["sort"]),
            PaletteCommand(
                "histograms", LayerQuantity.allCases.map(\.rawValue).joined(separator: "|"),
                "histograms after the activation, before it, or of the gradients", .habit(.histograms)),
            PaletteCommand("mark", "next|previous", "the cursor to a mark", .habit(.mark)),
            PaletteCommand("rulings", "", "put dragged rulings back where they were", .habit(.rulings)),
        ]
}

extension PaletteCommand {
    /// What the palette's text becomes on tab, names of this run and machine included.
    static func completion(of text: String, in situation: Situation) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let name = words.first, words.count <= 2, words.count == 2 || text.hasSuffix(" "),
            let names = argumentNames(of: name, in: situation)
        else { return completion(of: text) }
        let typed = words.count == 2 ? words[1] : ""
        let found = names.filter { $0.lowercased().hasPrefix(typed.lowercased()) }
        guard let first = found.first else { return text }
        let shared = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1, options: .caseInsensitive) }
        return shared.count >= typed.count ? "\(name) \(shared)" : text
    }

    /// What may follow a command, where only the dashboard knows.
    private static func argumentNames(of command: String, in situation: Situation) -> [String]? {
        switch command {
        case "theme": situation.person.themeNames
        case "focus": situation.view.panels.map(\.name)
        default: nil
        }
    }
}
