import Foundation
import Themes

/// Finds the theme that a person names.
package enum ThemeFile {
    /// A path to a file in btop's format, or the name of one in `themes/`: beside the program, or where it was installed.
    package static func named(_ name: String) throws -> Theme {
        if name.contains("/") || name.hasSuffix(".theme") {
            return try Theme(contentsOfFile: name)
        }
        for folder in folders {
            let path = "\(folder)/\(name).theme"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            return try Theme(contentsOfFile: path)
        }
        let known = Set(
            folders.flatMap { folder in
                ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".theme") }
                    .map { String($0.dropLast(6)) }
            }
        ).sorted()
        throw UsageError(
            "--theme: there is no theme \"\(name)\"; "
                + (known.isEmpty ? "give the path of a file" : "known are \(known.joined(separator: ", "))"))
    }

    /// Where themes lie: installed beside the program, in the source tree, and btop's own.
    private static var folders: [String] {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let installed = program.folder.folder + "/share/sitter/themes"
        // In the source tree the program lies in .build/CONFIGURATION/ or .build/TRIPLE/CONFIGURATION/.
        var above = program.folder
        var sources: [String] = []
        for _ in 0..<4 {
            above = above.folder
            sources.append(above + "/themes")
        }
        return ["themes", installed] + sources + ["/usr/share/btop/themes"]
    }
}
