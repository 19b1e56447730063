import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The sheet, prompt or overlay that takes the keys.
struct OverlayView: SceneView {
    let scene: Scene

    func draw(on canvas: inout Canvas) {
        switch state.overlay.shown {
        case nil: break
        case .help(let scroll): HelpView(scene: scene, scroll: scroll).draw(on: &canvas)
        case .palette(let field): CommandLine(scene: scene, field: field).draw(on: &canvas)
        case .search(let field): SearchLine(scene: scene, field: field).draw(on: &canvas)
        case .rate(let sheet): RateSheetView(scene: scene, sheet: sheet).draw(on: &canvas)
        case .form(.note(let field)): NotePrompt(scene: scene, field: field).draw(on: &canvas)
        case .form(.export(let form)): ExportPrompt(scene: scene, form: form).draw(on: &canvas)
        case .form(.save(let form)): SavePrompt(scene: scene, form: form).draw(on: &canvas)
        case .form(.themes(let chooser)): ThemeList(scene: scene, chooser: chooser).draw(on: &canvas)
        case .form(.tags(let chooser)): TagList(scene: scene, chooser: chooser).draw(on: &canvas)
        case .schedule(let sheet): ScheduleEditor(scene: scene, sheet: sheet).drawBox(on: &canvas)
        case .rewind(let sheet): RewindSheetView(scene: scene, sheet: sheet).draw(on: &canvas)
        case .race(let sheet): RaceView(scene: scene, sheet: sheet).draw(on: &canvas)
        case .rateTest(let sheet): RateTestView(scene: scene, sheet: sheet).draw(on: &canvas)
        case .check(let sheet): CheckView(scene: scene, sheet: sheet).draw(on: &canvas)
        case .findings(let sheet): FindingsView(scene: scene, sheet: sheet).draw(on: &canvas)
        case .stop: StopSheet(scene: scene).draw(on: &canvas)
        case .notFinite: NotFiniteSheet(scene: scene).draw(on: &canvas)
        case .quit: QuitSheet(scene: scene).draw(on: &canvas)
        }
    }
}

extension Canvas {
    /// A prompt, and behind it the part of what is typed that holds the cursor.
    mutating func drawField(_ field: TextField, prompt: String, x: Int, y: Int, limit: Int) {
        // A prompt leaves at least half of the row to what is typed.
        let start = write(look.clip(prompt, to: max(2, limit / 2)), x: x, y: y, .key)
        let room = max(1, limit - (start - x) - 1)
        var visible = field.text.prefix(field.cursor)
        var columns = displayWidth(look.shown(String(visible)))
        while columns > room, let first = visible.popFirst() { columns -= displayWidth(look.shown(String(first))) }
        write(String(visible + field.text.dropFirst(field.cursor)), x: start, y: y, .brightText, limit: room)
        drawCursor(x: start + columns, y: y)
    }
}
