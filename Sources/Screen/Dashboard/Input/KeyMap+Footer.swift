import Cells
import History
import Runs

/// The keys of the moment: steering left, viewing right.
package struct FooterKeys: Hashable, Sendable {
    /// Each group in order of importance, so that the last can be dropped first.
    package var steering: [FooterKey]
    /// Keys that change what is seen, most important first.
    package var viewing: [FooterKey]

    /// What fits into `width` columns with one blank at both ends, two between keys and four between the groups, each group in
    /// the order of the key map. Viewing keys go before steering keys, the least important first; `?` stays last.
    package func fitting(_ width: Int) -> (steering: [FooterKey], viewing: [FooterKey]) {
        var left = steering
        var right = viewing
        // Each key with the two blanks behind it; behind the last of all they are those at the ends.
        var used = (left + right).reduce(0) { $0 + $1.width + 2 }
        // Two more blanks between the groups.
        while used + (left.isEmpty || right.isEmpty ? 0 : 2) > width {
            if right.count > 3 || left.count <= 4 && right.count > 1 {
                used -= right.removeLast().width + 2
            } else if !left.isEmpty {
                used -= left.removeLast().width + 2
            } else {
                break
            }
        }
        return (left.sorted { $0.place < $1.place }, right.sorted { $0.place < $1.place })
    }
}

/// A key and its label in the footer.
package struct FooterKey: Hashable, Sendable {
    /// The key as it is written.
    package let key: String
    /// What it does, one or two words.
    package let label: String
    /// The place in the key map: how the footer orders what it shows.
    package let place: Int
    /// Columns of key, blank and label.
    package let width: Int

    /// A key with its label, and its place in the order of the key map.
    package init(key: String, label: String, place: Int) {
        self.key = key
        self.label = label
        self.place = place
        width = displayWidth(key) + 1 + displayWidth(label)
    }
}

extension KeyMap {
    /// The keys that matter now.
    package static func footer(for state: DashboardState) -> FooterKeys {
        if let overlay = state.overlay.shown {
            return footer(for: overlay, of: state.run.live, canSave: state.keeping.isOffered)
        }
        var steering: [FooterKey] = []
        if state.steering.stagedRate != nil || !state.steering.heldCommands.isEmpty {
            if state.steering.stagedRate != nil { steering.append(FooterKey(key: "Enter", label: "apply", place: -2)) }
            steering.append(FooterKey(key: "Esc", label: "drop", place: -1))
        }
        steering += keys(of: .steering, state)
        return FooterKeys(steering: steering, viewing: keys(of: .viewing, state))
    }

    private static func keys(of group: KeyBinding.Group, _ state: DashboardState) -> [FooterKey] {
        state.person.keys.bindings.enumerated()
            .filter { $0.element.group == group && $0.element.importance != nil && matters($0.element, state) }
            .sorted { ($0.element.importance ?? 0) < ($1.element.importance ?? 0) }
            .map { FooterKey(key: $0.element.shown, label: label(of: $0.element, state), place: $0.offset) }
    }

    private static func matters(_ binding: KeyBinding, _ state: DashboardState) -> Bool {
        guard binding.screens.contains(state.view.screen) else { return false }
        guard let command = binding.triggers.first?.command else { return false }
        if command.steers, state.steering.isReadOnly || state.run.phase.isFinished { return false }
        switch command {
        case .singleStep: return state.run.phase.isPaused
        case .followSchedule: return state.run.live.status.control != .planned
        case .rewind:
            return state.run.live.status.progress.moments?.earliest != nil && state.run.live.status.position.step > 0
        case .findings: return !state.run.live.findings.isEmpty
        case .undo: return state.run.live.status.progress.undoable > 0
        case .tags: return state.run.live.description.tags?.isEmpty == false
        case .evaluate: return state.run.live.description.task.hasValidation
        default: return true
        }
    }

    private static func label(of binding: KeyBinding, _ state: DashboardState) -> String {
        switch binding.triggers.first?.command {
        case .togglePause where state.run.phase == .paused(.notFinite): "what next…"
        case .togglePause: state.steering.willBePaused(state.run.phase) ? "resume" : "pause"
        case .search: state.view.searchesLayers ? "filter" : "search"
        case .enlarge: state.view.enlarged == nil ? "zoom" : "back"
        case .quantity: state.view.layers.quantity.next.rawValue
        case .freeze: state.run.frozenSince == nil ? "freeze" : "go on"
        default: binding.label
        }
    }

    private static func footer(for form: Form) -> [(String, String)] {
        switch form {
        case .note: [("Enter", "keep"), ("Esc", "drop")]
        case .export: [("Enter", "write"), ("tab", "numbers or screen"), ("Esc", "back")]
        case .save: [("Enter", "save and leave"), ("Esc", "back")]
        case .tags(let chooser):
            [("Enter", "take as the \(chooser.use.words)"), ("tab", "as what"), ("↑ ↓", "choose"), ("Esc", "back")]
        case .themes: [("Enter", "keep"), ("↑ ↓", "choose"), ("Esc", "back")]
        }
    }

    private static func footer(for overlay: Overlay, of run: RunHistory, canSave: Bool) -> FooterKeys {
        let isOver = run.status.phase.isFinished
        let pairs: [(String, String)] =
            switch overlay {
            case .help: [("Esc", "back"), ("↑ ↓", "scroll")]
            case .palette: [("Enter", "do it"), ("tab", "complete"), ("Esc", "back")]
            case .search: [("Enter", "find"), ("Esc", "back")]
            case .rate(let sheet):
                [("Enter", "apply"), ("tab", sheet.holds ? "rescale plan" : "hold"), ("Esc", "drop")]
            case .form(let form): footer(for: form)
            case .rewind: [("Enter", "go back"), ("← →", "moment"), ("↑ ↓", "marks"), ("Esc", "stay")]
            case .race(let sheet):
                sheet.selected(of: run) != nil
                    ? [
                        ("Enter", "go on as this one"), ("↑ ↓", "choose"),
                        ("Esc", sheet.isWatched ? "back" : "as before"),
                    ]
                    : sheet.isStarted
                        ? [("Esc", sheet.isWatched ? "back" : "end the race")] : [("Enter", "begin"), ("Esc", "drop")]
            case .rateTest(let sheet):
                sheet.result(of: run)?.isOver == true
                    ? [("Enter", "take this rate"), ("↑ ↓", "choose"), ("Esc", "as before")]
                    : sheet.isStarted ? [("Esc", "end the test")] : [("Enter", "begin"), ("Esc", "drop")]
            case .check(let sheet):
                sheet.result(of: run)?.isOver == true
                    ? [("Enter", "go on"), ("↑ ↓", "scroll")]
                    : sheet.isStarted ? [("Esc", "end the check")] : [("Enter", "begin"), ("Esc", "drop")]
            case .findings:
                (FindingsSheet.offers(of: run).isEmpty ? [] : [("Enter", "do it"), ("↑ ↓", "choose")]) + [
                    ("Esc", "back")
                ]
            case .schedule:
                [
                    ("Enter", "apply"), ("↑ ↓", "field"), ("← →", "change"), ("r", "warm restart"), ("Esc", "drop"),
                ]
            case .stop: [("Enter", "go on training"), ("b", "keep best"), ("l", "keep last")]
            case .notFinite:
                NotFiniteChoice.allCases.filter { $0.isOffered(to: run) }.map { (String($0.key), $0.label) }
                    + [("Esc", "stay paused")]
            case .quit:
                [("Enter", isOver ? "stay" : "go on training")] + (canSave ? [("w", "save weights…")] : [])
                    + (!isOver && run.canGoOnAlone ? [("d", "detach")] : [])
                    + [("y", isOver ? "leave" : "quit")]
            }
        return FooterKeys(
            steering: pairs.enumerated().map { FooterKey(key: $1.0, label: $1.1, place: $0) }, viewing: [])
    }
}
