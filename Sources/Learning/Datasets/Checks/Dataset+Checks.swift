import Runs
import Tensors

/// What data says about itself that may not be meant: pure looks at a set, which change nothing.
extension Dataset {
    /// Classes that no example has, of the training or the validation set.
    /// - Parameter part: `training` or `validation`.
    package func absentClasses(in part: String) -> StartWarning? {
        guard case .classes(let classes, let count) = targets, !classes.isEmpty else { return nil }
        var isThere = [Bool](repeating: false, count: count)
        for label in classes { isThere[Int(label)] = true }
        let absent = isThere.indices.filter { !isThere[$0] }
        guard !absent.isEmpty else { return nil }
        if part == "training", absent == [0], classNames == nil {
            return StartWarning(
                "labels.fromOne",
                "\(name): the labels are 1...\(count - 1), class 0 never occurs; count them from 0, or one of the \(count) "
                    + "outputs is for nothing")
        }
        let shown = absent.prefix(8).map { place in classNames.map { "\"\($0[place].prefix(20))\"" } ?? "\(place)" }
        let words = shown.joined(separator: ", ") + (absent.count > 8 ? ", ..." : "")
        return StartWarning(
            "classes.absent",
            absent.count == 1
                ? "\(name): class \(words) of \(count) never occurs in \(part)"
                : "\(name): \(absent.count) of \(count) classes never occur in \(part): \(words)")
    }

    /// Features that say what is to be predicted, its copy or nearly so: one warning, or none.
    ///
    /// Looks at 2,000 examples at most, spread over the set, of at most 1,024 numbers in memory, and at no more than 4,096 pairs of
    /// a feature and a number to predict.
    package func copiedTargets() -> [StartWarning] {
        guard storedShape.rank == 1, storedShape.count <= 1024, storedShape.count > 1, count >= 20 else { return [] }
        let features = storedShape.count
        let rows = Array(stride(from: 0, to: count, by: (count + 1999) / 2000))
        let inputs = FloatBuffer(count: rows.count * features)
        var reader = HashedExamples(self)
        for (place, row) in rows.enumerated() {
            // What cannot be read is told when it is trained on.
            guard let numbers = reader.numbers(of: row) else { return [] }
            (inputs.pointer + place * features).update(from: numbers, count: features)
        }
        let isCopy: ([Float]) -> Bool
        switch targets {
        case .classes(let classes, let count):
            let labels = rows.map { classes[$0] }
            let commonest = Dictionary(grouping: labels) { $0 }.values.map(\.count).max() ?? 0
            isCopy = { Self.determines($0, labels, count, commonest: commonest) }
        case .values(let numbers, let shape):
            guard features * shape.count <= 4096 else { return [] }
            let due = (0..<shape.count).map { target in rows.map { numbers.pointer[$0 * shape.count + target] } }
            isCopy = { values in due.contains { Self.isNearly(values, $0) } }
        }
        let copies = (0..<features).filter { feature in
            isCopy(rows.indices.map { inputs.pointer[$0 * features + feature] })
        }
        return copies.isEmpty ? [] : [copiesWarning(copies)]
    }

    private func copiesWarning(_ copies: [Int]) -> StartWarning {
        func word(_ feature: Int) -> String { columns.map { $0.name(ofInput: feature) } ?? "\(feature)" }
        guard copies.count > 1 else {
            let what = columns == nil ? "number \(copies[0]) of each example" : word(copies[0])
            return StartWarning(
                "targets.copied",
                "\(name): \(what) says what is to be predicted, nearly without exception; is it known before the answer is?"
                    + (columns == nil ? "" : " (ignore leaves it out)"))
        }
        let shown = copies.prefix(8).map(word).joined(separator: ", ") + (copies.count > 8 ? ", ..." : "")
        return StartWarning(
            "targets.copied",
            "\(name): \(copies.count) \(columns == nil ? "numbers of each example" : "columns") say what is to be predicted, "
                + "nearly without exception (\(shown)); are they known before the answer is?"
                + (columns == nil ? "" : " (ignore leaves them out)"))
    }

    /// Whether a few values of a feature tell the classes apart: no more values than classes, and 95 % of what guessing the
    /// commonest class gets wrong is right by them.
    private static func determines(
        _ values: [Float], _ classes: [Int32], _ count: Int, commonest: Int
    ) -> Bool {
        var tallies: [Float: [Int32: Int]] = [:]
        for (value, label) in zip(values, classes) {
            tallies[value, default: [:]][label, default: 0] += 1
            if tallies.count > count { return false }
        }
        let right = tallies.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
        let wrong = classes.count - commonest
        guard wrong > 0, tallies.count > 1 else { return false }
        return Double(right - commonest) >= 0.95 * Double(wrong)
    }

    /// Whether numbers are the same as others, or lie on a line with them to five digits.
    private static func isNearly(_ values: [Float], _ due: [Float]) -> Bool {
        let same = zip(values, due).count { abs($0 - $1) <= 1e-6 * max(abs($0), abs($1)) }
        let isVaried = due.contains { $0 != due[0] }
        if isVaried, Double(same) >= 0.99 * Double(due.count) { return true }
        let n = Double(due.count)
        let (x, y) = (values.reduce(0) { $0 + Double($1) } / n, due.reduce(0) { $0 + Double($1) } / n)
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (value, target) in zip(values, due) {
            let (dx, dy) = (Double(value) - x, Double(target) - y)
            xx += dx * dx
            yy += dy * dy
            xy += dx * dy
        }
        guard xx > 0, yy > 0 else { return false }
        return xy * xy >= (1 - 1e-9) * xx * yy
    }

    /// What the doubt about the order of axes is called.
    package static let channelsLastID = "inputs.channelsLast"

    /// Pictures whose last axis is as long as channels are.
    func channelsLast(_ advice: String) -> StartWarning? {
        guard storedShape.rank == 3, storedShape[2] <= 4, storedShape[0] > 4, storedShape[1] > 4 else { return nil }
        let (first, second, last) = (storedShape[0], storedShape[1], storedShape[2])
        return StartWarning(
            Self.channelsLastID,
            "\(name): the examples are \(first)x\(second)x\(last), read as \(first) channels of \(second)x\(last); "
                + "channels last? \(advice)")
    }
}
