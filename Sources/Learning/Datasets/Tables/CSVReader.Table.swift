import Runs
import Tensors

extension CSVReader {
    /// What has been read of a table so far.
    struct Table {
        let path: String
        private(set) var layout: TableLayout
        let task: Task
        private(set) var inputs: [Float] = []
        /// Numbers to predict.
        private var values: [Float] = []
        /// Each label as its place in `words`, and the line it stands in.
        private var words: [String] = []
        private var wordPlaces: [String: Int] = [:]
        private var wordOfExample: [(word: Int, line: Int)] = []
        /// Names of the classes in order, once `targets` has been called; nil where classes are numbers.
        private(set) var classNames: [String]?
        /// What was made of the labels, once `targets` has been called.
        private(set) var labelWarnings: [StartWarning] = []

        init(path: String, layout: TableLayout, task: Task) {
            self.path = path
            self.layout = layout
            self.task = task
        }

        /// Takes a record in.
        mutating func append(_ records: CSVRecords) throws(DatasetError) {
            let count = records.fields.count
            if count != layout.width {
                guard count > layout.width, records.fields[layout.width...].allSatisfy({ $0.range.isEmpty }) else {
                    throw ragged(records)
                }
            }
            for column in layout.inputs { inputs.append(try number(records.fields[column], column, records)) }
            for column in layout.labels {
                let field = records.fields[column]
                if task == .regression {
                    values.append(try number(field, column, records))
                } else {
                    try appendLabel(field, column, records)
                }
            }
        }

        /// Whether an example has this label.
        func hasLabel(_ word: String) -> Bool { wordPlaces[word] != nil }

        /// Puts other numbers in place of all, of these columns alone.
        mutating func replaceInputs(_ numbers: [Float], of columns: [Int]) {
            inputs = numbers
            layout.inputs = columns
        }

        private func ragged(_ records: CSVRecords) -> DatasetError {
            let count = records.fields.count
            var message =
                "line \(records.recordLine): \(count) column\(count == 1 ? "" : "s"), and \(layout.width) are due as in "
                + "line 1"
            if records.looksLikeComment, records.dialect.comment == nil {
                let mark = records.text(records.fields[0]).prefix(1)
                message += "; it begins with \(mark): comment: \"\(mark)\" leaves such lines out"
            } else if count > layout.width {
                message += "; a separator within a value needs quotes around it"
            }
            return DatasetError(path, message)
        }

        private mutating func appendLabel(
            _ field: CSVRecords.Field, _ column: Int, _ records: CSVRecords
        ) throws(DatasetError) {
            let word = records.text(field)
            guard !word.isEmpty else { throw missing(field, column) }
            let place: Int
            if let known = wordPlaces[word] {
                place = known
            } else {
                place = words.count
                guard place < Dataset.mostClasses else {
                    throw error(
                        field, column,
                        "the \(place + 1)th different label; a class each is too many, and numbers to predict need "
                            + "task: \"regression\"")
                }
                words.append(word)
                wordPlaces[word] = place
            }
            wordOfExample.append((place, field.line))
        }

        private func number(
            _ field: CSVRecords.Field, _ column: Int, _ records: CSVRecords
        ) throws(DatasetError) -> Float {
            guard !field.range.isEmpty else { throw missing(field, column) }
            guard let number = records.number(field) else {
                if let header = forgottenHeader(records) { throw header }
                let text = records.text(field)
                let shown = text.count > 30 ? "\(text.prefix(30))..." : text
                throw error(
                    field, column,
                    "\"\(shown)\" is no finite number; only the label may be a word, and missing values must be filled in "
                        + "or left out with their line")
            }
            return number
        }

        /// A first line of words where no header is to be.
        private func forgottenHeader(_ records: CSVRecords) -> DatasetError? {
            guard layout.names == nil, wordOfExample.isEmpty, values.isEmpty,
                layout.inputs.allSatisfy({ records.number(records.fields[$0]) == nil })
            else { return nil }
            let names = records.fields.prefix(layout.width).map(records.text)
            return DatasetError(
                path,
                "line \(records.recordLine) looks like a header (\(TableColumns.words(names))), and header: false takes it for "
                    + "an example")
        }

        private func missing(_ field: CSVRecords.Field, _ column: Int) -> DatasetError {
            error(field, column, "the value is missing; fill it in, or leave out the line")
        }

        private func error(_ field: CSVRecords.Field, _ column: Int, _ message: String) -> DatasetError {
            let name = layout.names.map { " (\($0[column].prefix(40)))" } ?? ""
            return DatasetError(path, "line \(field.line), column \(column + 1)\(name): \(message)")
        }

        /// What is predicted; of a validation file in the classes of the training set.
        mutating func targets(like training: Dataset?) throws(DatasetError) -> Dataset.StoredTargets {
            guard task == .classification else { return .values(FloatBuffer(values), [layout.labels.count]) }
            let numbers = words.map(Self.classNumber)
            if let training, let count = training.classCount {
                return .classes(try classes(of: training, count, numbers), classCount: count)
            }
            if numbers.allSatisfy({ $0 != nil }) {
                let known = numbers.compactMap { $0 }
                if let float = words.first(where: { $0.contains(".") }) {
                    labelWarnings.append(
                        StartWarning(
                            "labels.floats", .notice,
                            "\(path): labels are whole numbers written as floats (\(float)), and taken as classes"))
                }
                if let sparse = SparseLabels(Set(known)) {
                    labelWarnings.append(sparse.warning(path))
                    classNames = sparse.names
                    let places = known.map { Int32(sparse.places[$0] ?? 0) }
                    return .classes(wordOfExample.map { places[$0.word] }, classCount: sparse.names.count)
                }
                let classes = wordOfExample.map { Int32(known[$0.word]) }
                return .classes(classes, classCount: Int(classes.max() ?? 0) + 1)
            }
            let sorted = words.indices.sorted {
                words[$0].unicodeScalars.lexicographicallyPrecedes(words[$1].unicodeScalars)
            }
            var places = [Int32](repeating: 0, count: words.count)
            for (place, word) in sorted.enumerated() { places[word] = Int32(place) }
            classNames = sorted.map { words[$0] }
            if words.allSatisfy({ Double($0) != nil }) {
                labelWarnings.append(SparseLabels.warning(path, names: sorted.map { words[$0] }, "that are not whole"))
            }
            return .classes(wordOfExample.map { places[$0.word] }, classCount: words.count)
        }

        private func classes(
            of training: Dataset, _ count: Int, _ numbers: [Int?]
        ) throws(DatasetError) -> [Int32] {
            let known = training.classNames.map { names in
                Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
            }
            return try wordOfExample.map { word, line throws(DatasetError) in
                let place =
                    known.map { names in names[words[word]] ?? numbers[word].flatMap { names["\($0)"] } }
                    ?? numbers[word].flatMap { $0 < count ? $0 : nil }
                guard let place else {
                    throw DatasetError(
                        path,
                        "line \(line), column \(layout.labels[0] + 1): no example of training has the label "
                            + "\"\(words[word].prefix(40))\"")
                }
                return Int32(place)
            }
        }

        /// The class a label of digits stands for, also with a point and zeros after it; nil for other words and for numbers too
        /// large for a class.
        private static func classNumber(_ word: String) -> Int? {
            var digits = word.utf8[...]
            if let point = digits.firstIndex(of: UInt8(ascii: ".")) {
                guard digits[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
                digits = digits[..<point]
            }
            guard !digits.isEmpty, digits.count <= 5, digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(Substring(digits)), number < Dataset.mostClasses,
                number == 0 || digits.first != UInt8(ascii: "0"), number > 0 || digits.count == 1
            else { return nil }
            return number
        }
    }
}

extension CSVReader.Table {
    private var columnCount: Int { layout.inputs.count }
    private var rowCount: Int { inputs.count / max(1, columnCount) }

    /// Says that the line of names is one of numbers, like those below it.
    func headerWarning(_ records: CSVRecords) -> StartWarning? {
        guard let names = layout.names else { return nil }
        let cells = layout.inputs.map { names[$0] }
        let numbers = cells.compactMap { records.dialect.numbers.plain($0).flatMap(Double.init) }
        guard numbers.count == cells.count, !isScale(numbers) else { return nil }
        let all = names.compactMap(Double.init)
        // pandas numbers columns without names.
        guard all.count < names.count || !counts(all) else { return nil }
        let isExample = layout.labels.allSatisfy { place in Double(names[place]) != nil || hasLabel(names[place]) }
        guard isExample else { return nil }
        return StartWarning(
            "csv.header",
            "\(path): line 1 looks like data (\(names.prefix(6).joined(separator: ", "))\(names.count > 6 ? ", ..." : "")), and "
                + "is taken for the names of the columns; header: false makes it an example")
    }

    /// Whether names are numbers at equal distances, as wavelengths and years are.
    private func isScale(_ numbers: [Double]) -> Bool {
        guard numbers.count >= 4 else { return false }
        let step = numbers[1] - numbers[0]
        return step != 0 && zip(numbers, numbers.dropFirst()).allSatisfy { abs($1 - $0 - step) <= 1e-9 * abs(step) }
    }

    private func counts(_ numbers: [Double]) -> Bool {
        guard let first = numbers.first, first == 0 || first == 1 else { return false }
        return zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    /// Leaves out columns that have no name and only number the lines, and says which others do.
    /// - Parameter isChosen: whether the config says itself which columns are left out.
    mutating func leaveOutIndex(unless isChosen: Bool, in records: CSVRecords) -> [StartWarning] {
        guard rowCount >= 3 else { return [] }
        var warnings: [StartWarning] = []
        var left: [Int] = []
        for (index, place) in layout.inputs.enumerated() {
            let rises = risesByOne(index)
            let name = layout.names?[place]
            let isUnnamed =
                name.map { $0.isEmpty || $0.hasPrefix("Unnamed: ") } ?? (place == 0 && task == .classification)
            let column = TableColumns.name(place, layout.names)
            let first = inputs[index]
            let isIndex =
                name == nil
                ? rises && (first == 0 || first == 1) && rowCount >= 10 : isUnnamed && (rises || numbersLines(index))
            if isUnnamed, isIndex {
                guard !isChosen, left.count + 1 < columnCount else { continue }
                left.append(index)
                let what = rises ? "counts \(words(index)) ..." : "holds a number for each line"
                warnings.append(
                    StartWarning(
                        "csv.index",
                        "\(path): \(column) has no name and \(what), so it is left out; ignore: [] takes it as an input"
                    ))
            } else if rowCount >= 10, rises || name.map(Self.isNameOfIndex) == true && numbersLines(index) {
                let written = name.map { "\"\($0.prefix(40))\"" } ?? "\(place + 1)"
                let what = rises ? "counts the lines (\(words(index)) ...)" : "has another whole number in each line"
                warnings.append(
                    StartWarning(
                        "csv.index", "\(path): \(column) \(what) and is an input; ignore: [\(written)] leaves it out"))
            }
        }
        if !left.isEmpty { leaveOut(Set(left)) }
        return warnings
    }

    private mutating func leaveOut(_ columns: Set<Int>) {
        let kept = layout.inputs.indices.filter { !columns.contains($0) }
        var rest: [Float] = []
        rest.reserveCapacity(rowCount * kept.count)
        for row in 0..<rowCount {
            for column in kept { rest.append(inputs[row * columnCount + column]) }
        }
        replaceInputs(rest, of: kept.map { layout.inputs[$0] })
    }

    private func words(_ column: Int) -> String {
        (0..<3).map { "\(Int(inputs[$0 * columnCount + column]))" }.joined(separator: ", ")
    }

    /// Whether each line holds one more than the line before, from a whole number on.
    private func risesByOne(_ column: Int) -> Bool {
        var before = inputs[column]
        guard before == before.rounded(), abs(before) < 1e6 else { return false }
        for row in 1..<rowCount {
            let value = inputs[row * columnCount + column]
            // Beyond 2^24 single precision cannot count any more.
            guard value == before + 1 || abs(value) >= 0x1p24 else { return false }
            before = value
        }
        return true
    }

    /// Whether each line holds a whole number of its own.
    private func numbersLines(_ column: Int) -> Bool {
        var seen: Set<Float> = []
        for row in 0..<rowCount {
            let value = inputs[row * columnCount + column]
            guard value == value.rounded(), value >= 0, seen.insert(value).inserted || value >= 0x1p24 else {
                return false
            }
        }
        return true
    }

    private static func isNameOfIndex(_ name: String) -> Bool {
        let word = name.lowercased()
        return ["id", "index", "idx", "row", "rowid", "row_id", "number", "no", "nr", "#", "key", "uuid"].contains(word)
            || word.hasSuffix("_id") || word.hasSuffix(" id") || name.hasSuffix("Id") || name.hasSuffix("ID")
            || word.hasSuffix("_index") || word.hasPrefix("level_")
    }
}
