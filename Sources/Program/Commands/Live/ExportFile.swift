import Cells
import Dashboard
import Files
import Foundation
import Machine
import Screens

/// Writes what a person exports.
package enum ExportFile {
    /// Puts the request's file in its place, whole or not at all.
    /// - Parameters:
    ///   - screen: the frame that stands on the screen.
    ///   - inputs: what may not be replaced, even when asked twice.
    package static func write(
        _ request: ExportRequest, of state: DashboardState, screen: CellBuffer,
        sparing inputs: InputFiles = InputFiles()
    ) -> ExportAnswer {
        let path = resolved(request.path)
        switch obstacle(at: path, mayReplace: request.mayReplace, sparing: inputs) {
        case .refused(let reason): return .failed(reason)
        case .exists: return .exists
        case nil: break
        }
        let text: String
        let rows: Int
        switch request.content {
        case .data(let panel):
            let table = PanelTable(panel, of: state)
            (text, rows) = (table.text, table.rows.count)
        case .screen: (text, rows) = (screen.text + "\n", screen.height)
        }
        do {
            try AtomicFile.write(Array(text.utf8), to: path)
            return .written(path: path.showingStrayBytes, rows: rows)
        } catch {
            return .failed("\(error)")
        }
    }

    /// What keeps a file from being put somewhere.
    enum Obstacle: Hashable {
        /// Why it never can be.
        case refused(String)
        /// One is there that may be replaced by who asks for it.
        case exists
    }

    /// What keeps a file that a person asks for from its place; nil where nothing is known to.
    /// - Parameter path: an absolute one.
    static func obstacle(at path: String, mayReplace: Bool, sparing inputs: InputFiles) -> Obstacle? {
        if let input = inputs.input(at: path) {
            return .refused(OneLine.of("\(path) is or lies in \(input.words): type another name"))
        }
        guard let status = FileStatus(path) else { return nil }
        if status.isFolder { return .refused(OneLine.of("\(path) is a folder: type a file's name")) }
        return mayReplace ? nil : .exists
    }

    /// The absolute path; `~` is the person's home.
    static func resolved(_ path: String) -> String {
        if path == "~" || path.hasPrefix("~/") {
            return (ProcessFacts.variable("HOME") ?? NSHomeDirectory()) + path.dropFirst(1)
        }
        return path.absolutePath
    }
}
