import Foundation

extension PaletteCommand {
    /// What commands about the dashboard itself do.
    package enum Habit: Hashable, Sendable {
        case note, theme, export, axis, xAxis, panel, enlarge, order, mark, rulings
    }

    /// Commands about the dashboard itself.
    static let habits: [PaletteCommand] = [
        PaletteCommand("note", "WORDS", "keep words at this step", .habit(.note)),
        PaletteCommand("theme", "NAME", "show a theme; without a name choose one", .habit(.theme)),
        PaletteCommand("export", "data|screen", "numbers as CSV, or the screen as text", .habit(.export)),
        PaletteCommand("axis", "logarithmic|linear", "how the loss is drawn", .habit(.axis)),
        PaletteCommand("xaxis", "steps|epochs|time", "what the x axis counts", .habit(.xAxis)),
        PaletteCommand("focus", "PANEL", "choose a panel of this screen", .habit(.panel)),
        PaletteCommand("enlarge", "", "the panel alone, or back", .habit(.enlarge)),
        PaletteCommand("order", "depth|trouble", "layers in depth order, or worst first", .habit(.order)),
        PaletteCommand("mark", "next|previous", "the cursor to a mark", .habit(.mark)),
        PaletteCommand("rulings", "", "put dragged rulings back where they were", .habit(.rulings)),
    ]
}

extension DashboardState {
    /// What the palette's text becomes on tab, names of this run and machine included.
    func completion(of text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let name = words.first, words.count <= 2, words.count == 2 || text.hasSuffix(" "),
            let names = argumentNames(of: name)
        else { return PaletteCommand.completion(of: text) }
        let typed = words.count == 2 ? words[1] : ""
        let found = names.filter { $0.lowercased().hasPrefix(typed.lowercased()) }
        guard let first = found.first else { return text }
        let shared = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1, options: .caseInsensitive) }
        return shared.count >= typed.count ? "\(name) \(shared)" : text
    }

    /// What may follow a command, where only the state knows.
    private func argumentNames(of command: String) -> [String]? {
        switch command {
        case "theme": themeNames
        case "focus": Panel.order(on: screen).map { "\($0)" }
        default: nil
        }
    }

    mutating func perform(_ habit: PaletteCommand.Habit, arguments: [String]) throws(PaletteError) -> [Effect] {
        let first = arguments.first ?? ""
        func refuse(unlessOneOf choices: [String], _ name: String) throws(PaletteError) {
            guard arguments.count == 1, choices.contains(first) else {
                throw PaletteError("\(name) takes one of \(choices.joined(separator: ", "))")
            }
        }
        switch habit {
        case .note:
            if isReadOnly || phase.isFinished { throw PaletteError(steeringRefusal ?? "the run takes no note now") }
            guard !arguments.isEmpty else {
                openNote()
                return []
            }
            return [send(.note(arguments.joined(separator: " ")))]
        case .theme:
            guard !arguments.isEmpty else {
                openThemes()
                return []
            }
            let name = arguments.joined(separator: " ")
            guard themeNames.contains(name) || name.contains("/") else {
                throw PaletteError("no theme is called \(name): tab completes")
            }
            keptTheme = name
            return [.theme(name)]
        case .export:
            if !first.isEmpty { try refuse(unlessOneOf: ["data", "screen"], "export") }
            openExport(first == "screen" ? .screen : .data(focus))
        case .axis:
            try refuse(unlessOneOf: ["logarithmic", "linear"], "axis")
            charts.logarithmicLoss = first == "logarithmic"
        case .xAxis:
            try refuse(unlessOneOf: ["steps", "epochs", "time"], "xaxis")
            charts.xAxis = first == "steps" ? .steps : first == "epochs" ? .epochs : .time
        case .panel:
            let panels = Panel.order(on: screen)
            try refuse(unlessOneOf: panels.map { "\($0)" }, "focus")
            if let panel = panels.first(where: { "\($0)" == first }) { focus = panel }
            if enlarged != nil { enlarged = focus }
        case .enlarge: view(.enlarge)
        case .order:
            try refuse(unlessOneOf: ["depth", "trouble"], "order")
            layersByTrouble = first == "trouble"
        case .mark:
            try refuse(unlessOneOf: ["next", "previous"], "mark")
            goToMark(forward: first == "next")
        case .rulings: splits = Splits()
        }
        return []
    }
}
