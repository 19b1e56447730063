import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The command line with what fits to it.
struct CommandLine: SceneView {
    let scene: Scene
    let field: TextField

    func draw(on canvas: inout Canvas) {
        let found = PaletteCommand.suggestions(for: field.text)
        let rows = max(1, min(found.count, size.height - 9))
        let rect = canvas.box(
            "command", width: min(76, size.width - 12), rows: rows + 2, top: size.height >= 16 ? 3 : 0)
        canvas.drawField(field, prompt: ":", x: rect.x, y: rect.y, limit: rect.width)
        if let error = state.overlay.paletteError {
            canvas.write("▲ " + error, x: rect.x, y: rect.y + 1, .warn, limit: rect.width)
        } else if let draft = state.overlay.rateDraft(of: live), draft.command != nil {
            canvas.write(draft.words(state.person.keys), x: rect.x, y: rect.y + 1, .you, limit: rect.width)
        } else if let words = state.overlay.numberDraft(of: live) {
            canvas.write(words, x: rect.x, y: rect.y + 1, .you, limit: rect.width)
        }
        let listed = found.count > rect.height - 2 ? rect.height - 3 : found.count
        if listed < found.count {
            canvas.write("\(found.count - max(0, listed)) more", x: rect.x, y: rect.endY - 1, .dimText)
        }
        for (row, command) in found.prefix(max(0, listed)).enumerated() {
            let y = rect.y + 2 + row
            let x = canvas.write(command.name, x: rect.x, y: y, .brightText, limit: rect.width)
            let place = rect.x + 28
            let room = (place < rect.endX ? place - 1 : rect.endX) - x - 1
            canvas.write(" " + clip(command.argument, to: max(0, room)), x: x, y: y, .key, limit: rect.endX - x)
            let words = command.steers ? palette[.you] : palette[.dimText]
            guard place < rect.endX else { continue }
            canvas.buffer.fill(Rect(x: place - 1, y: y, width: 1, height: 1), with: Cell(" ", palette[.background]))
            canvas.buffer.write(
                shown(clip(command.description, to: rect.endX - place)), x: place, y: y, style: words,
                limit: rect.endX - place)
        }
    }
}
