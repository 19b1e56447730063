import Foundation
import NeuralNetworks
import Tensors
import TestSupport

/// Predictions whose figures somebody has worked out.
enum MetricFixture {
    static let pool = WorkerPool(threadCount: 1)

    /// Predictions with these probabilities, by way of their logarithms.
    static func probabilities(_ rows: [[Double]], labels: [Int32], batch: Int = 256) -> Predictions {
        Predictions(
            outputs: FloatBuffer(rows.flatMap { $0.map { Float(log($0)) } }), truth: .classes(labels),
            width: rows[0].count, loss: .crossEntropy, batch: batch, pool: pool)
    }

    /// Predictions of these classes.
    static func classes(_ predicted: [Int], labels: [Int32], of count: Int) -> Predictions {
        let rows = predicted.flatMap { predicted in (0..<count).map { $0 == predicted ? Float(1) : 0 } }
        return Predictions(
            outputs: FloatBuffer(rows), truth: .classes(labels), width: count, loss: .hinge, batch: 256, pool: pool)
    }

    /// Predictions of numbers.
    static func numbers(_ outputs: [[Float]], _ targets: [[Float]]) -> Predictions {
        Predictions(
            outputs: FloatBuffer(outputs.flatMap { $0 }), truth: .values(targets.flatMap { $0 }),
            width: outputs[0].count,
            loss: .meanSquaredError, batch: 256, pool: pool)
    }

    /// Logits and labels that a seed draws, some of them equal.
    static func drawn(count: Int, classes: Int, seed: UInt64) -> (outputs: [Float], labels: [Int32]) {
        var noise = Noise(seed: seed)
        let labels = (0..<count).map { _ in Int32(noise.next() * Double(classes)) }
        let outputs = (0..<count * classes).map { _ in Float((noise.next() * 12).rounded() / 2 - 3) }
        return (outputs, labels)
    }
}
