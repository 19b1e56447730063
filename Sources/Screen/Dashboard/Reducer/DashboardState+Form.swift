import Cells
import Runs

extension DashboardState {
    /// Takes a key while a form is open; Esc has been taken before.
    mutating func press(_ key: InputEvent.Key, in form: Form) -> [Effect] {
        switch form {
        case .note(let field): press(key, note: field)
        case .export(let form): press(key, export: form)
        case .themes(let chooser): press(key, themes: chooser)
        }
    }

    /// Puts pasted text into a form.
    mutating func paste(_ text: String, into form: Form) {
        switch form {
        case .note(var field):
            field.paste(text)
            overlay = .form(.note(field))
        case .export(var export):
            export.field.paste(text)
            export.error = nil
            overlay = .form(.export(export))
        case .themes: say("pasted text does nothing here", for: 2)
        }
    }

    /// What leaving a form by Esc takes back.
    func dropping(_ overlay: Overlay) -> [Effect] {
        guard case .form(.themes(let chooser)) = overlay, chooser.before != themeName else { return [] }
        return [.theme(chooser.before)]
    }

    // MARK: Notes

    /// Opens the prompt for a note, where the run still takes one.
    mutating func openNote() {
        if isReadOnly || phase.isFinished {
            say(steeringRefusal ?? "the run takes no note now", isTrouble: true)
        } else {
            open(.form(.note(TextField())))
        }
    }

    private mutating func press(_ key: InputEvent.Key, note field: TextField) -> [Effect] {
        var field = field
        if key == .enter {
            guard now - overlayOpenedAt >= InputGuard.sheet else { return [] }
            close()
            let words = field.text.split(separator: " ").joined(separator: " ")
            return words.isEmpty ? [] : [send(.note(words))]
        }
        if field.edit(key) { overlay = .form(.note(field)) }
        return []
    }

    // MARK: Export

    /// Opens the prompt for an export of the focused panel's data.
    mutating func openExport(_ content: ExportContent? = nil) {
        let content = content ?? .data(focus)
        open(.form(.export(Form.ExportForm(content: content, field: TextField(exportName(content))))))
    }

    /// `loss-step-1443.csv`, in the current folder.
    private func exportName(_ content: ExportContent) -> String {
        let what: String
        switch content {
        case .data(let panel): what = "\(panel)"
        case .screen: what = "screen"
        }
        return "\(what)-step-\(history.status.position.step).\(content.suffix)"
    }

    private mutating func press(_ key: InputEvent.Key, export form: Form.ExportForm) -> [Effect] {
        var form = form
        switch key {
        case .tab, .backTab:
            let usual = exportName(form.content)
            form.content = form.content == .screen ? .data(focus) : .screen
            form.error = nil
            if form.field.text == usual { form.field = TextField(exportName(form.content)) }
        case .enter:
            guard now - overlayOpenedAt >= InputGuard.sheet else { return [] }
            guard !form.field.text.isEmpty else {
                form.error = "type the name of a file"
                break
            }
            return [
                .export(
                    ExportRequest(
                        content: form.content, path: form.field.text, mayReplace: form.mayReplace == form.field.text))
            ]
        default:
            if form.field.edit(key) { form.error = nil }
        }
        overlay = .form(.export(form))
        return []
    }

    /// What became of an export.
    package enum ExportAnswer: Hashable, Sendable {
        case written(path: String, rows: Int)
        /// A file lies there; Enter again replaces it.
        case exists
        case failed(String)
    }

    /// Takes the answer to an export: says where it went, or asks again.
    package mutating func answer(_ request: ExportRequest, with answer: ExportAnswer) {
        switch answer {
        case .written(let path, let rows):
            if case .form(.export) = overlay { close() }
            say("\(rows) \(rows == 1 ? "row" : "rows") to \(path)", for: 8)
        case .exists, .failed:
            guard case .form(.export(var form)) = overlay else { return }
            if case .failed(let reason) = answer {
                form.error = reason
            } else {
                form.error = "there is such a file: Enter again replaces it"
                form.mayReplace = request.path
            }
            overlay = .form(.export(form))
        }
    }

    // MARK: Themes

    /// Opens the list of themes.
    mutating func openThemes() {
        guard !themeNames.isEmpty else {
            say("no other theme is installed", for: 2)
            return
        }
        open(.form(.themes(Form.ThemeChooser(selected: themeName, before: themeName))))
    }

    /// The themes that a chooser lists.
    package func listed(_ chooser: Form.ThemeChooser) -> [String] {
        let words = chooser.field.text.lowercased()
        return words.isEmpty ? themeNames : themeNames.filter { $0.lowercased().contains(words) }
    }

    private mutating func press(_ key: InputEvent.Key, themes chooser: Form.ThemeChooser) -> [Effect] {
        var chooser = chooser
        let names = listed(chooser)
        let place = names.firstIndex(of: chooser.selected)
        func name(at index: Int) -> String {
            names.isEmpty ? chooser.selected : names[min(max(0, index), names.count - 1)]
        }
        switch key {
        case .enter:
            guard now - overlayOpenedAt >= InputGuard.sheet else { return [] }
            close()
            keptTheme = themeName
            say("theme \(themeName)", for: 3)
            return []
        case .up, .backTab: chooser.selected = name(at: (place ?? names.count) - 1)
        case .down, .tab: chooser.selected = name(at: (place ?? -1) + 1)
        case .pageUp: chooser.selected = name(at: (place ?? 0) - 10)
        case .pageDown: chooser.selected = name(at: (place ?? 0) + 10)
        case .home: chooser.selected = name(at: 0)
        case .end: chooser.selected = name(at: names.count - 1)
        default:
            guard chooser.field.edit(key) else { return [] }
            let left = listed(chooser)
            if !left.contains(chooser.selected), let first = left.first { chooser.selected = first }
        }
        overlay = .form(.themes(chooser))
        return chooser.selected == themeName ? [] : [.theme(chooser.selected)]
    }

    /// Takes the answer to a change of theme: nil where it is shown now, else why it cannot be.
    package mutating func answer(theme name: String, problem: String?) {
        if let problem { say(problem, isTrouble: true) } else { themeName = name }
    }
}
