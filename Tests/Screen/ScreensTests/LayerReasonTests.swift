import Cells
import Dashboard
import History
import Runs
import Screens
import Testing

/// Why a layer stands first where the worst come first.
@Suite struct LayerReasonTests {
    /// A network whose last layer has something wrong with it.
    private static func state(
        _ count: Int, _ screen: Screen, activation: String = "tanh", mixed: Bool = false,
        _ change: (inout LayerStatistics) -> Void
    ) -> DashboardState {
        var description = SampleRun.description
        description.layers = (0..<count).map {
            LayerDescription(
                name: "\($0)", kind: "linear", outputShape: [8],
                activation: mixed && $0 < count / 2 ? "relu" : activation,
                parameterCount: 72)
        }
        let statistics = description.layers.enumerated().map { index, description in
            var layer = LayerStatistics.empty
            (layer.mean, layer.std, layer.minimum, layer.maximum) = (0, 0.5, -1, 1)
            let rectifies = description.activation == "relu"
            (layer.zeros, layer.neverFired) = (rectifies ? 0.5 : 0, rectifies ? 0 : .nan)
            (layer.saturated, layer.updateRatio) = (rectifies ? .nan : 0.01, 1e-3)
            if index == count - 1 { change(&layer) }
            return layer
        }
        var changes = SampleRun().changes
        changes.description = description
        changes.layers = [80, 90, 100].map { LayersReport(position: Position(step: $0), layers: statistics) }
        var history = RunHistory(description: description)
        history.apply(changes)
        var state = DashboardState(history: history)
        state.view.show(screen, of: state.run.history)
        state.view.layers.byTrouble = true
        state.view.layers.selected = count - 1
        return state
    }

    private static let sizes = [(80, 24), (100, 30), (120, 40), (200, 50)]

    /// The first row of a layer, with the row above it that names the columns.
    private func first(_ state: DashboardState, _ size: (Int, Int)) throws -> (row: Substring, text: String) {
        let text = SampleScreen.draw(state, size.0, size.1).text
        let name = "\(state.run.history.description.layers.count - 1) lin"
        return (try #require(text.split(separator: "\n").first { $0.contains(name) }, "\(text)"), text)
    }

    @Test(arguments: sizes, [4, 30])
    func `saturation is named where the worst layers are listed`(size: (Int, Int), count: Int) throws {
        for (screen, mixed) in [(Screen.overview, false), (.overview, true), (.layers, false), (.layers, true)] {
            let state = Self.state(count, screen, mixed: mixed) { $0.saturated = 0.92 }
            let (row, text) = try first(state, size)
            #expect(text.contains("satur"), "\(screen) \(mixed)\n\(text)")
            // With rows to spare the share stands below the std.
            #expect(row.contains("92 %") || text.contains("satur   92 %"), "\(screen) \(mixed)\n\(text)")
        }
    }

    @Test(arguments: sizes) func `equal units and odd updates are named, too`(size: (Int, Int)) throws {
        let equal = Self.state(30, .overview) {
            $0.unitStd = 0
            $0.std = 0.5
        }
        #expect(equal.run.history.layerAlarms().last == .equalUnits)
        let (row, text) = try first(equal, size)
        #expect(row.contains("equal") || row.contains("=") || text.contains("8 equal"), "\(text)")
        let odd = Self.state(30, .overview) { $0.updateRatio = 0.41 }
        let (oddRow, oddText) = try first(odd, size)
        #expect(oddRow.contains("0.410") && oddText.contains("update"), "\(oddText)")
    }

    @Test(arguments: sizes) func `what is well is quiet, what is wrong amber`(size: (Int, Int)) {
        func amber(_ state: DashboardState) -> String {
            let cells = SampleScreen.draw(state, size.0, size.1).cells
            let found = cells.filter { $0.style.foreground == SampleScreen.palette[.warn].foreground }
            return String(String.UnicodeScalarView(found.map(\.glyph))).filter(\.isNumber)
        }
        // Half of the values of a rectifier are zeros where all is well.
        #expect(amber(Self.state(4, .overview, activation: "relu") { $0.zeros = 0.55 }).isEmpty)
        #expect(amber(Self.state(4, .overview) { $0.saturated = 0.92 }) == "92")
    }

    @Test func `what is well keeps its std`() throws {
        let (row, _) = try first(Self.state(8, .overview) { $0.saturated = 0.3 }, (80, 24))
        #expect(row.contains("0.500") && row.contains("30 %"))
    }
}
