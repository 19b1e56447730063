import Cells
import Fields
import Foundation
import History
import Runs

/// What a text of the palette asks for, once nothing is wrong with it.
enum PaletteOrder: Hashable {
    case send(RunCommand)
    case editSchedule
    /// What a key that looks does too.
    case look(KeyCommand)
    case show(Screen)
    case zoom(from: Double, to: Double)
    case goto(step: Double)
    case smooth(Double)
    case glyphs(GlyphSet)
    case filter(String)
    case find(String)
    case redraw, help, quit, detach
    case note, themes, tags
    case theme(String)
    case export(ExportContent)
    case copy
    case mouse(Bool)
    case logarithmicLoss(Bool)
    case xAxis(ChartSettings.XAxis)
    case choose(PanelID)
    case layersByTrouble(Bool)
    case histograms(LayerQuantity)
    case straightenRulings
    /// What a key opens a sheet for.
    case sheet(KeyCommand)
}

/// Why a text of the palette cannot be done.
struct PaletteError: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

extension PaletteOrder {
    /// Reads a text; nil where it is empty.
    /// - Parameter openedAt: when the palette was opened.
    init?(_ text: String, openedAt: Double, in situation: Situation) throws(PaletteError) {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let name = words.first else { return nil }
        // Alone it freezes the view.
        let freezesLayer = name.lowercased() == "freeze" && words.count > 1
        let command = try Self.command(named: freezesLayer ? CommandKind.freeze.palette?.name ?? name : name)
        if command.steers, let reason = situation.sheetRefusal(openedAt: openedAt) { throw PaletteError(reason) }
        if situation.now - openedAt < InputGuard.sheet {
            throw PaletteError("ignored, it came right after the palette opened: Enter again")
        }
        self = try Self.order(command, PaletteArguments(command.name, Array(words.dropFirst())), situation)
    }

    private static func command(named name: String) throws(PaletteError) -> PaletteCommand {
        if let exact = PaletteCommand.called(name) { return exact }
        let named = PaletteCommand.all.filter { $0.name.hasPrefix(name.lowercased()) }
        let found = named.isEmpty ? PaletteCommand.suggestions(for: name) : named
        guard let only = found.first else { throw PaletteError("no command \(name): tab shows all") }
        // What changes the run is written out, so that a slip does nothing.
        guard named.count == 1, !only.steers else {
            throw PaletteError("\(name) is not a command: \(found.map(\.name).joined(separator: ", "))?")
        }
        return only
    }

    private static func order(
        _ command: PaletteCommand, _ arguments: PaletteArguments, _ situation: Situation
    ) throws(PaletteError) -> PaletteOrder {
        if command.argument.isEmpty, let extra = arguments.words.first {
            throw PaletteError("\(command.name) takes nothing: \(extra)")
        }
        switch command.action {
        case .steer(let word): return try order(steering: word, arguments, situation)
        case .rate: return .send(try arguments.rate(.rate, situation.run.live))
        case .habit(let habit): return try order(habit, arguments, situation)
        default: return try order(looking: command, arguments)
        }
    }

    private static func order(
        steering word: String, _ arguments: PaletteArguments, _ situation: Situation
    ) throws(PaletteError) -> PaletteOrder {
        guard let kind = CommandKind.named(word) else { preconditionFailure("no command is called \(word)") }
        switch kind.word {
        case CommandKind.setSchedule.word: return .editSchedule
        case CommandKind.race.word: return .sheet(.race)
        case CommandKind.findLearningRate.word: return .sheet(.findRate)
        case CommandKind.check.word: return .sheet(.check)
        case CommandKind.evaluate.word:
            if let reason = situation.run.live.refusal(of: .evaluate) { throw PaletteError(reason) }
        case CommandKind.step.word:
            guard situation.steering.willBePaused(situation.run.phase) else {
                throw PaletteError("pause first: steps are made while paused")
            }
            return .send(.step(try arguments.stepCount()))
        case CommandKind.setLearningRate.word, CommandKind.rescaleSchedule.word, CommandKind.scaleLearningRate.word:
            return .send(try arguments.rate(.steer(kind.word), situation.run.live))
        case CommandKind.undo.word:
            guard situation.run.live.status.progress.undoable > 0 else {
                throw PaletteError("no change by hand is left to undo")
            }
        default: break
        }
        if kind.setsNumber { return .send(try arguments.number(of: kind, in: situation.run.live).command) }
        let isDue = kind.palette?.argument.isEmpty == false
        guard arguments.words.isEmpty != isDue, let value = kind.form.value(of: arguments.text) else {
            throw PaletteError(kind.palette?.mistake ?? "\(arguments.name) takes \(kind.form.words)")
        }
        return .send(kind.make(value))
    }

    /// What a text about the rate would do to it; nil for any other text.
    static func rateDraft(_ text: String, of run: RunHistory) -> RateDraft? {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let name = words.first, words.count == 2,
            let command = PaletteCommand.called(name)
        else { return nil }
        return PaletteArguments(command.name, [words[1]]).rateDraft(command.action, run)
    }

    /// What a text about another number would make of it, `weight decay 0.001 → 0.0005`; nil for any other text.
    package static func numberDraft(_ text: String, of run: RunHistory) -> String? {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let name = words.first, words.count > 1, let command = PaletteCommand.called(name),
            case .steer(let word) = command.action, let kind = CommandKind.named(word), kind.setsNumber,
            let draft = try? PaletteArguments(command.name, Array(words.dropFirst())).number(of: kind, in: run),
            draft.old != nil, draft.new.isFinite, run.refusal(of: draft.command) == nil
        else { return nil }
        return TuningWords.done(draft.command, old: draft.old, new: draft.new)
    }

    private static func order(
        looking command: PaletteCommand, _ arguments: PaletteArguments
    ) throws(PaletteError) -> PaletteOrder {
        switch command.action {
        case .screen: return .show(try arguments.screen())
        case .zoom:
            let numbers = arguments.numbers
            guard numbers.count == 2, let from = numbers[0], let to = numbers[1], from >= 0, to > from else {
                throw PaletteError("zoom takes two steps, the lower first: zoom 1000 2000")
            }
            return .zoom(from: from, to: to)
        case .fit: return .look(.fit)
        case .follow: return .look(.followEnd)
        case .goto:
            guard let step = arguments.onlyNumber else { throw PaletteError("goto takes a step: goto 1180") }
            return .goto(step: step)
        case .smoothing:
            guard let share = arguments.onlyNumber, (0...MovingAverage.largestShare).contains(share) else {
                throw PaletteError("smoothing takes a share of the steps, from 0 to 0.5")
            }
            return .smooth(share)
        case .glyphs:
            return .glyphs(try arguments.oneOf(GlyphSet.named))
        case .filter: return .filter(arguments.text)
        case .find: return .find(arguments.text)
        case .freeze: return .look(.freeze)
        case .redraw: return .redraw
        case .help: return .help
        case .detach: return .detach
        default: return .quit
        }
    }

    private static func order(
        _ habit: PaletteCommand.Habit, _ arguments: PaletteArguments, _ situation: Situation
    ) throws(PaletteError) -> PaletteOrder {
        switch habit {
        case .note:
            if let reason = situation.noteRefusal { throw PaletteError(reason) }
            return arguments.words.isEmpty ? .note : .send(.note(arguments.text))
        case .theme:
            guard !arguments.words.isEmpty else { return .themes }
            let name = arguments.text
            guard situation.person.themeNames.contains(name) || name.contains("/") else {
                throw PaletteError("no theme is called \(name): tab completes")
            }
            return .theme(name)
        case .tags: return .tags
        case .export:
            let content = arguments.words.isEmpty ? "data" : try arguments.oneOf(["data", "screen"])
            return .export(content == "screen" ? .screen : .data(situation.view.focus))
        case .copy: return .copy
        case .mouse: return .mouse(try arguments.oneOf(["on", "off"]) == "on")
        case .axis: return .logarithmicLoss(try arguments.oneOf(ChartSettings.logarithmic))
        case .xAxis: return .xAxis(try arguments.oneOf(ChartSettings.XAxis.named))
        case .panel:
            let panels = situation.view.panels
            let name = try arguments.oneOf(panels.map(\.name))
            return .choose(panels.first { $0.name == name } ?? situation.view.focus)
        case .enlarge: return .look(.enlarge)
        case .order: return .layersByTrouble(try arguments.oneOf(["depth", "trouble"]) == "trouble")
        case .histograms:
            let word = try arguments.oneOf(LayerQuantity.allCases.map(\.rawValue))
            return .histograms(LayerQuantity(rawValue: word) ?? .after)
        case .mark: return .look(try arguments.oneOf(["next", "previous"]) == "next" ? .nextMark : .previousMark)
        case .rulings: return .straightenRulings
        }
    }
}

/// The words behind a command's name.
private struct PaletteArguments {
    let name: String
    let words: [String]

    init(_ name: String, _ words: [String]) {
        self.name = name
        self.words = words
    }

    /// All words as one text.
    var text: String { words.joined(separator: " ") }

    /// The word, where there is just one.
    var only: String? { words.count == 1 ? words[0] : nil }

    /// Each word as a finite number, nil where it is none.
    var numbers: [Double?] { words.map { Double($0).flatMap { $0.isFinite ? $0 : nil } } }

    /// The number, where there is just one word and it is one.
    var onlyNumber: Double? { words.count == 1 ? numbers[0] : nil }

    /// The same with `*` before each plain number.
    var factors: PaletteArguments {
        PaletteArguments(name, words.map { "*/x×÷".contains($0.first ?? " ") ? $0 : "*" + $0 })
    }

    func oneOf(_ choices: [String]) throws(PaletteError) -> String {
        guard let only, choices.contains(only) else {
            throw PaletteError("\(name) takes one of \(choices.joined(separator: ", "))")
        }
        return only
    }

    /// What one of some words names.
    func oneOf<Value>(_ named: KeyValuePairs<String, Value>) throws(PaletteError) -> Value {
        let word = try oneOf(named.map(\.key))
        guard let pair = named.first(where: { $0.key == word }) else { preconditionFailure("\(word) has no value") }
        return pair.value
    }

    func stepCount() throws(PaletteError) -> Int {
        guard words.count <= 1, let count = Int(words.first ?? "1"), (1...1_000_000_000).contains(count) else {
            throw PaletteError("step takes a number of steps: step 20")
        }
        return count
    }

    /// The command that sets a number: to `0.3`, or to what `*0.5` or `/3` makes of the one there is; for dropout `0.3 4` is about
    /// one layer. And the number before, nil where nobody knows it.
    func number(
        of kind: CommandKind, in run: RunHistory
    ) throws(PaletteError) -> (command: RunCommand, old: Double?, new: Double) {
        let mistake = PaletteError(
            (kind.palette?.mistake ?? "\(name) takes \(kind.form.words)") + "; *0.5 or /3 of it too")
        // A sign may stand apart from its number.
        let isApart = words.count > 1 && words[0].count == 1 && TypedNumber.isFactor(words[0])
        let text = words.prefix(isApart ? 2 : 1).joined()
        let layer = words.dropFirst(isApart ? 2 : 1).first
        guard
            words.count <= (isApart ? 2 : 1)
                || kind.word == CommandKind.setDropout.word && words.count <= (isApart ? 3 : 2)
        else { throw mistake }
        let old = run.description.numbers?[layer.map { "\(kind.word) \($0)" } ?? kind.word]
        let value: FieldValue
        if TypedNumber.isFactor(text) {
            guard case .factor(let factor)? = TypedNumber(text) else { throw mistake }
            guard let old else { throw PaletteError("what it is now is not known here: type a number") }
            guard old > 0 else { throw PaletteError("it is 0 now: type a number") }
            let whole = Int(exactly: (old * factor).rounded()).map { "\($0)" } ?? ""
            guard let found = kind.form.value(of: (old * factor).inWords) ?? kind.form.value(of: whole) else {
                throw mistake
            }
            value = found
        } else {
            guard let found = kind.form.value(of: text) else { throw mistake }
            value = found
        }
        var command = kind.make(value)
        if case .setDropout(let change) = command { command = .setDropout(DropoutChange(p: change.p, layer: layer)) }
        return (command, old, value.asNumber)
    }

    func screen() throws(PaletteError) -> Screen {
        let found = Screen.allCases.first {
            "\($0.rawValue)" == only || "\($0)" == only || ($0 == .learningRate && only == "rate")
        }
        guard let found else {
            throw PaletteError("screen takes 1 to 6 or overview, layers, rate, updates, system, log")
        }
        return found
    }

    func rate(_ action: PaletteCommand.Action, _ run: RunHistory) throws(PaletteError) -> RunCommand {
        let draft = rateDraft(action, run)
        guard words.count == 1, let wanted = draft?.command else {
            throw PaletteError(draft?.error ?? "\(name) takes a number: \(name) 0.01")
        }
        return wanted
    }

    /// What the words do to the rate; nil for an action that is not about it.
    func rateDraft(_ action: PaletteCommand.Action, _ run: RunHistory) -> RateDraft? {
        let (status, description) = (run.status, run.description)
        func draft(_ words: [String], _ mode: RateDraft.Mode) -> RateDraft {
            RateDraft(text: words.joined(), mode: mode, status: status, description: description)
        }
        switch action {
        case .rate: return draft(words, RateDraft.holds(status, description: description) ? .hold : .rescale)
        case .steer(CommandKind.setLearningRate.word): return draft(words, .hold)
        case .steer(CommandKind.rescaleSchedule.word): return draft(words, .rescale)
        case .steer(CommandKind.scaleLearningRate.word): return draft(factors.words, .keep)
        default: return nil
        }
    }
}
