import Tensors

extension CSVReader {
    /// What has been read of a table so far.
    struct Table {
        let path: String
        /// The header's words; nil without one.
        let names: [String]?
        let width: Int
        /// Places of the columns to predict.
        let labels: [Int]
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

        init(path: String, names: [String]?, width: Int, labels: [Int], task: Task) {
            self.path = path
            self.names = names
            self.width = width
            self.labels = labels
            self.task = task
        }

        /// Takes a record in.
        mutating func append(_ records: CSVRecords) throws(DatasetError) {
            guard records.fields.count == width else {
                throw DatasetError(
                    path,
                    "line \(records.recordLine): \(records.fields.count) column\(records.fields.count == 1 ? "" : "s"), "
                        + "and \(width) are due as in line 1")
            }
            for (column, field) in records.fields.enumerated() where !labels.contains(column) {
                inputs.append(try number(field, column, records))
            }
            for column in labels {
                let field = records.fields[column]
                if task == .regression {
                    values.append(try number(field, column, records))
                } else {
                    try appendLabel(field, column, records)
                }
            }
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
                let text = records.text(field)
                let shown = text.count > 30 ? "\(text.prefix(30))..." : text
                throw error(
                    field, column,
                    "\"\(shown)\" is no finite number; only the label may be a word, and missing values must be filled in "
                        + "or left out with their line")
            }
            return number
        }

        private func missing(_ field: CSVRecords.Field, _ column: Int) -> DatasetError {
            error(field, column, "the value is missing; fill it in, or leave out the line")
        }

        private func error(_ field: CSVRecords.Field, _ column: Int, _ message: String) -> DatasetError {
            let name = names.map { " (\($0[column].prefix(40)))" } ?? ""
            return DatasetError(path, "line \(field.line), column \(column + 1)\(name): \(message)")
        }

        /// What is predicted; of a validation file in the classes of the training set.
        mutating func targets(like training: Dataset?) throws(DatasetError) -> Dataset.StoredTargets {
            guard task == .classification else { return .values(FloatBuffer(values), [labels.count]) }
            let numbers = words.map(Self.classNumber)
            if let training, let count = training.classCount {
                let known = training.classNames.map { names in
                    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
                }
                let classes = try wordOfExample.map { word, line throws(DatasetError) in
                    let place = known.map { $0[words[word]] } ?? numbers[word].flatMap { $0 < count ? $0 : nil }
                    guard let place else {
                        throw DatasetError(
                            path,
                            "line \(line), column \(labels[0] + 1): no example of training has the label "
                                + "\"\(words[word].prefix(40))\"")
                    }
                    return Int32(place)
                }
                return .classes(classes, classCount: count)
            }
            if numbers.allSatisfy({ $0 != nil }) {
                let classes = wordOfExample.map { Int32(numbers[$0.word] ?? 0) }
                return .classes(classes, classCount: Int(classes.max() ?? 0) + 1)
            }
            let sorted = words.indices.sorted {
                words[$0].unicodeScalars.lexicographicallyPrecedes(words[$1].unicodeScalars)
            }
            var places = [Int32](repeating: 0, count: words.count)
            for (place, word) in sorted.enumerated() { places[word] = Int32(place) }
            classNames = sorted.map { words[$0] }
            return .classes(wordOfExample.map { places[$0.word] }, classCount: words.count)
        }

        /// The class a label of digits stands for; nil for other words and for numbers too large for a class.
        private static func classNumber(_ word: String) -> Int? {
            guard word.utf8.count <= 5, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(word),
                number < Dataset.mostClasses, number == 0 || word.first != "0", number > 0 || word == "0"
            else { return nil }
            return number
        }
    }
}
