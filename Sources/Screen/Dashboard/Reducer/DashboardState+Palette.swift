import Cells
import Foundation
import Runs

extension DashboardState {
    mutating func pressInPalette(_ key: InputEvent.Key, _ field: TextField) -> [Effect] {
        var field = field
        switch key {
        case .enter: return run(field.text)
        case .tab: field = TextField(completion(of: field.text))
        default: guard field.edit(key) else { return [] }
        }
        paletteError = nil
        overlay = .palette(field)
        return []
    }

    /// Does what the palette's text says, or says under the field what is wrong with it.
    private mutating func run(_ text: String) -> [Effect] {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard let name = words.first else {
            close()
            return []
        }
        do throws(PaletteError) {
            let command = try Self.command(named: name)
            if command.steers, let reason = sheetRefusal(openedAt: overlayOpenedAt) { throw PaletteError(reason) }
            if now - overlayOpenedAt < InputGuard.sheet {
                throw PaletteError("ignored, it came right after the palette opened: Enter again")
            }
            let effects = try perform(command, arguments: Array(words.dropFirst()))
            if case .palette = overlay { close() }
            return effects
        } catch {
            paletteError = error.reason
            return []
        }
    }

    /// Why a command of the palette cannot be done.
    struct PaletteError: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    private static func command(named name: String) throws(PaletteError) -> PaletteCommand {
        if let exact = PaletteCommand.all.first(where: { $0.name == name.lowercased() }) { return exact }
        let found = PaletteCommand.suggestions(for: name)
        guard let only = found.first else { throw PaletteError("no command \(name): tab shows all") }
        // What changes the run is written out, so that a slip does nothing.
        guard found.count == 1, !only.steers else {
            throw PaletteError("\(name) is not a command: \(found.map(\.name).joined(separator: ", "))?")
        }
        return only
    }

    private mutating func perform(
        _ command: PaletteCommand, arguments: [String]
    ) throws(PaletteError) -> [Effect] {
        if command.argument.isEmpty, let extra = arguments.first {
            throw PaletteError("\(command.name) takes nothing: \(extra)")
        }
        let first = arguments.first ?? ""
        switch command.action {
        case .pause: return [send(.pause)]
        case .resume: return [send(.resume)]
        case .plan: return [send(.followSchedule)]
        case .schedule:
            editSchedule()
            return []
        case .evaluate:
            guard live.description.hasValidation else { throw PaletteError("no validation set to evaluate on") }
            return [send(.evaluate)]
        case .step:
            guard willBePaused else { throw PaletteError("pause first: steps are made while paused") }
            guard arguments.count <= 1, let count = Int(first.isEmpty ? "1" : first),
                (1...1_000_000_000).contains(count)
            else { throw PaletteError("step takes a number of updates: step 20") }
            return [send(.step(count))]
        case .rate: return [try rate(arguments, holds: false, command)]
        case .hold: return [try rate(arguments, holds: true, command)]
        case .scale:
            let factors = arguments.map { "*/x×÷".contains($0.first ?? " ") ? $0 : "*" + $0 }
            return [try rate(factors, holds: false, command)]
        case .stop:
            guard arguments.count == 1, let kept = KeptWeights(rawValue: first) else {
                throw PaletteError("say which weights to keep: stop best or stop last")
            }
            return [send(.stop(keep: kept))]
        default: return try perform(viewing: command, arguments: arguments)
        }
    }

    private func rate(
        _ arguments: [String], holds: Bool, _ command: PaletteCommand
    ) throws(PaletteError) -> Effect {
        let status = live.status
        let draft = RateDraft(
            text: arguments.joined(), holds: holds, old: status.learningRate, control: status.control)
        guard arguments.count == 1, let wanted = draft.command else {
            throw PaletteError(draft.error ?? "\(command.name) takes a number: \(command.name) 0.01")
        }
        return .send(wanted)
    }

    private mutating func perform(
        viewing command: PaletteCommand, arguments: [String]
    ) throws(PaletteError) -> [Effect] {
        let first = arguments.first ?? ""
        let numbers = arguments.map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
        switch command.action {
        case .screen:
            let found = Screen.allCases.first {
                "\($0.rawValue)" == first || "\($0)" == first || ($0 == .learningRate && first == "rate")
            }
            guard arguments.count == 1, let found else {
                throw PaletteError("screen takes 1 to 6 or overview, layers, rate, updates, system, log")
            }
            show(found)
        case .zoom:
            guard numbers.count == 2, let from = numbers[0], let to = numbers[1], from >= 0, to > from else {
                throw PaletteError("zoom takes two steps, the lower first: zoom 1000 2000")
            }
            zoom(from: from, to: to)
        case .fit: fit()
        case .follow: followNewest()
        case .goto:
            guard numbers.count == 1, let step = numbers[0] else { throw PaletteError("goto takes a step: goto 1180") }
            setCursor(step)
        case .smoothing:
            guard numbers.count == 1, let weight = numbers[0], (0...0.999).contains(weight) else {
                throw PaletteError("smoothing takes a number from 0 to 0.999")
            }
            smooth(with: weight)
        case .glyphs:
            guard arguments.count == 1, let found = GlyphSet.named[first] else {
                throw PaletteError("glyphs braille, glyphs blocks or glyphs ascii")
            }
            charts.glyphs = found
        case .filter:
            if screen == .overview { focus = .layers }
            search(for: arguments.joined(separator: " "))
        case .find:
            if screen == .overview { focus = .log } else { show(.log) }
            search(for: arguments.joined(separator: " "))
        case .freeze: freeze()
        case .habit(let habit): return try perform(habit, arguments: arguments)
        case .redraw: return [.redraw]
        case .help: open(.help(scroll: 0))
        case .quit: quit()
        default: break
        }
        return []
    }
}
