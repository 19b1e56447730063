import Cells
import Foundation
import Runs

/// A command of the palette: its name, what it takes and what it does.
package struct PaletteCommand: Hashable, Sendable {
    /// What is typed: one word in lower case.
    package let name: String
    /// What may follow the name, empty where nothing may: `N`, `best|last`.
    package let argument: String
    /// What it does, a clause for the list.
    package let description: String
    /// What it does, for the reducer.
    package let action: Action
    /// Other words by which a person may look for it.
    package let synonyms: [String]

    /// What the command does, with its argument still a text.
    package enum Action: Hashable, Sendable {
        /// A command of the run, by its word in the table of commands.
        case steer(String)
        /// The rate, with the plan rescaled to it.
        case rate
        case screen, zoom, fit, follow, goto, smoothing, glyphs, filter, find, freeze, redraw, help, quit, detach
        case habit(Habit)
    }

    /// Whether the command changes the run.
    package var steers: Bool {
        switch action {
        case .steer, .rate: true
        default: false
        }
    }

    /// All commands, steering first.
    package static let all: [PaletteCommand] =
        steering + [
            PaletteCommand(
                "screen", "overview|layers|rate|updates|system|log", "show a screen", .screen,
                synonyms: ["page", "tab", "view"]),
            PaletteCommand(
                "zoom", "FROM TO", "show the steps from one to another", .zoom, synonyms: ["range", "window"]),
            PaletteCommand("fit", "", "show all steps and follow the end", .fit, synonyms: ["all", "unzoom"]),
            PaletteCommand("follow", "", "follow the newest steps at this zoom", .follow),
            PaletteCommand("goto", "STEP", "put the cursor at a step", .goto, synonyms: ["jump", "cursor"]),
            PaletteCommand(
                "smoothing", "S", "share of the steps to average over, 0 to 0.5", .smoothing,
                synonyms: ["average", "ema"]),
            PaletteCommand(
                "glyphs", choice(of: GlyphSet.named), "what curves are made of", .glyphs,
                synonyms: ["characters", "font"]),
            PaletteCommand("filter", "WORD", "only layers with this in name or kind", .filter),
            PaletteCommand("find", "WORDS", "search the log", .find, synonyms: ["search", "grep"]),
            PaletteCommand("freeze", "", "freeze the view, or let it go on", .freeze),
        ] + habits + [
            PaletteCommand("redraw", "", "draw the screen anew", .redraw, synonyms: ["refresh", "clear"]),
            PaletteCommand("help", "", "the keys", .help, synonyms: ["keys", "shortcuts"]),
            PaletteCommand(
                "detach", "", "leave the run going without this terminal", .detach,
                synonyms: ["background", "disown", "nohup"]),
            PaletteCommand(
                "quit", "", "quit; asks first while the run is alive", .quit,
                synonyms: ["exit", "leave", "close", "bye"]),
        ]

    /// An argument that is one of some words.
    static func choice<Value>(of named: KeyValuePairs<String, Value>) -> String {
        named.map(\.key).joined(separator: "|")
    }

    /// The commands of the run as their table has them, and before that for a held rate the one that rescales the plan.
    private static let steering = CommandKind.all.flatMap { kind -> [PaletteCommand] in
        let rescaling = PaletteCommand(
            "rate", "X", "set the rate to X, *0.5 or /3: rescales the plan, holds it where it rises or is held", .rate,
            synonyms: ["lr", "learningrate", "set", "halve", "double", "divide", "lower", "raise"])
        guard kind.word != CommandKind.note.word, let command = PaletteCommand(kind, .steer(kind.word)) else {
            return []
        }
        return kind.word == CommandKind.setLearningRate.word ? [rescaling, command] : [command]
    }

    /// A command as the table of commands has it; nil where the palette does not offer it.
    init?(_ kind: CommandKind, _ action: Action) {
        guard let palette = kind.palette else { return nil }
        self.init(palette.name, palette.argument, palette.hint, action, synonyms: palette.synonyms)
    }

    init(_ name: String, _ argument: String, _ description: String, _ action: Action, synonyms: [String] = []) {
        self.synonyms = synonyms
        self.name = name
        self.argument = argument
        self.description = description
        self.action = action
    }

    /// The commands that the first word of a text may mean, those whose name begins with it first, then those that go by such a
    /// word too, then those whose description has one; all for an empty text, and the one itself once an argument follows.
    package static func suggestions(for text: String) -> [PaletteCommand] {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard let first = words.first?.lowercased() else { return all }
        if words.count > 1 || text.hasSuffix(" ") { return called(first).map { [$0] } ?? [] }
        let named = all.filter { $0.name.hasPrefix(first) }
        let meant = all.filter { command in command.synonyms.contains { $0.hasPrefix(first) } }
        let described =
            first.count < 3
            ? []
            : all.filter { command in
                command.description.lowercased().split { !$0.isLetter }.contains { $0.hasPrefix(first) }
            }
        var found: [PaletteCommand] = []
        for command in named + meant + described where !found.contains(command) { found.append(command) }
        return found
    }

    /// The command of this name, or the only one that goes by this word too.
    static func called(_ word: String) -> PaletteCommand? {
        if let named = all.first(where: { $0.name == word.lowercased() }) { return named }
        let meant = all.filter { $0.synonyms.contains(word.lowercased()) }
        return meant.count == 1 ? meant[0] : nil
    }

    /// What a text becomes on tab: the longest beginning that all suggestions share, with a blank where an argument follows.
    package static func completion(of text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        var found = suggestions(for: text)
        let named = found.filter { $0.name.hasPrefix(text.lowercased()) }
        if !named.isEmpty { found = named }
        guard let command = found.first else { return text }
        if words.count > 1 || text.hasSuffix(" ") { return completeArgument(of: command, text: text, words: words) }
        if found.count == 1 { return command.name + (command.argument.isEmpty ? "" : " ") }
        let shared = found.dropFirst().reduce(command.name) { $0.commonPrefix(with: $1.name) }
        return shared.count > text.count ? shared : text
    }

    private static func completeArgument(of command: PaletteCommand, text: String, words: [String]) -> String {
        let choices = command.argument.split(separator: "|").map(String.init)
        guard choices.count > 1, words.count <= 2 else { return text }
        let typed = words.count == 2 ? words[1] : ""
        let fitting = choices.filter { $0.hasPrefix(typed) }
        return fitting.count == 1 ? "\(command.name) \(fitting[0])" : text
    }
}
