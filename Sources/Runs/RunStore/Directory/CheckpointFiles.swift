import Files
import Glibc
import Machine

/// The checkpoints of a run directory: whole states, named by their step.
package struct CheckpointFiles: Hashable, Sendable {
    private let folder: String
    private static let prefix = "step-"
    private static let suffix = ".safetensors"

    init(of directory: RunDirectory) { folder = directory.checkpoints }

    /// The file of the checkpoint before update `step`: `step-000001200.safetensors`.
    package func path(step: Int) -> String {
        let digits = "\(step)"
        return
            "\(folder)/\(Self.prefix)\(String(repeating: "0", count: max(0, 9 - digits.count)))\(digits)\(Self.suffix)"
    }

    /// The steps that there are files of, the newest first.
    package var steps: [Int] {
        let names = (try? Folder.names(in: folder)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
            return Int(name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count))
        }.sorted(by: >)
    }

    /// Removes what is more than `most`: the newest two stay, of the others those go first that are nearest to their neighbours,
    /// so that the gaps grow towards the past.
    package func thin(to most: Int) {
        var steps = steps
        while steps.count > max(2, most) {
            let place = Self.leastMissed(among: steps)
            unlink(path(step: steps[place]))
            steps.remove(at: place)
        }
    }

    /// Which of falling steps is missed least, never one of the first two.
    /// - Precondition: there are at least three.
    static func leastMissed(among steps: [Int]) -> Int {
        let newest = steps[0]
        // How many times further back the one behind it is than the one before it.
        func gap(_ place: Int) -> Double {
            guard place + 1 < steps.count else { return .infinity }
            return Double(newest - steps[place + 1] + 1) / Double(newest - steps[place - 1] + 1)
        }
        return (2..<steps.count).min { gap($0) < gap($1) } ?? steps.count - 1
    }

    /// Sets a file aside that is no sound checkpoint, under its name and `.unsound`.
    package func setAside(step: Int) { rename(path(step: step), path(step: step) + ".unsound") }
}
