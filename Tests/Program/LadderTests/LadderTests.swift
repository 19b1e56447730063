import Foundation
import TestSupport
import Testing

/// Who may import whom; the compiler refuses circles only.
@Suite struct LadderTests {
    let ladder: Ladder

    init() throws { ladder = try Ladder() }

    @Test func `nobody imports what it does not declare`() throws {
        let names = Set(ladder.rooms.map(\.name))
        for room in ladder.rooms {
            for found in try Ladder.importsFound(in: room) where names.contains(found.module) {
                #expect(room.imports.contains(found.module), "\(found.place) imports \(found.module)")
            }
        }
    }

    @Test(arguments: ["Sources", "Tests"]) func `every folder of a floor is a room`(top: String) throws {
        func folders(_ path: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.appendingPathComponent(path).path)
                .filter { !$0.hasPrefix(".") }
        }
        let declared = Set(ladder.rooms.map { "\($0.floor)/\($0.name)" })
        let floors = try folders(top)
        #expect(floors.count >= 6)
        for floor in floors {
            for room in try folders("\(top)/\(floor)") where room != "Fixtures" {
                #expect(declared.contains("\(top)/\(floor)/\(room)"), "nobody declares \(top)/\(floor)/\(room)")
            }
        }
    }

    @Test func `every room has its tests on the same floor`() {
        let tests = Set(ladder.rooms.map { "\($0.floor)/\($0.name)" })
        for room in ladder.rooms where room.isOfTheHouse {
            let folder = room.floor.replacing("Sources/", with: "Tests/")
            #expect(tests.contains("\(folder)/\(room.name)Tests"), "nobody tests \(room.name)")
        }
    }

    @Test func `only one room touches each library`() {
        for (library, owner) in [
            ("CNcurses", "CursesTerminal"), ("COpenBLAS", "Tensors"), ("CWorkers", "Tensors"), ("CZlib", "Files"),
            ("CPictures", "Datasets"), ("CTerminalRescue", "CursesTerminal"), ("CMalloc", "Commands"),
        ] {
            let rooms = ladder.rooms.filter { $0.floor.hasPrefix("Sources/") && $0.imports.contains(library) }
            #expect(rooms.map(\.name) == [owner])
        }
    }

    /// The rows `| folder | room | job | imports |` of CONTRIBUTING.md.
    @Test func `contributing shows the ladder as it is`() throws {
        let page = try String(
            contentsOf: SourceTree.root.appendingPathComponent("CONTRIBUTING.md"), encoding: .utf8)
        let rows = page.matches(of: /(?m)^\| `(\w+)` \| `(\w+)` \| [^|]+ \|([^|]*)\|$/)
        let shown = rows.map { row in
            Ladder.Room(
                name: String(row.2), floor: "Sources/\(row.1)",
                imports: Set(row.3.matches(of: /\w+/).map { String($0.0) }))
        }
        let due = ladder.rooms.filter(\.isOfTheHouse)
        #expect(shown.map(\.name) == due.map(\.name))
        #expect(shown.map(\.floor) == due.map(\.floor))
        for (row, room) in zip(shown, due) where row.imports != ["all"] {
            #expect(row.imports == room.imports, "CONTRIBUTING's row of \(room.name)")
        }
    }
}
