import Files
import Machine

extension RunDirectory {
    /// Which weights of a run are meant.
    package enum Weights: Hashable, Sendable {
        /// Those of the best evaluation.
        case best
        /// Those of the last update.
        case last
        /// Those of a checkpoint, by its number, the last of its file's name.
        case checkpoint(Int)
        /// Any file's.
        case file(String)

        /// `best`, `last`, a checkpoint's number, or a file.
        package init(_ text: String) {
            switch text {
            case "best": self = .best
            case "last": self = .last
            default: self = Int(text).flatMap { $0 >= 0 ? .checkpoint($0) : nil } ?? .file(text)
            }
        }
    }

    /// The file of weights; refused where the run has none of the kind.
    package func path(of weights: Weights) throws(FileError) -> String {
        switch weights {
        case .best:
            guard FileStatus.exists(best) else {
                let isLast = FileStatus.exists(last)
                throw FileError(
                    path: best,
                    .malformed(
                        "there are no best weights yet"
                            + (isLast ? "; --weights last takes those of the last update" : ", nor others")))
            }
            return best
        case .last:
            guard FileStatus.exists(last) else {
                throw FileError(path: last, .malformed("there are no weights yet; the run has written none"))
            }
            return last
        case .checkpoint(let number):
            let entries = states.entries
            guard let entry = entries.first(where: { $0.number == number }) else {
                let kept = entries.reversed().map { "\($0.number) (step \($0.step))" }.joined(separator: ", ")
                throw FileError(
                    path: path,
                    .malformed(
                        "keeps no checkpoint \(number)" + (kept.isEmpty ? ", nor another one" : "; it keeps \(kept)")))
            }
            return states.path(entry)
        case .file(let path): return path
        }
    }
}
