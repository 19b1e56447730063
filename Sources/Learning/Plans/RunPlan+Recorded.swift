import Datasets
import Files
import Machine
import Runs
import Settings

extension RunPlan {
    /// Files that are not those of the run which wrote this config (`recorded.sha256`), a warning each.
    func changedFiles(_ sources: [Dataset.Source]) -> [StartWarning] {
        let recorded = try? (try? settings.object())?["recorded"]?.object()["sha256"]?.object().members
        guard let recorded else { return [] }
        return sources.compactMap { source in
            let path = source.path.standardizedPath
            // A path that was relative then has lost its beginning.
            let member = recorded.first { member in
                member.name.isAbsolutePath
                    ? member.name.standardizedPath == path : path.hasSuffix("/\(Self.plain(member.name))")
            }
            guard let member, let digest = try? member.setting.string(), digest != source.sha256 else { return nil }
            return StartWarning(
                "data.changed",
                "\(source.path): is not the file that the recorded run had: its SHA-256 is \(source.sha256.prefix(12))..., and "
                    + "\(digest.prefix(12))... is recorded")
        }
    }

    private static func plain(_ path: String) -> String {
        path.pathParts.filter { $0 != ".." }.joined(separator: "/")
    }
}
