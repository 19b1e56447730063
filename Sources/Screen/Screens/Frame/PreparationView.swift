import Cells
import Dashboard
import Themes

/// What the screen shows before anything is known of a run: its name and what is being done.
package struct PreparationView {
    private let name: String
    private let words: String

    /// - Parameters:
    ///   - name: of the run.
    ///   - words: what is being done: `making data 12 %`.
    package init(name: String, words: String) {
        self.name = name
        self.words = words
    }

    /// The key that leaves.
    private static let leaving = InputEvent.Key.character("q")

    /// Whether a key leaves: the one that is shown, or the letter that lies on it on another keyboard layout.
    package static func leaves(with key: InputEvent.Key) -> Bool { KeyTable.standard.known(key) == leaving }

    /// A frame of a size, at least 1 by 1.
    package func draw(size: Size, palette: Palette) -> CellBuffer {
        var buffer = CellBuffer(size: size, filledWith: Cell(" ", palette[.background]))
        let row = max(0, size.height / 2 - 1)
        buffer.write(name, x: 1, y: 0, style: palette[.brightText], limit: size.width - 2)
        let width = min(size.width, displayWidth(words))
        buffer.write(words, x: (size.width - width) / 2, y: row, style: palette[.text], limit: size.width)
        guard row < size.height - 1 else { return buffer }
        buffer.write(Self.leaving.name, x: 1, y: size.height - 1, style: palette[.key], limit: size.width)
        buffer.write("leave", x: 3, y: size.height - 1, style: palette[.dimText], limit: max(0, size.width - 3))
        return buffer
    }
}
