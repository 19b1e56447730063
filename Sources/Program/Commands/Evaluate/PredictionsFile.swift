import Files
import Machine
import NeuralNetworks
import RunStore

/// What was predicted of each example as a table: CSV with names, or NPY of float64 with one row an example.
struct PredictionsFile {
    private let evaluation: Evaluation

    init(_ evaluation: Evaluation) { self.evaluation = evaluation }

    /// The end of a file's name, in small letters.
    static func suffix(_ path: String) -> String {
        path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    }

    /// Refuses a file that may not be replaced; what is read never may.
    static func check(_ options: EvaluateOptions, sparing data: [String]) throws(UsageError) {
        var inputs = InputFiles()
        for path in options.runs { inputs.add(path, as: .output) }
        for path in data + options.data { inputs.add(path, as: .data) }
        if case .file(let path) = options.weights { inputs.add(path, as: .weights) }
        guard let path = options.predictions else { return }
        if let input = inputs.input(at: path) {
            throw UsageError("--predictions \(path): is or lies in \(input.words); choose another name")
        }
        guard let status = FileStatus(path) else { return }
        if status.isFolder { throw UsageError("--predictions \(path): is a folder; a file's name is due") }
        if !options.overwrites {
            throw UsageError("--predictions \(path): there is a file already; add --overwrite to replace it")
        }
    }

    /// Puts the file in its place, whole or not at all.
    func write(to path: String) throws(FileError) {
        try AtomicFile.write(Self.suffix(path) == "npy" ? npy : Array(csv.utf8), to: path)
    }

    /// `index,label,predicted,` and a column for each class; of numbers targets and outputs.
    var csv: String {
        let predictions = evaluation.predictions
        var lines = ""
        switch predictions.truth {
        case .classes(let labels):
            let word = predictions.areProbabilities ? "probability" : "output"
            let heads =
                ["index", "label", "predicted"] + (0..<predictions.width).map { "\(word) \(evaluation.name($0))" }
            lines += heads.map(Self.quoted).joined(separator: ",") + "\n"
            for example in 0..<predictions.count {
                let predicted = predictions.predicted(example).map(evaluation.name) ?? ""
                lines += "\(evaluation.index(example)),\(Self.quoted(evaluation.name(Int(labels[example])))),"
                lines += Self.quoted(predicted)
                for score in predictions.row(example) { lines += ",\(Self.number(score))" }
                lines += "\n"
            }
        case .values(let values):
            let width = predictions.width
            func heads(_ word: String) -> [String] { width == 1 ? [word] : (0..<width).map { "\(word) \($0)" } }
            lines += (["index"] + heads("label") + heads("predicted")).joined(separator: ",") + "\n"
            for example in 0..<predictions.count {
                lines += "\(evaluation.index(example))"
                for value in values[example * width..<(example + 1) * width] { lines += ",\(Self.number(value))" }
                for value in predictions.row(example) { lines += ",\(Self.number(value))" }
                lines += "\n"
            }
        }
        return lines
    }

    /// `[examples, columns]` of float64: index, label, prediction (-1 for none), scores; of numbers index, targets, outputs.
    var npy: [UInt8] {
        let predictions = evaluation.predictions
        let columns: Int
        var numbers: [Double] = []
        switch predictions.truth {
        case .classes(let labels):
            columns = 3 + predictions.width
            for example in 0..<predictions.count {
                numbers.append(Double(evaluation.index(example)))
                numbers.append(Double(labels[example]))
                numbers.append(Double(predictions.predicted(example) ?? -1))
                numbers += predictions.row(example).map(Double.init)
            }
        case .values(let values):
            let width = predictions.width
            columns = 1 + 2 * width
            for example in 0..<predictions.count {
                numbers.append(Double(evaluation.index(example)))
                numbers += values[example * width..<(example + 1) * width].map(Double.init)
                numbers += predictions.row(example).map(Double.init)
            }
        }
        // NumPy's format 1.0: the header ends with a line end on a multiple of 64 bytes.
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(predictions.count), \(columns)), }"
        let length = (10 + header.utf8.count + 1 + 63) / 64 * 64 - 10
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
        bytes += Array(header.utf8)
        bytes += [UInt8](repeating: UInt8(ascii: " "), count: length - header.utf8.count - 1)
        bytes.append(UInt8(ascii: "\n"))
        bytes.reserveCapacity(bytes.count + 8 * numbers.count)
        for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 } }
        return bytes
    }

    private static func number(_ value: Float) -> String {
        value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)"
    }

    /// RFC 4180: in quotes where it holds a comma, a quote or a line end.
    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) || text.contains("\r\n") else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
