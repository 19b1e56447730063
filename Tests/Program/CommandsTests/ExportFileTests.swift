import Cells
import Commands
import Dashboard
import Foundation
import History
import Runs
import TestSupport
import Testing

@Suite struct ExportFileTests {
    private let state = DashboardState(history: RunHistory(description: Sample.description()))

    private func request(_ path: String, mayReplace: Bool = false) -> ExportRequest {
        ExportRequest(content: .screen, path: path, mayReplace: mayReplace)
    }

    private var screen: CellBuffer {
        var buffer = CellBuffer(size: Size(width: 10, height: 3))
        buffer.write("loss", x: 1, y: 1, style: .plain)
        return buffer
    }

    /// Writes although the person was told that the file is there.
    func write(to path: String, sparing inputs: InputFiles) -> ExportAnswer {
        ExportFile.write(request(path, mayReplace: true), of: state, screen: screen, sparing: inputs)
    }

    @Test func `the screen is written as text`() throws {
        let scratch = ScratchFolder()
        let path = scratch.path + "/screen.txt"
        #expect(ExportFile.write(request(path), of: state, screen: screen) == .written(path: path, rows: 3))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "\n loss\n\n")
    }

    @Test func `a file that is there is replaced only when asked twice`() throws {
        let scratch = ScratchFolder()
        let path = scratch.path + "/screen.txt"
        try "mine".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(ExportFile.write(request(path), of: state, screen: screen) == .exists)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        _ = ExportFile.write(request(path, mayReplace: true), of: state, screen: screen)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "\n loss\n\n")
    }

    @Test func `what cannot be written says why`() throws {
        let scratch = ScratchFolder()
        guard case .failed(let folder) = ExportFile.write(request(scratch.path), of: state, screen: screen),
            case .failed(let missing) = ExportFile.write(request(scratch.path + "/a/b"), of: state, screen: screen)
        else {
            Issue.record("both must fail")
            return
        }
        #expect(folder.contains("is a folder") && missing.contains("/a/b"))
    }
}
