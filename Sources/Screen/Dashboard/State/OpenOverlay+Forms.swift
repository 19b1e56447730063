import Cells
import History
import Runs

extension OpenOverlay {
    /// Opens the prompt for a note, where the run still takes one.
    mutating func openNote(in situation: Situation) -> Remark? {
        if let reason = situation.noteRefusal { return .trouble(reason) }
        open(.form(.note(TextField())), at: situation.now)
        return nil
    }

    /// Opens the prompt for an export.
    mutating func openExport(_ content: ExportContent, in situation: Situation) {
        open(.form(.export(Form.ExportForm(content, of: situation.run.history))), at: situation.now)
    }

    /// Opens the prompt for the weights.
    mutating func openSave(in situation: Situation) {
        let name = situation.run.live.description.name.map {
            $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-"
        }
        open(.form(.save(Form.SaveForm(field: TextField(String(name) + ".safetensors")))), at: situation.now)
    }

    /// Opens the list of themes, where there are any.
    mutating func openThemes(in situation: Situation) -> Remark? {
        let person = situation.person
        guard !person.themeNames.isEmpty else { return Remark("no other theme is installed", for: 2) }
        open(
            .form(.themes(Form.ThemeChooser(selected: person.themeName, before: person.themeName))), at: situation.now)
        return nil
    }

    /// The theme that leaving a chooser by Esc goes back to, nil where it is shown already.
    func themeBefore(_ person: Person) -> String? {
        guard case .form(.themes(let chooser))? = shown, chooser.before != person.themeName else { return nil }
        return chooser.before
    }

    /// Takes a key while a form is open; Esc has been taken before.
    mutating func press(_ key: InputEvent.Key, in form: Form, _ situation: Situation) -> OverlayAnswer {
        let isOld = situation.now - openedAt >= InputGuard.sheet
        switch form {
        case .note(var field):
            if key == .enter {
                guard isOld else { return .nothing }
                close()
                let words = field.text.split(separator: " ").joined(separator: " ")
                return words.isEmpty ? .nothing : .send(.note(words))
            }
            if field.edit(key) { shown = .form(.note(field)) }
        case .export(var form):
            if key == .enter, !isOld { return .nothing }
            let request = form.press(key, in: situation)
            shown = .form(.export(form))
            if let request { return .export(request) }
        case .save(var form):
            if key == .enter, !isOld { return .nothing }
            let request = form.press(key)
            shown = .form(.save(form))
            if let request { return .save(request) }
        case .tags(var chooser):
            if key == .enter, !isOld { return .nothing }
            let tag = chooser.press(key, among: situation.run.live.description.tags ?? [])
            shown = .form(.tags(chooser))
            if let tag { return .choose(tag: tag, chooser.use) }
        case .themes(var chooser):
            if key == .enter {
                guard isOld else { return .nothing }
                close()
                return .keepTheme
            }
            guard chooser.press(key, among: situation.person.themeNames) else { return .nothing }
            shown = .form(.themes(chooser))
            if chooser.selected != situation.person.themeName { return .tryOn(theme: chooser.selected) }
        }
        return .nothing
    }

    /// Takes the answer to an export: says where it went, or asks again.
    mutating func take(_ answer: ExportAnswer, to request: ExportRequest) -> Remark? {
        switch answer {
        case .written(let path, let rows):
            if case .form(.export) = shown { close() }
            return Remark("\(rows) \(rows == 1 ? "row" : "rows") to \(path)", for: 8)
        case .exists, .failed:
            guard case .form(.export(var form)) = shown else { return nil }
            if case .failed(let reason) = answer {
                form.error = reason
            } else {
                form.error = "there is such a file: Enter again replaces it"
                form.mayReplace = request.path
            }
            shown = .form(.export(form))
            return nil
        }
    }

    /// Takes the answer to a save that is no success: asks again.
    mutating func take(_ answer: SaveAnswer, to request: SaveRequest) {
        guard case .form(.save(var form)) = shown else { return }
        if case .failed(let reason) = answer {
            form.error = reason
        } else {
            form.error = "there is such a file: Enter again replaces it"
            form.mayReplace = request.path
        }
        shown = .form(.save(form))
    }
}

extension Form {
    /// Puts pasted text into the form.
    /// - Returns: whether it has a field for it.
    mutating func paste(_ text: String) -> Bool {
        switch self {
        case .note(var field):
            field.paste(text)
            self = .note(field)
        case .export(var export):
            export.field.paste(text)
            export.error = nil
            self = .export(export)
        case .save(var save):
            save.field.paste(text)
            save.error = nil
            self = .save(save)
        case .themes, .tags: return false
        }
        return true
    }
}

extension Form.ExportForm {
    /// A form that suggests `loss-step-1443.csv`, in the current folder.
    init(_ content: ExportContent, of run: RunHistory) {
        self.init(content: content, field: TextField(Self.name(content, of: run)))
    }

    private static func name(_ content: ExportContent, of run: RunHistory) -> String {
        let what: String
        switch content {
        case .data(let panel): what = "\(panel)"
        case .screen: what = "screen"
        }
        return "\(what)-step-\(run.status.position.step).\(content.suffix)"
    }

    /// Takes a key.
    /// - Returns: what is to be exported, once that is plain.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> ExportRequest? {
        let run = situation.run.history
        switch key {
        case .tab, .backTab:
            let usual = Self.name(content, of: run)
            content = content == .screen ? .data(situation.view.focus) : .screen
            error = nil
            if field.text == usual { field = TextField(Self.name(content, of: run)) }
        case .enter:
            if !field.text.isEmpty {
                return ExportRequest(content: content, path: field.text, mayReplace: mayReplace == field.text)
            }
            error = "type the name of a file"
        default:
            if field.edit(key) { error = nil }
        }
        return nil
    }
}

extension Form.SaveForm {
    /// Takes a key.
    /// - Returns: where the weights are to go, once that is plain.
    mutating func press(_ key: InputEvent.Key) -> SaveRequest? {
        if key == .enter {
            if !field.text.isEmpty { return SaveRequest(path: field.text, mayReplace: mayReplace == field.text) }
            error = "type the name of a file"
        } else if field.edit(key) {
            error = nil
        }
        return nil
    }
}

extension Form.ThemeChooser {
    /// The themes that are listed, of all there are.
    package func names(of themes: [String]) -> [String] {
        let words = field.text.lowercased()
        return words.isEmpty ? themes : themes.filter { $0.lowercased().contains(words) }
    }

    /// Takes a key that chooses or filters.
    /// - Returns: whether the key was one.
    mutating func press(_ key: InputEvent.Key, among themes: [String]) -> Bool {
        let names = names(of: themes)
        let place = names.firstIndex(of: selected)
        func name(at index: Int) -> String { names.isEmpty ? selected : names[min(max(0, index), names.count - 1)] }
        switch key {
        case .up, .backTab: selected = name(at: (place ?? names.count) - 1)
        case .down, .tab: selected = name(at: (place ?? -1) + 1)
        case .pageUp: selected = name(at: (place ?? 0) - 10)
        case .pageDown: selected = name(at: (place ?? 0) + 10)
        case .home: selected = name(at: 0)
        case .end: selected = name(at: names.count - 1)
        default:
            guard field.edit(key) else { return false }
            let left = self.names(of: themes)
            if !left.contains(selected), let first = left.first { selected = first }
        }
        return true
    }
}
