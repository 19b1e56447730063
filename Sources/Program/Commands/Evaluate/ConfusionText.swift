import Cells
import Charts
import Foundation
import NeuralNetworks

/// A confusion matrix with the share of each label shaded; rows are labels, columns what they were taken for.
package struct ConfusionText {
    private let report: ClassReport
    private let name: (Int) -> String
    private let brush: Brush

    /// Letters of a class's name at the edge.
    private static let longestName = 16

    /// A matrix with the names of its classes.
    package init(_ report: ClassReport, name: @escaping (Int) -> String, _ brush: Brush) {
        (self.report, self.name, self.brush) = (report, name, brush)
    }

    /// The rows with their heads; nil where it does not fit into the width.
    package var lines: [String]? {
        let names = (0..<report.classCount).map { Self.cut(name($0), to: Self.longestName) }
        let most = report.confusion.flatMap { $0 }.max() ?? 0
        let digits = String(most).count
        let edge = names.map(\.count).max() ?? 0
        // Heads of whole names where there is room, else as many letters as a column has.
        let longest = names.map(\.count).max() ?? 0
        let mark = brush.colors == nil ? 1 : 0
        let room = (brush.width - edge - 2) / max(1, report.classCount)
        let width = min(room, max(digits + mark, longest) + 1)
        guard width >= digits + mark + 1 else { return nil }
        var lines = ["confusions: a row for each label, a column for each prediction"]
        let heads = names.map { Self.cut($0, to: width - 1).rightAligned(in: width - mark) + (mark > 0 ? " " : "") }
        lines.append(
            TextColumns.trimmed(String(repeating: " ", count: edge + 1) + heads.joined()))
        for (label, row) in report.confusion.enumerated() {
            let sum = row.reduce(0, +)
            let cells = row.enumerated().map { predicted, count in
                cell(
                    count, share: sum == 0 ? 0 : Double(count) / Double(sum), isRight: label == predicted,
                    width: width - mark)
            }
            lines.append(TextColumns.trimmed(names[label].leftAligned(in: edge) + " " + cells.joined()))
        }
        return lines
    }

    private func cell(_ count: Int, share: Double, isRight: Bool, width: Int) -> String {
        let text = (count == 0 ? (brush.isASCII ? "." : "·") : "\(count)").rightAligned(in: width)
        guard brush.colors != nil else { return text + brush.density(share) }
        guard count > 0 else { return text }
        // Small shares are to be seen too.
        let strength = 0.25 + 0.75 * share.squareRoot()
        let hue: (Double, Double, Double) = isRight ? (30, 120, 70) : (180, 60, 50)
        func byte(_ value: Double) -> UInt8 { UInt8(min(255, max(0, value * strength))) }
        return brush.paint(text, .rgb(240, 240, 240), on: .rgb(byte(hue.0), byte(hue.1), byte(hue.2)))
    }

    private static func cut(_ text: String, to length: Int) -> String { String(text.prefix(max(0, length))) }
}
