import Files
import Glibc
import Runs

/// The numbers of a run that has been, read back from what it wrote: for charts that compare runs.
package struct RecordedSeries: Sendable {
    /// The folder's or the file's name.
    package let name: String
    /// In the order in which they were taken; what was not recorded is NaN.
    package internal(set) var steps: [StepReport] = []
    package internal(set) var evaluations: [EvaluationReport] = []

    init(name: String) { self.name = name }

    /// Reads a run directory (its newest event file), a TensorBoard event file, or a log written with `--log`.
    ///
    /// A last record or line that a crash cut off does not count. What says nothing about a step is skipped.
    package static func read(_ path: String) throws(FileError) -> RecordedSeries {
        let file = try file(of: path)
        let bytes = try FileBytes.read(file)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        var series = RecordedSeries(name: name)
        // A record begins with its length in 8 bytes, a log with a brace.
        if bytes.first == UInt8(ascii: "{") {
            series.readLog(bytes)
        } else {
            try series.readEvents(bytes, path: file)
        }
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
        guard let stream = opendir(path) else { throw FileError(path: path, doing: "open") }
        defer { closedir(stream) }
        var newest: String?
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // Their names begin with the second in which they were made.
            if name.hasPrefix("events.out.tfevents."), name > newest ?? "" { newest = name }
        }
        guard let newest else {
            throw FileError(path: path, .malformed("no event file in this folder; a run directory is due"))
        }
        return path + "/" + newest
    }

    /// Adds a number to the step it belongs to; numbers of one step come one after the other.
    mutating func take(_ number: RecordedNumber, _ value: Double, step: Int, seconds: Double) {
        switch number {
        case .validationLoss, .validationAccuracy:
            if evaluations.last?.position.step != step {
                evaluations.append(
                    EvaluationReport(
                        position: Position(step: step), epoch: 0, loss: .nan, accuracy: nil, isBest: false))
            }
            if number == .validationLoss {
                evaluations[evaluations.count - 1].loss = value
            } else {
                evaluations[evaluations.count - 1].accuracy = value
            }
        case .loss, .accuracy, .learningRate, .gradientNorm:
            if steps.last?.step != step {
                steps.append(
                    StepReport(
                        step: step, epoch: 0, loss: .nan, accuracy: .nan, learningRate: .nan, gradientNorm: .nan,
                        trainingSeconds: seconds))
            }
            switch number {
            case .loss: steps[steps.count - 1].loss = value
            case .accuracy: steps[steps.count - 1].accuracy = value
            case .learningRate: steps[steps.count - 1].learningRate = value
            default: steps[steps.count - 1].gradientNorm = value
            }
        }
    }
}

/// A number of a run that is recorded over the steps.
enum RecordedNumber {
    case loss, accuracy, learningRate, gradientNorm, validationLoss, validationAccuracy

    /// The number that a tag of an event file names: ours (`train/loss`) and the usual ones of others (`Loss/test`, `val_acc`).
    init?(tag: String) {
        let words = tag.lowercased()
        let isValidation = ["val", "test", "eval", "dev/"].contains { words.contains($0) }
        if words.contains("loss") {
            self = isValidation ? .validationLoss : .loss
        } else if words.contains("acc") {
            self = isValidation ? .validationAccuracy : .accuracy
        } else if words.contains("learning_rate") || words.contains("learningrate") || words == "lr"
            || words.hasSuffix("/lr")
        {
            self = .learningRate
        } else if words.contains("grad"), words.contains("norm") {
            self = .gradientNorm
        } else {
            return nil
        }
    }
}
