import Datasets
import Files
import Foundation
import Runs
import Settings

extension RunPlan {
    /// Files that are not those of the run which wrote this config (`recorded.sha256`), a warning each.
    func changedFiles(_ sources: [Dataset.Source]) -> [StartWarning] {
        let recorded = try? (try? settings.object())?["recorded"]?.object()["sha256"]?.object().members
        guard let recorded else { return [] }
        let folder = FileManager.default.currentDirectoryPath
        func whole(_ path: String) -> String {
            URL(fileURLWithPath: path.hasPrefix("/") ? path : "\(folder)/\(path)").standardized.path
        }
        return sources.compactMap { source in
            let path = whole(source.path)
            // A path that was relative then has lost its beginning.
            let member = recorded.first { member in
                member.name.hasPrefix("/") ? whole(member.name) == path : path.hasSuffix("/\(Self.plain(member.name))")
            }
            guard let member, let digest = try? member.setting.string(), digest != source.sha256 else { return nil }
            return StartWarning(
                "data.changed",
                "\(source.path): is not the file that the recorded run had: its SHA-256 is \(source.sha256.prefix(12))..., and "
                    + "\(digest.prefix(12))... is recorded")
        }
    }

    private static func plain(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    }
}
