import Files
import Glibc
import Machine
import Runs

/// The numbers of a run that has been, read back from what it wrote: for charts that compare runs.
package struct RecordedSeries: Sendable {
    /// The folder's or the file's name.
    package let name: String
    /// By their step; what was not recorded is NaN.
    package let steps: [StepReport]
    /// By their step.
    package let evaluations: [EvaluationReport]

    /// Reads a run directory (its newest event file), a TensorBoard event file, or a log written with `--log`.
    ///
    /// A last record or line that a crash cut off does not count. What says nothing about a step is skipped.
    package static func read(_ path: String) throws(FileError) -> RecordedSeries {
        let file = try file(of: path)
        let bytes = try FileBytes.read(file)
        return try parse(bytes, name: path.split(separator: "/").last.map(String.init) ?? path, path: file)
    }

    /// Reads the content of an event file or of a log.
    ///
    /// - Parameter path: what an error names.
    package static func parse(_ bytes: [UInt8], name: String, path: String) throws(FileError) -> RecordedSeries {
        var numbers = RecordedNumbers()
        // A record begins with its length in 8 bytes, a log with a brace.
        if bytes.first == UInt8(ascii: "{") {
            numbers.readLog(bytes)
        } else {
            try numbers.readEvents(bytes, path: path)
        }
        let series = RecordedSeries(name: name, steps: numbers.steps, evaluations: numbers.evaluations)
        guard !series.steps.isEmpty || !series.evaluations.isEmpty else {
            throw FileError(
                path: path, .malformed("no losses in it; a run directory, an event file or a file of --log is due"))
        }
        return series
    }

    private static func file(of path: String) throws(FileError) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError(path: path, doing: "open") }
        guard status.st_mode & S_IFMT == S_IFDIR else { return path }
        let names: [String]
        do throws(SystemError) {
            names = try Folder.names(in: path)
        } catch {
            throw FileError(path: path, doing: "open", code: error.code)
        }
        // Their names begin with the second in which they were made.
        guard let newest = names.filter({ $0.hasPrefix("events.out.tfevents.") }).max() else {
            throw FileError(path: path, .malformed("no event file in this folder; a run directory is due"))
        }
        return path + "/" + newest
    }
}
