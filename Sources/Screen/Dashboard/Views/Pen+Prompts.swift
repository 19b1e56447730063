import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The command line with what fits to it.
    mutating func drawPalette(_ field: TextField) {
        let found = PaletteCommand.suggestions(for: field.text)
        let rows = max(1, min(found.count, size.height - 9))
        let rect = box("command", width: min(76, size.width - 12), rows: rows + 2, top: size.height >= 16 ? 3 : 0)
        drawField(field, prompt: ":", x: rect.x, y: rect.y, limit: rect.width)
        if let error = state.overlay.paletteError {
            write("▲ " + error, x: rect.x, y: rect.y + 1, .warn, limit: rect.width)
        }
        let listed = found.count > rect.height - 2 ? rect.height - 3 : found.count
        if listed < found.count {
            write("\(found.count - max(0, listed)) more", x: rect.x, y: rect.endY - 1, .dimText)
        }
        for (row, command) in found.prefix(max(0, listed)).enumerated() {
            let y = rect.y + 2 + row
            let x = write(command.name, x: rect.x, y: y, .brightText, limit: rect.width)
            let place = rect.x + 28
            let room = (place < rect.endX ? place - 1 : rect.endX) - x - 1
            write(" " + clip(command.argument, to: max(0, room)), x: x, y: y, .key, limit: rect.endX - x)
            let words = command.steers ? palette[.you] : palette[.dimText]
            guard place < rect.endX else { continue }
            buffer.fill(Rect(x: place - 1, y: y, width: 1, height: 1), with: Cell(" ", palette[.background]))
            buffer.write(
                shown(clip(command.description, to: rect.endX - place)), x: place, y: y, style: words,
                limit: rect.endX - place)
        }
    }

    /// The line for the words that are sought, in place of the footer.
    mutating func drawSearch(_ field: TextField) {
        let row = layout.footerRow ?? size.height - 1
        buffer.fill(Rect(x: 0, y: row, width: size.width, height: 1), with: Cell(" ", palette[.background]))
        let what = state.view.searchesLayers ? "filter layers" : "search the log"
        drawField(field, prompt: "/ ", x: 1, y: row, limit: max(4, size.width - 24))
        if size.width >= 60 {
            write([.dim(what + "   "), Span("Esc", .key), .dim(" back")], endX: size.width - 1, y: row)
        }
    }
}
