import Runs

/// Files in the folders of classes that are not read, counted by their suffixes.
struct LeftFiles {
    /// Folders within the classes' folders.
    var folders: [String] = []
    /// Pictures that lie beside the classes' folders.
    var besideFolders = 0
    private var counts: [String: Int] = [:]

    /// What file managers leave everywhere.
    private static let litter: Set<String> = ["thumbs.db", "desktop.ini", "icon\r"]
    /// Suffixes of pictures that nobody reads here.
    private static let pictures: Set<String> = [
        "bmp", "gif", "tif", "tiff", "heic", "heif", "avif", "ppm", "pgm", "svg", "jp2", "jxl", "tga", "psd",
        "dcm",
    ]

    mutating func take(_ suffix: String, _ name: String) {
        if !Self.litter.contains(name.lowercased()) { counts[suffix, default: 0] += 1 }
    }

    mutating func take(_ other: LeftFiles) {
        folders += other.folders
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// `6 .webp, 6 .bmp`, the most first.
    var words: String {
        counts.sorted { ($0.value, $0.key) > ($1.value, $1.key) }
            .map { "\($0.value) \($0.key.isEmpty ? "without a suffix" : ".\($0.key)")" }.joined(separator: ", ")
    }

    func warnings(_ folder: String) -> [StartWarning] {
        var warnings: [StartWarning] = []
        let count = counts.values.reduce(0, +)
        if count > 0 {
            let hasPictures = counts.keys.contains(where: Self.pictures.contains)
            warnings.append(
                StartWarning(
                    "pictures.left", hasPictures ? .doubt : .notice,
                    "\(folder): \(count) file\(count == 1 ? "" : "s") left alone: \(words)"))
        }
        if !folders.isEmpty {
            let what = folders.count == 1 ? "1 folder" : "\(folders.count) folders"
            warnings.append(
                StartWarning(
                    "pictures.folders",
                    "\(folder): \(what) within the classes' folders left alone: \(folders[0])"
                        + (folders.count > 1 ? ", ..." : "")))
        }
        if besideFolders > 0 {
            let what = besideFolders == 1 ? "1 picture" : "\(besideFolders) pictures"
            warnings.append(
                StartWarning("pictures.beside", "\(folder): \(what) beside the classes' folders left alone"))
        }
        return warnings
    }
}
