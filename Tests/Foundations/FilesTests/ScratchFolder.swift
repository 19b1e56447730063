import Glibc

/// A folder of its own for one test, removed with everything in it.
final class ScratchFolder {
    let path: String

    init() {
        var template = Array("/tmp/sitter-tests-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
        for name in names { unlink(self / name) }
        rmdir(path)
    }

    /// What lies in the folder, sorted.
    var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func / (folder: ScratchFolder, name: String) -> String { "\(folder.path)/\(name)" }

    /// Puts a file there by plain C, independently of what is tested.
    @discardableResult
    func put(_ bytes: [UInt8], _ name: String) -> String {
        let file = fopen(self / name, "w")!
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        return self / name
    }

    /// Reads a file by plain C.
    func get(_ name: String) -> [UInt8]? {
        guard let file = fopen(self / name, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }
}
