import Runs

/// Which columns of a table are used, and for what.
struct TableLayout {
    /// The header's words; nil without one.
    let names: [String]?
    /// Columns that a line must have; what stands after them is empty.
    let width: Int
    /// Places of the columns that go in, in the order of an example.
    var inputs: [Int] = []
    /// Places of the columns to predict.
    var labels: [Int] = []
    /// What was decided that nobody asked for.
    var warnings: [StartWarning] = []

    init(names: [String]?, width: Int) {
        self.names = names
        self.width = width
    }

    /// Uses the columns that the training set has: those of the same names where both have headers, else those at the same places.
    mutating func take(_ training: TableColumns, _ path: String) throws(DatasetError) {
        guard let names, let trained = training.header else {
            guard width == training.width else {
                throw DatasetError(path, "\(width) columns, and \(training.path) has \(training.width)")
            }
            (inputs, labels) = (training.inputs, training.labels)
            return
        }
        guard names != trained else {
            (inputs, labels) = (training.inputs, training.labels)
            return
        }
        let due = (training.inputs + training.labels).map { trained[$0] }
        let places = due.map { name in names.indices.filter { names[$0] == name } }
        guard Set(due).count == due.count, places.allSatisfy({ $0.count == 1 }) else {
            let missing = zip(due, places).first { $0.1.isEmpty }?.0
            throw DatasetError(
                path,
                "line 1: its columns are \(TableColumns.words(names)), and those of \(training.path) are "
                    + "\(TableColumns.words(trained)); columns go by their names"
                    + (missing.map { ", and none is called \"\($0.prefix(40))\"" } ?? ""))
        }
        inputs = places.prefix(training.inputs.count).map { $0[0] }
        labels = places.dropFirst(training.inputs.count).map { $0[0] }
        let spare = names.indices.filter {
            !inputs.contains($0) && !labels.contains($0) && !trained.contains(names[$0])
        }
        if !spare.isEmpty {
            warnings.append(
                StartWarning(
                    "csv.columns", .notice,
                    "\(path): \(TableColumns.words(spare.map { names[$0] })) left out, since \(training.path) has no such "
                        + "column"))
        }
        if inputs != training.inputs || labels != training.labels {
            warnings.append(
                StartWarning(
                    "csv.order", .notice,
                    "\(path): its columns stand in another order than those of \(training.path), and are matched by name"
                ))
        }
    }
}

/// What the columns of a table are, as far as they are used, for another table that must have the same.
package struct TableColumns: Hashable, Sendable {
    /// The file that they are of.
    package let path: String
    /// The words of the whole header; nil without one.
    package let header: [String]?
    /// How many columns there are.
    package let width: Int
    /// Places of the columns that go in, in the order of an example.
    package let inputs: [Int]
    /// Places of the columns to predict.
    package let labels: [Int]

    init(path: String, layout: TableLayout) {
        self.path = path
        header = layout.names
        width = layout.width
        inputs = layout.inputs
        labels = layout.labels
    }

    /// What an input is called, for messages: `column 3 ("x")`.
    func name(ofInput index: Int) -> String { Self.name(inputs[index], header) }

    static func name(_ place: Int, _ header: [String]?) -> String {
        let word = header.map { $0[place] } ?? ""
        return "column \(place + 1)" + (word.isEmpty ? "" : " (\"\(word.prefix(40))\")")
    }

    /// The words of a header in short, for messages: `"x", "y", "label"`.
    static func words(_ header: [String]) -> String {
        let shown = header.prefix(12).map { "\"\($0.prefix(40))\"" }.joined(separator: ", ")
        return header.count > 12 ? "\(shown), ... (\(header.count))" : shown
    }
}
