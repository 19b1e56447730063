import Dashboard
import Files
import Foundation
import Settings

/// The view that a person left last time (`$XDG_STATE_HOME/sitter/view.json`). Never an error: what cannot be read is
/// forgotten, and what cannot be written is lost.
package struct ViewMemory: Sendable {
    private let path: String?

    /// - Parameter path: nil where there is no place to remember in.
    package init(path: String?) { self.path = path }

    /// What was remembered; each part that is missing, or is not what it should be, is nil.
    package func load() -> RememberedView {
        var view = RememberedView()
        guard let path, let bytes = try? FileBytes.read(path, limit: 1 << 16),
            let object = try? Setting.parse(bytes, file: path).object()
        else { return view }
        let name = try? object["screen"]?.string()
        view.screen = Screen.allCases.first { "\($0)" == name }
        view.smoothing = try? object["smoothing"]?.double(in: 0...0.999)
        view.logarithmicLoss = try? object["logarithmicLoss"]?.bool()
        view.logarithmicSchedule = try? object["logarithmicSchedule"]?.bool()
        view.xAxis = try? object["xAxis"]?.oneOf(["steps": .steps, "epochs": .epochs, "time": .time])
        view.theme = try? object["theme"]?.string()
        if let splits = try? object["splits"]?.object() {
            func share(_ name: String) -> Double? { try? splits[name]?.double(in: 0...1) }
            view.splits = Splits(column: share("column"), upper: share("upper"), lower: share("lower"))
        }
        return view
    }

    /// Puts a view in the place of the one before, whole or not at all.
    package func save(_ view: RememberedView) {
        guard let path else { return }
        try? FileManager.default.createDirectory(atPath: path.folder, withIntermediateDirectories: true)
        try? AtomicFile.write(Array((Self.json(view).pretty + "\n").utf8), to: path)
    }

    private static func json(_ view: RememberedView) -> JSON {
        var members: [(String, JSON)] = []
        if let screen = view.screen { members.append(("screen", .string("\(screen)"))) }
        if let smoothing = view.smoothing { members.append(("smoothing", .number(smoothing))) }
        if let isLogarithmic = view.logarithmicLoss { members.append(("logarithmicLoss", .bool(isLogarithmic))) }
        if let isLogarithmic = view.logarithmicSchedule {
            members.append(("logarithmicSchedule", .bool(isLogarithmic)))
        }
        if let xAxis = view.xAxis { members.append(("xAxis", .string("\(xAxis)"))) }
        if let theme = view.theme { members.append(("theme", .string(theme))) }
        let rulings: [(String, Double?)] = [
            ("column", view.splits?.column), ("upper", view.splits?.upper), ("lower", view.splits?.lower),
        ]
        let dragged = rulings.compactMap { name, share in share.map { (name, JSON.number($0)) } }
        if !dragged.isEmpty { members.append(("splits", .object(dragged))) }
        return .object(members)
    }
}
