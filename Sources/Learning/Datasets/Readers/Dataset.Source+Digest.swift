import Files

extension Dataset.Source {
    /// The files with their digests.
    static func of(_ paths: [String]) throws(DatasetError) -> [Dataset.Source] {
        var sources: [Dataset.Source] = []
        for path in paths {
            do throws(FileError) {
                sources.append(Dataset.Source(path: path, sha256: try Digest.sha256(ofFile: path)))
            } catch { throw DatasetError(error) }
        }
        return sources
    }
}
