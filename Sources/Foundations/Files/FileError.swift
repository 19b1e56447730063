import Glibc
import Machine

/// What is wrong with one file, and what would be right.
package struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path as the caller gave it.
    package let path: String
    /// Which way it failed; its wording is the second half of `description`.
    package let problem: Problem

    /// An error of the program's own making; `errno` has an initializer inside this module.
    package init(path: String, _ problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// One case for each way to fail; the wording is in `description`.
    package enum Problem: Error, Sendable, Equatable {
        case missing
        case missingFolder(String)
        case isFolder
        case notRegular
        case notReadable
        case notWritable
        case noSpace
        /// The file may not grow any longer: `ulimit -f`, or the file system's own limit.
        case longest
        /// More than `limit` bytes, decompressed.
        case tooLarge(limit: Int)
        case truncated(Inflater.Format)
        case corrupt(Inflater.Format, detail: String)
        /// The bytes are not what the reader of the format wants; in words that end a sentence begun with the path.
        case malformed(String)
        /// Anything else the system says, with `errno`.
        case system(doing: String, code: Int32)
    }

    /// One line: `data/train.gz: the gzip data ends too early; copy or download the file again`.
    package var description: String { "\(Self.onOneLine(path)): \(problem)" }

    /// Makes the error for `errno` after an operation such as "open" or "write".
    package init(path: String, doing: String, code: Int32 = errno) {
        self.path = path
        problem =
            switch code {
            case ENOENT, ENOTDIR: .missing
            case EISDIR: .isFolder
            case EACCES, EPERM: doing == "open" || doing == "read" ? .notReadable : .notWritable
            case EROFS: .notWritable
            case ENOSPC, EDQUOT: .noSpace
            case EFBIG: .longest
            default: .system(doing: doing, code: code)
            }
    }

    private static func onOneLine(_ path: String) -> String {
        path.showingStrayBytes.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
    }
}

extension FileError.Problem: CustomStringConvertible {
    /// What is wrong and what would be right, without the path.
    package var description: String {
        switch self {
        case .missing: "no such file; check the path"
        case .missingFolder(let folder): "the folder \(folder.showingStrayBytes) does not exist; create it first"
        case .isFolder: "a folder; a file is due"
        case .notRegular: "neither a file nor a link to one (a device, pipe or socket); a regular file is due"
        case .notReadable: "no permission to read it; check its owner and mode"
        case .notWritable: "no permission to write there; check the folder's owner and mode"
        case .noSpace: "no space left on the disk; free some or choose another place"
        case .longest: "no file may be longer here (ulimit -f, or the file system); raise the limit"
        case .tooLarge(let limit): "holds more than \(limit) bytes, the most that is read here"
        case .truncated(let format): "the \(format) data ends too early; copy or download the file again"
        case .corrupt(let format, let detail):
            "the \(format) data is damaged (\(detail)); copy or download the file again"
        case .malformed(let message): message.showingStrayBytes
        case .system(let doing, let code): "cannot \(doing): \(String(cString: strerror(code)))"
        }
    }
}
