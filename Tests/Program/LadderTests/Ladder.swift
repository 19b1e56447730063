import Foundation
import TestSupport

/// The floors and rooms as Package.swift declares them: the one place where the ladder is written.
struct Ladder {
    struct Room {
        let name: String
        /// The folder of its floor, `Sources/Learning` or `Tests/Learning`.
        let floor: String
        /// What it may import, C libraries included.
        let imports: Set<String>

        /// Whether it has tests of its own: C libraries are tested through their one Swift owner, the thin main end to end.
        var isOfTheHouse: Bool { floor.hasPrefix("Sources/") && floor != "Sources/C" && name != "sitter" }
    }

    /// Lowest first.
    let rooms: [Room]

    init() throws {
        let text = try String(contentsOf: SourceTree.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        let floors = text.matches(of: /= (floor|testFloor)\(\s*"(\w+)"/)
        let declaration =
            /\b(room|tests|\.systemLibrary|\.target|\.executableTarget|\.testTarget)\(\s*(?:name:\s*|of:\s*)?"(\w+)"(?:,\s*(?:imports|dependencies):\s*\[([^\]]*)\])?/
        var rooms: [Room] = []
        for (index, floor) in floors.enumerated() {
            let end = index + 1 < floors.count ? floors[index + 1].range.lowerBound : text.endIndex
            let folder = (floor.1 == "floor" ? "Sources/" : "Tests/") + floor.2
            for match in text[floor.range.upperBound..<end].matches(of: declaration) {
                let listed = Set((match.3 ?? "").matches(of: /"(\w+)"/).map { String($0.1) })
                let isTests = match.1 == "tests"
                rooms.append(
                    Room(
                        name: isTests ? "\(match.2)Tests" : String(match.2), floor: folder,
                        imports: isTests ? listed.union([String(match.2), "TestSupport"]) : listed))
            }
        }
        self.rooms = rooms
    }

    /// Everything that a room's source files import, with the file and line.
    static func importsFound(in room: Room) throws -> [(place: String, module: String)] {
        let folder = SourceTree.root.appendingPathComponent("\(room.floor)/\(room.name)")
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        var found: [(place: String, module: String)] = []
        let statement =
            /\s*(?:@\w+(?:\(\w+\))?\s+)*(?:(?:package|internal|private|fileprivate|public)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        for case let file as URL in files where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                guard let match = line.prefixMatch(of: statement) else { continue }
                found.append(("\(room.name)/\(file.lastPathComponent):\(index + 1)", String(match.1)))
            }
        }
        return found
    }
}
