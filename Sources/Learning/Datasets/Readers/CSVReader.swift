import Files
import Tensors

/// Reads a table of numbers with columns to predict.
///
/// Labels that are all whole numbers from 0 on are classes themselves; others are names, and classes their places in
/// alphabetical (code point) order.
package struct CSVReader: Sendable {
    /// A column, by its name in the header or its number from 1 on; -1 is the last.
    package enum Column: Hashable, Sendable, CustomStringConvertible {
        case name(String)
        case number(Int)

        package var description: String {
            switch self {
            case .name(let name): "\"\(name)\""
            case .number(let number): "\(number)"
            }
        }
    }

    package enum Task: String, Hashable, Sendable, CaseIterable {
        case classification, regression
    }

    /// The columns to predict: one with classes, or some with numbers.
    private let labels: [Column]
    private let task: Task
    private let hasHeader: Bool
    private let separator: UInt8
    private let limit: MemoryLimit

    package init(
        labels: [Column] = [.number(-1)], task: Task = .classification, hasHeader: Bool = true,
        separator: Character = ",", limit: MemoryLimit = .standard
    ) {
        precondition(!labels.isEmpty, "a table needs a column to predict")
        self.labels = labels
        self.task = task
        self.hasHeader = hasHeader
        self.separator = separator.asciiValue ?? UInt8(ascii: ",")
        self.limit = limit
    }

    /// Reads a table, plain or gzip.
    ///
    /// - Parameter training: The training set, whose columns and classes a validation file must have.
    package func read(_ path: String, like training: Dataset? = nil) throws(DatasetError) -> Dataset {
        var records = CSVRecords(try bytes(path), separator: separator, path: path)
        guard try records.next() else {
            throw DatasetError(path, "is empty; \(hasHeader ? "a header and " : "")at least one line is due")
        }
        let names = hasHeader ? records.fields.map(records.text) : nil
        let width = records.fields.count
        let columns = try labelColumns(names, width, path)
        guard width > columns.count else {
            throw DatasetError(
                path,
                "line \(records.recordLine): \(width) column\(width == 1 ? "" : "s"), and at least one beside what is "
                    + "predicted is due; is the separator right?")
        }
        if let training, training.storedShape.count != width - columns.count {
            throw DatasetError(
                path, "\(width - columns.count) columns of inputs, and training has \(training.storedShape.count)")
        }
        var table = Table(path: path, names: names, width: width, labels: columns, task: task)
        var isRecord = !hasHeader
        if hasHeader { isRecord = try records.next() }
        while isRecord {
            try table.append(records)
            if table.inputs.count > limit.bytes / 4 {
                try limit.check(table.inputs.count, of: path, reason: "a table cannot be read batch by batch")
            }
            isRecord = try records.next()
        }
        guard !table.inputs.isEmpty else { throw DatasetError(path, "has a header and no line after it") }
        return Dataset(
            name: path, inputs: FloatBuffer(table.inputs), inputShape: [width - columns.count],
            targets: try table.targets(like: training), classNames: table.classNames ?? training?.classNames,
            sources: try Dataset.Source.of([path]))
    }

    private func bytes(_ path: String) throws(DatasetError) -> [UInt8] {
        // A number with its separator takes two characters or more, seldom above sixteen.
        let most = max(1 << 16, min(limit.bytes, FileBytes.defaultLimit / 8) * 8)
        do throws(FileError) {
            return try FileBytes.read(path, limit: most)
        } catch {
            guard case .tooLarge = error.problem else { throw DatasetError(error) }
            throw DatasetError(
                path,
                "is longer than \(MemoryLimit.size(most)), eight times data.memoryLimit (\(limit.bytes) bytes), and a "
                    + "table cannot be read batch by batch; raise data.memoryLimit, or use npy files")
        }
    }

    /// The places of the columns to predict, from 0 on.
    private func labelColumns(_ names: [String]?, _ width: Int, _ path: String) throws(DatasetError) -> [Int] {
        var places: [Int] = []
        for label in labels {
            let place: Int
            switch label {
            case .number(let number):
                place = number < 0 ? width + number : number - 1
                guard number != 0, (0..<width).contains(place) else {
                    throw DatasetError(
                        path, "there is no column \(number); columns count from 1 to \(width), or from -1 back")
                }
            case .name(let name):
                guard let names else {
                    throw DatasetError(
                        path, "without a header no column is called \"\(name)\"; write its number, from 1 on")
                }
                let matches = names.indices.filter { names[$0] == name }
                guard matches.count == 1 else {
                    let known = names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
                    throw DatasetError(
                        path,
                        matches.isEmpty
                            ? "line 1: no column is called \"\(name)\"; there are \(known)\(names.count > 12 ? ", ..." : "")"
                            : "line 1: \(matches.count) columns are called \"\(name)\"; write the number of one, from 1 on"
                    )
                }
                place = matches[0]
            }
            guard !places.contains(place) else { throw DatasetError(path, "column \(label) is named twice") }
            places.append(place)
        }
        return places
    }
}
