import Files
import Glibc
import Machine

/// The checkpoints of a run directory: whole states, a file each that is never written over.
package struct CheckpointFiles: Hashable, Sendable {
    private let folder: String
    private static let prefix = "step-"
    private static let suffix = ".safetensors"

    init(of directory: RunDirectory) { folder = directory.checkpoints }

    /// One checkpoint by what its name says: `step-000001200-7.safetensors`.
    package struct Entry: Hashable, Sendable {
        /// Updates before it.
        package let step: Int
        /// Checkpoints of the run before it.
        package let number: Int

        /// The checkpoint of a number before update `step`.
        package init(step: Int, number: Int) { (self.step, self.number) = (step, number) }
    }

    /// The file of a checkpoint.
    package func path(_ entry: Entry) -> String {
        let digits = "\(entry.step)"
        let step = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        return "\(folder)/\(Self.prefix)\(step)-\(entry.number)\(Self.suffix)"
    }

    /// Those that there are files of, the newest first.
    package var entries: [Entry] {
        let names = (try? Folder.names(in: folder)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
            let parts = name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count).split(separator: "-")
            guard parts.count == 2, let step = Int(parts[0]), let number = Int(parts[1]) else { return nil }
            return Entry(step: step, number: number)
        }.sorted { $0.number > $1.number }
    }

    /// Removes what is more than `most`: the newest two stay, of the others those go first that are nearest to their neighbours,
    /// so that the gaps grow towards the past.
    package func thin(to most: Int) {
        var entries = entries
        while entries.count > max(2, most) {
            let place = Self.leastMissed(among: entries.map(\.step))
            _ = path(entries[place]).withPathBytes { unlink($0) }
            entries.remove(at: place)
        }
    }

    /// Which of falling steps is missed least, never one of the first two.
    /// - Precondition: there are at least three.
    private static func leastMissed(among steps: [Int]) -> Int {
        let newest = steps[0]
        // How many times further back the one behind it is than the one before it.
        func gap(_ place: Int) -> Double {
            guard place + 1 < steps.count else { return .infinity }
            return Double(newest - steps[place + 1] + 1) / Double(newest - steps[place - 1] + 1)
        }
        return (2..<steps.count).min { gap($0) < gap($1) } ?? steps.count - 1
    }

    /// Sets a file aside that is no sound checkpoint, under its name and `.unsound`.
    package func setAside(_ entry: Entry) {
        let path = path(entry)
        _ = path.withPathBytes { from in (path + ".unsound").withPathBytes { rename(from, $0) } }
    }
}
