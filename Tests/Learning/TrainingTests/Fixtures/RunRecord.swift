import Plans
import Runs
import Training

/// All that a run told, by kind.
struct RunRecord {
    let reports: [Report]
    let end: EndSummary
    let material: RunMaterial

    var steps: [StepReport] { reports.compactMap { if case .step(let step) = $0 { step } else { nil } } }
    var evaluations: [EvaluationReport] {
        reports.compactMap { if case .evaluation(let evaluation) = $0 { evaluation } else { nil } }
    }
    var receipts: [Receipt] { reports.compactMap { if case .receipt(let receipt) = $0 { receipt } else { nil } } }
    var phases: [RunPhase] { reports.compactMap { if case .phase(let phase, _) = $0 { phase } else { nil } } }
    var layers: [(report: LayersReport, logged: Bool)] {
        reports.compactMap { if case .layers(let report, let logged) = $0 { (report, logged) } else { nil } }
    }
    var notFinite: [Int] {
        reports.compactMap { if case .notFinite(let position, _, _) = $0 { position.step } else { nil } }
    }

    /// The rate that each update used.
    var rates: [Double] { steps.map(\.learningRate) }

    /// Bits of the weights and running statistics that the run left in its network.
    var finalBits: [UInt32] {
        let network = material.network
        return (network.parameters.array + network.buffers.array).map(\.bitPattern)
    }

    /// Whether everything in the network is a number.
    var isFinite: Bool { finalBits.allSatisfy { Float(bitPattern: $0).isFinite } }

    /// What the reproducible log says, a line a report.
    var log: [String] { reports.compactMap(Self.line) }

    /// Everything of a report that does not depend on time, or nil where all of it does.
    static func line(_ report: Report) -> String? {
        switch report {
        case .step(var step):
            step.samplesPerSecond = 0
            step.trainingSeconds = 0
            step.elapsedSeconds = 0
            return "\(step)"
        case .evaluation(let evaluation): return "\(evaluation)"
        case .layers(let layers, let logged):
            guard logged else { return nil }
            return "\(layers.position) "
                + layers.layers.map { "\($0) \($0.histogram.countList)" }.joined(separator: " ")
        case .receipt(let receipt): return "\(receipt)"
        case .phase(let phase, let position): return "\(phase) \(position)"
        case .progress, .checkpoint, .race, .rateTest, .check: return nil
        case .notFinite(let position, let loss, let norm): return "\(position) \(loss) \(norm)"
        case .note(let author, let text, let position): return "\(author) \(text) \(position)"
        case .finding(let finding): return "\(finding)"
        case .end(let end): return "\(end)"
        }
    }
}
