import Cells
import Dashboard
import Files
import Foundation
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
        if let input = inputs.input(at: path) { return .failed(refusal(path, input)) }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue { return .failed("\(path) is a folder: type a file's name") }
            if !request.mayReplace { return .exists }
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
            return .written(path: path, rows: rows)
        } catch {
            return .failed("\(error)")
        }
    }

    /// Why a file is not written.
    static func refusal(_ path: String, _ input: InputFiles.Input) -> String {
        OneLine.of("\(path) is or lies in \(input.words): type another name")
    }

    /// The absolute path; `~` is the person's home.
    static func resolved(_ path: String) -> String {
        if path == "~" || path.hasPrefix("~/") { return NSHomeDirectory() + path.dropFirst(1) }
        return path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
