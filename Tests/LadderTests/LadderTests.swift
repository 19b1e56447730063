import Foundation
import Testing

/// Who may import whom; the compiler refuses circles only.
@Suite struct LadderTests {
    let ladder: Ladder

    init() throws { ladder = try Ladder() }

    /// The rooms of CONTRIBUTING.md, lowest first. To move a wall, change the plan first.
    static let plan: [(module: String, imports: Set<String>)] = [
        ("Files", ["CZlib"]),
        ("Settings", []),
        ("Tensors", ["COpenBLAS", "CWorkers", "Files"]),
        ("Datasets", ["Tensors", "Files", "CPictures"]),
        ("NeuralNetworks", ["Tensors"]),
        ("Optimizers", ["Tensors"]),
        ("Runs", []),
        ("Training", ["NeuralNetworks", "Optimizers", "Datasets", "Runs", "Settings", "Tensors", "Files"]),
        ("RunStore", ["Runs", "Files", "Settings"]),
        ("Cells", []),
        ("Charts", ["Cells"]),
        ("Themes", ["Cells"]),
        ("Dashboard", ["Runs", "Charts", "Themes", "Cells"]),
        ("CursesTerminal", ["Cells", "CNcurses", "CTerminalRescue"]),
    ]

    @Test(arguments: plan.map(\.module)) func aRoomDeclaresWhatThePlanGivesIt(module: String) throws {
        let planned = try #require(Self.plan.first { $0.module == module }?.imports)
        #expect(try #require(ladder.imports[module]).subtracting(planned) == [])
    }

    @Test func nobodyImportsWhatItDoesNotDeclare() throws {
        for (module, declared) in ladder.imports {
            for found in try Ladder.importsFound(in: module) where ladder.imports[found.module] != nil {
                #expect(declared.contains(found.module), "\(found.place) imports \(found.module)")
            }
        }
    }

    @Test func everyFolderOfTheSourcesIsARoom() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Ladder.root.appendingPathComponent("Sources").path)
        #expect(folders.filter { !$0.hasPrefix(".") && ladder.imports[$0] == nil } == [])
    }

    @Test func onlyOneRoomTouchesEachLibrary() {
        for (library, room) in [
            ("CNcurses", "CursesTerminal"), ("COpenBLAS", "Tensors"), ("CWorkers", "Tensors"), ("CZlib", "Files"),
            ("CPictures", "Datasets"),
        ] {
            let rooms = ladder.imports.filter { !$0.key.hasSuffix("Tests") && $0.value.contains(library) }.map(\.key)
            #expect(rooms == [room])
        }
    }
}
