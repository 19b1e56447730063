import Runs

/// Statistics of layers by branch: those of the branch that grows, and those that led to the ends of branches left before.
struct LayerLines: Sendable {
    /// What one branch's reports said.
    struct Line: Sendable {
        /// Every report.
        var outputs = LayerHistory()
        /// Those that looked at weights and gradients too.
        var parameters = LayerHistory()
    }

    private(set) var current = Line()
    private var branch = 0
    private var left: [Int: Line] = [:]
    /// Reports since the run's beginning, those that are gone included.
    private(set) var count = 0

    /// The statistics that led to the end of a branch, nil where none were of it.
    func line(of branch: Int) -> Line? { branch == self.branch ? current : left[branch] }

    /// Takes the next report, of the branch that grows or of a new one. O(1), amortized.
    mutating func append(_ report: LayersReport) {
        if report.position.branch != branch {
            if count > 0 { left[branch] = current }
            branch = report.position.branch
            left[branch] = nil
        }
        current.outputs.append(report, arrival: count)
        if !report.parameters.isEmpty { current.parameters.append(report, arrival: count) }
        count += 1
    }

    /// The reports that are left from one on, oldest first. O(n) in those of all branches.
    func since(_ arrival: Int) -> [LayersReport] {
        var found: [Int: LayersReport] = [:]
        for line in left.values + [current] {
            for history in [line.outputs, line.parameters] {
                for (arrival, report) in history.since(arrival) { found[arrival] = report }
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}
