import Fields
import Files
import Runs
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
    private let comment: UInt8?
    private let ignored: [Column]?
    private let limit: MemoryLimit

    /// A reader of one kind of table.
    /// - Parameters:
    ///   - labels: the columns to predict, the last one unless said; at least one.
    ///   - separator: one ASCII character.
    ///   - comment: what a line that is skipped begins with, one ASCII character; nil for none.
    ///   - ignored: columns that are left out; nil for those that have no name and only number the lines.
    package init(
        labels: [Column] = [.number(-1)], task: Task = .classification, hasHeader: Bool = true,
        separator: Character = ",", comment: Character? = nil, ignored: [Column]? = nil, limit: MemoryLimit = .standard
    ) {
        precondition(!labels.isEmpty, "a table needs a column to predict")
        self.labels = labels
        self.task = task
        self.hasHeader = hasHeader
        self.separator = separator.asciiValue ?? UInt8(ascii: ",")
        self.comment = comment?.asciiValue
        self.ignored = ignored
        self.limit = limit
    }

    /// Reads a table, plain or gzip.
    ///
    /// A separator or a way of writing numbers that was not asked for is found out and said where nothing can be read without it.
    /// - Parameter training: The training set, whose columns and classes a validation file must have.
    package func read(_ path: String, like training: Dataset? = nil) throws(DatasetError) -> Dataset {
        let text = try TableText(bytes(path), path: path)
        let dialect = TableDialect(separator: separator, comment: comment)
        do throws(DatasetError) {
            return try dataset(text, dialect, path, like: training)
        } catch {
            for other in dialect.others where fits(other, text.bytes, path, like: training) {
                guard let dataset = try? dataset(text, other, path, like: training) else { continue }
                return dataset.warned([other.warning(insteadOf: dialect, path)])
            }
            throw error
        }
    }

    private func dataset(
        _ text: TableText, _ dialect: TableDialect, _ path: String, like training: Dataset?
    ) throws(DatasetError) -> Dataset {
        var records = CSVRecords(text.bytes, dialect, path: path)
        var table = try table(&records, path, like: training)
        let targets = try table.targets(like: training)
        var warnings = text.warnings + table.layout.warnings + table.labelWarnings
        warnings += table.headerWarning(records).map { [$0] } ?? []
        if training == nil { warnings += table.leaveOutIndex(unless: ignored != nil, in: records) }
        var dataset = Dataset(
            name: path, inputs: FloatBuffer(table.inputs), inputShape: [table.layout.inputs.count],
            targets: targets, classNames: table.classNames ?? training?.classNames,
            sources: try Dataset.Source.of([path]))
        dataset.columns = TableColumns(path: path, layout: table.layout)
        return dataset.warned(warnings)
    }

    /// Takes in the header and the lines after it, `most` of them at most.
    private func table(
        _ records: inout CSVRecords, _ path: String, like training: Dataset?, most: Int = .max
    ) throws(DatasetError) -> Table {
        guard try records.next() else {
            throw DatasetError(path, "is empty; \(hasHeader ? "a header and " : "")at least one line is due")
        }
        var table = Table(path: path, layout: try layout(records, path, like: training), task: task)
        var isRecord = !hasHeader
        if hasHeader { isRecord = try records.next() }
        var left = most
        while isRecord, left > 0 {
            try table.append(records)
            if table.inputs.count > limit.bytes / 4 {
                try limit.check(table.inputs.count, of: path, reason: "a table cannot be read batch by batch")
            }
            left -= 1
            isRecord = try records.next()
        }
        guard !table.inputs.isEmpty else { throw DatasetError(path, "has a header and no line after it") }
        return table
    }

    /// Whether the first thousand lines are a table in a dialect, what is predicted included.
    private func fits(_ dialect: TableDialect, _ text: [UInt8], _ path: String, like training: Dataset?) -> Bool {
        var records = CSVRecords(text, dialect, path: path)
        return (try? table(&records, path, like: training, most: 1000)) != nil
    }

    /// Which columns are used for what, by the first record and the one after it.
    private func layout(
        _ records: CSVRecords, _ path: String, like training: Dataset?
    ) throws(DatasetError) -> TableLayout {
        // Spreadsheets write separators after the last column too.
        let (width, there) = Self.width(records)
        let names = hasHeader ? records.fields.prefix(width).map(records.text) : nil
        var layout = TableLayout(names: names, width: width)
        if width < there {
            layout.warnings.append(
                StartWarning("csv.empty", .notice, "\(path): what is empty after column \(width) is left out"))
        }
        if let columns = training?.columns {
            try layout.take(columns, path)
            return layout
        }
        layout.labels = try places(of: labels, names, width, path)
        let left = try places(of: ignored ?? [], names, width, path)
        if let both = left.first(where: layout.labels.contains) {
            throw DatasetError(
                path, "column \(both + 1) is to be predicted, and ignore leaves it out; drop one of the two")
        }
        layout.inputs = (0..<width).filter { !layout.labels.contains($0) && !left.contains($0) }
        guard !layout.inputs.isEmpty else {
            if records.looksLikeComment, comment == nil {
                let mark = records.text(records.fields[0]).prefix(1)
                throw DatasetError(
                    path,
                    "line \(records.recordLine) begins with \(mark); comment: \"\(mark)\" leaves such lines out")
            }
            throw DatasetError(
                path,
                "line \(records.recordLine): \(width) column\(width == 1 ? "" : "s"), and at least one beside what is "
                    + "predicted is due; is the separator right?")
        }
        if let training, training.storedShape.count != layout.inputs.count {
            throw DatasetError(
                path, "\(layout.inputs.count) columns of inputs, and training has \(training.storedShape.count)")
        }
        return layout
    }

    /// How many columns are used, and how many there are: those at the end that are empty in the first two records are none.
    private static func width(_ records: CSVRecords) -> (used: Int, there: Int) {
        func empties(_ records: CSVRecords) -> Int {
            records.fields.reversed().prefix { $0.range.isEmpty && !$0.isQuoted }.count
        }
        var next = records
        let there = records.fields.count
        guard (try? next.next()) == true else { return (max(1, there - empties(records)), there) }
        let used = max(there - empties(records), min(there, next.fields.count - empties(next)))
        return (max(1, used), max(there, next.fields.count))
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

    /// The places of columns, from 0 on.
    private func places(
        of columns: [Column], _ names: [String]?, _ width: Int, _ path: String
    ) throws(DatasetError) -> [Int] {
        var places: [Int] = []
        for label in columns {
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
    /// What a line that is skipped begins with, one ASCII character; nil for none.
    package var comment: Character?
    /// Columns that are left out; nil for those that have no name and only number the lines.
    package var ignored: [CSVReader.Column]?

    package init(
        file: String, validationFile: String? = nil, labels: [CSVReader.Column] = [.number(-1)],
        task: CSVReader.Task = .classification, hasHeader: Bool = true, separator: Character = ",",
        comment: Character? = nil, ignored: [CSVReader.Column]? = nil
    ) {
        self.file = file
        self.validationFile = validationFile
        self.labels = labels
        self.task = task
        self.hasHeader = hasHeader
        self.separator = separator
        self.comment = comment
        self.ignored = ignored
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
        Field("comment", \.comment, .optional(mark), "what lines begin with that are skipped").otherwise("none"),
        Field("ignore", \.ignored, .optional(anyColumns), "columns that are left out, by name or number; [] for none")
            .otherwise("those without a name that number the lines"),
    ]
    private static let columns = anyColumns.checked { $0.isEmpty ? "at least one column is due" : nil }
    private static let anyColumns: FieldType<[CSVReader.Column]> = {
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
        let several = FieldType<[CSVReader.Column]>.list(one)
        return FieldType<[CSVReader.Column]>(
            .either([.text, several.form, number.form]),
            decode: { if case .list = $0 { several.decode($0) } else { [one.decode($0)] } },
            encode: { $0.count == 1 ? one.encode($0[0]) : several.encode($0) })
    }()

    private static let character = sign(orBlank: true, "one character such as \",\", \";\" or \"\\t\" is due")
    private static let mark = sign(orBlank: false, "one character such as \"#\" or \"%\" is due")

    /// One ASCII character that neither words nor numbers nor quotes hold.
    private static func sign(orBlank: Bool, _ problem: String) -> FieldType<Character> {
        let text = FieldType<String>.text.checked("one character") { text in
            guard let sign = text.first, text.count == 1, sign.isASCII, !sign.isLetter, !sign.isNumber,
                !"\".-+".contains(sign), !sign.isNewline, orBlank || !sign.isWhitespace
            else { return problem }
            return nil
        }
        return FieldType<Character>(text.form, decode: { Character(text.decode($0)) }, encode: { .text(String($0)) })
    }

    package func problem(of key: String, beside keys: [String]) -> String? {
        switch key {
        case "label" where labels.count > 1 && task != .regression:
            "one column holds the class; several need task: \"regression\""
        case "comment" where comment == separator:
            "it is the separator too; what lines begin with that are skipped is another character"
        default: nil
        }
    }

    package var hasValidationFiles: Bool { validationFile != nil }
    package static var filesToValidateOn: [String] { ["FILE"] }

    package func validating(on files: [String]) -> CSVFiles? {
        guard files.count == 1 else { return nil }
        var copy = self
        copy.validationFile = files[0]
        return copy
    }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try reader(limit).read(file)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let file = validationFile else { return nil }
        return try reader(limit).read(file, like: training)
    }

    private func reader(_ limit: MemoryLimit) -> CSVReader {
        CSVReader(
            labels: labels, task: task, hasHeader: hasHeader, separator: separator, comment: comment, ignored: ignored,
            limit: limit)
    }
}
