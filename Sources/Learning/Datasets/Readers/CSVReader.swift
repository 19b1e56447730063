import Fields
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

    /// What the columns to predict hold.
    package enum Task: String, Hashable, Sendable, CaseIterable {
        case classification, regression
    }

    /// The columns to predict: one with classes, or some with numbers.
    private let labels: [Column]
    private let task: Task
    private let hasHeader: Bool
    private let separator: UInt8
    private let limit: MemoryLimit

    /// A reader of one kind of table.
    /// - Parameters:
    ///   - labels: the columns to predict, the last one unless said; at least one.
    ///   - separator: one ASCII character.
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

/// A table, and what its columns mean.
package struct CSVFiles: DataSource {
    /// The table to learn from.
    package var file: String
    /// The table to validate on, with the same columns; nil where there is none.
    package var validationFile: String?
    /// The columns to predict, one for classification.
    package var labels: [CSVReader.Column]
    /// Whether the columns to predict hold a class or numbers.
    package var task: CSVReader.Task
    /// Whether the first line names the columns.
    package var hasHeader: Bool
    /// What stands between two columns, one ASCII character.
    package var separator: Character

    package init(
        file: String, validationFile: String? = nil, labels: [CSVReader.Column] = [.number(-1)],
        task: CSVReader.Task = .classification, hasHeader: Bool = true, separator: Character = ","
    ) {
        self.file = file
        self.validationFile = validationFile
        self.labels = labels
        self.task = task
        self.hasHeader = hasHeader
        self.separator = separator
    }

    package init() { self.init(file: "") }

    package static let word = "csv"
    package static let meaning = "a table in a text file, a line for each example"
    package static let example = "{ csv: \"table.csv\" }"
    package static let needs: String? = "its files: { csv: { file: \"...\", label: \"...\" } }"
    package static let fields: [Field<CSVFiles>] = [
        Field("file", \.file, .path, "the table").required.main,
        Field("validationFile", \.validationFile, .optional(.path), "a table to validate on"),
        Field(
            "label", \.labels, columns,
            "the column to predict by name or number, from 1, or from -1 back; several for regression"),
        Field("task", \.task, .word, "whether classes or numbers are to be predicted"),
        Field("header", \.hasHeader, .flag, "whether the first line names the columns"),
        Field("separator", \.separator, character, "what stands between two columns"),
    ]
    private static let columns: FieldType<[CSVReader.Column]> = {
        let number = FieldType<Int>.integer(-1_000_000...1_000_000).checked("number of a column, not 0") {
            $0 == 0 ? "columns count from 1, or from -1 back; there is no column 0" : nil
        }
        let one = FieldType<CSVReader.Column>(
            .either([.text, number.form]),
            decode: { if case .text(let name) = $0 { .name(name) } else { .number(number.decode($0)) } },
            encode: {
                if case .number(let place) = $0 {
                    .integer(place)
                } else if case .name(let name) = $0 {
                    .text(name)
                } else {
                    nil
                }
            })
        let several = FieldType<[CSVReader.Column]>.list(one).checked {
            $0.isEmpty ? "at least one column is due" : nil
        }
        return FieldType<[CSVReader.Column]>(
            .either([.text, several.form, number.form]),
            decode: { if case .list = $0 { several.decode($0) } else { [one.decode($0)] } },
            encode: { $0.count == 1 ? one.encode($0[0]) : several.encode($0) })
    }()

    private static let character: FieldType<Character> = {
        let text = FieldType<String>.text.checked("one character") { text in
            guard let character = text.first, text.count == 1, character.isASCII, !"\"\n\r.-+".contains(character),
                !character.isLetter, !character.isNumber
            else { return "one character such as \",\", \";\" or \"\\t\" is due" }
            return nil
        }
        return FieldType<Character>(text.form, decode: { Character(text.decode($0)) }, encode: { .text(String($0)) })
    }()

    package func problem(of key: String, beside keys: [String]) -> String? {
        key == "label" && labels.count > 1 && task != .regression
            ? "one column holds the class; several need task: \"regression\"" : nil
    }

    package var hasValidationFiles: Bool { validationFile != nil }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try reader(limit).read(file)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let file = validationFile else { return nil }
        return try reader(limit).read(file, like: training)
    }

    private func reader(_ limit: MemoryLimit) -> CSVReader {
        CSVReader(labels: labels, task: task, hasHeader: hasHeader, separator: separator, limit: limit)
    }
}
