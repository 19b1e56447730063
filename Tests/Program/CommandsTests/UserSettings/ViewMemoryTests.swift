import Commands
import Dashboard
import Foundation
import TestSupport
import Testing

@Suite("What is remembered of the view")
struct ViewMemoryTests {
    @Test func `a view comes back as it was left`() throws {
        let scratch = ScratchFolder()
        let memory = ViewMemory(path: scratch.path + "/state/sitter/view.json")
        var view = RememberedView()
        view.screen = .updates
        view.smoothing = 0.01
        view.logarithmicLoss = false
        view.logarithmicSchedule = true
        view.xAxis = .time
        view.theme = "nord"
        view.splits = Splits(column: 0.5, lower: 0.75)
        view.mouse = false
        memory.save(view)
        #expect(memory.load() == view)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/state/sitter")
        #expect(names == ["view.json"], "no temporary is left")
    }

    @Test func `nothing is an error`() throws {
        let scratch = ScratchFolder()
        let path = scratch.path + "/view.json"
        #expect(ViewMemory(path: nil).load() == RememberedView())
        ViewMemory(path: nil).save(RememberedView())
        #expect(ViewMemory(path: path).load() == RememberedView())
        for text in ["", "[", "[]", "{\"screen\":7}", "\u{0}"] {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(ViewMemory(path: path).load() == RememberedView())
        }
        // A folder that cannot be made, as on a read-only disk.
        ViewMemory(path: path + "/below/view.json").save(RememberedView())
        ViewMemory(path: "/proc/nowhere/view.json").save(RememberedView())
    }

    @Test(arguments: [InputFiles.Role.settings, .data, .compared])
    func `a view never takes the place of a file that is read`(role: InputFiles.Role) throws {
        let scratch = ScratchFolder()
        try scratch.write("sitter/view.json", "{\"screen\":\"log\"}")
        var inputs = InputFiles()
        inputs.add(scratch / "sitter/view.json", as: role)
        let memory = ViewMemory(path: scratch / "sitter/view.json")
        memory.save(RememberedView(), sparing: inputs)
        #expect(memory.load().screen == .log)
        memory.save(RememberedView())
        #expect(memory.load().screen == nil)
    }

    @Test func `parts that are wrong are left out`() throws {
        let scratch = ScratchFolder()
        let path = scratch.path + "/view.json"
        try "{\"screen\":\"layers\",\"smoothing\":0.9,\"xAxis\":\"epochs\",\"splits\":{\"upper\":0.4,\"lower\":-1}}"
            .write(toFile: path, atomically: true, encoding: .utf8)
        let view = ViewMemory(path: path).load()
        #expect(view.screen == .layers && view.smoothing == nil && view.xAxis == .epochs)
        #expect(view.splits == Splits(upper: 0.4))
    }
}
