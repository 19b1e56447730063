import Files
import Foundation
import Plans
import Runs
import Settings
import TestSupport
import Training

/// A lecture's example, shortened and trained without a screen.
struct Lecture {
    /// Every step, in order; one whose loss is no number ends a run.
    let steps: [StepReport]
    let evaluations: [EvaluationReport]
    /// Statistics of all layers, as often as the config says.
    let layers: [LayersReport]

    static let folder = SourceTree.root.appendingPathComponent("examples/lectures").path

    /// The examples' names.
    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".json5") }.map { String($0.dropLast(".json5".count)) }.sorted()
    }

    /// - Parameter changes: `KEY=VALUE` texts as behind `--set`.
    static func plan(_ name: String, _ changes: [String] = []) throws -> RunPlan {
        let path = "\(folder)/\(name).json5"
        var settings = try Setting.parse(FileBytes.read(path), file: path)
        for change in changes {
            let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
            let value = Setting.parseOrString(text: parts[1], file: "--set \(parts[0])")
            settings = try settings.replacing(path: parts[0], with: value)
        }
        return try PlanDecoder(folderOf: { _ in folder }).plan(settings)
    }

    init(_ name: String, _ changes: String...) throws {
        let material = try RunMaterial(plan: Self.plan(name, changes + ["statistics.every=5"]))
        defer { material.pool.close() }
        let reports = ReportMailbox()
        let options = TrainerOptions(logsStatistics: true)
        _ = Trainer(material: material, mailbox: CommandMailbox(), reports: reports, options: options).run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        steps = all.compactMap { if case .step(let step) = $0 { step } else { nil } }
        evaluations = all.compactMap { if case .evaluation(let evaluation) = $0 { evaluation } else { nil } }
        layers = all.compactMap { if case .layers(let report, _) = $0 { report } else { nil } }
    }

    /// What an example is, as long as it says itself.
    static func description(_ name: String) throws -> RunDescription {
        let material = try RunMaterial(plan: plan(name))
        defer { material.pool.close() }
        return material.description
    }

    /// The layers as they were before the first update.
    var first: [LayerStatistics] { layers.first?.layers ?? [] }
    var last: [LayerStatistics] { layers.last?.layers ?? [] }
    var firstLoss: Double { steps.first?.loss ?? .nan }

    /// Mean training loss and accuracy of the last ten steps.
    var lastLoss: Double { steps.suffix(10).map(\.loss).mean }
    var lastAccuracy: Double { steps.suffix(10).map(\.accuracy).mean }
    /// How much worse the last evaluation is than training was.
    var gap: Double { (evaluations.last?.loss ?? .nan) - lastLoss }
}

extension [Double] {
    var mean: Double { reduce(0, +) / Double(count) }
}
